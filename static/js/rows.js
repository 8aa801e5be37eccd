// The rows of the traffic table: events, and the gaps between them with how many are missing there.
import * as ring from "./rowRing.js";

const FEW = 12;
const MOST_KNOWN = 2000;

/** By connection: the last frame and its row, to tell messages that one read ended together. */
const lastFrames = new Map();

export const { MOST, count } = ring;
/** The number of the first row: higher by those that went at the start, lower by those that were put there. */
export const start = ring.start;
export const hasRoomFor = ring.hasRoomFor;
/** The number of the first row that stays when room has to be made. */
export const startOfWhatStays = () => ring.start() + ring.STEP;

export function clear() {
  ring.clear();
  lastFrames.clear();
}

/** The row at a place of the table, counted from its first. */
export function at(index) {
  const { gap, glued, ...event } = ring.read(ring.start() + index);
  if (gap) {
    return { gap, count: event.count };
  }
  return event.kind === "lost" ? { gap: "lost", count: event.count ?? 0, event } : { event, glued: glued === 1 };
}

export function append(events) {
  events.forEach((event) => glue(event, ring.push(event), lastFrames));
}

/** Adds what is missing here; a gap of the same kind right before grows instead. */
export function appendGap(gap, missing) {
  const last = ring.start() + ring.count() - 1;
  const isHeld = ring.count() > 0;
  if (isHeld && ring.value(last, "gap") === gap) {
    ring.put(last, "count", ring.value(last, "count") + missing);
  } else {
    ring.push({ gap, count: missing, seq: isHeld ? ring.value(last, "seq") : 0 });
  }
}

/** Puts a gap before all events. */
export function prependGap(gap) {
  ring.unshift({ gap, count: 0, seq: 0 });
}

/** Puts earlier events before all others. */
export function prepend(events) {
  const known = new Map();
  const numbers = events.toReversed().map((event) => ring.unshift(event));
  events.forEach((event, index) => glue(event, numbers.at(-1 - index), known));
}

/** Two messages that the same read ended are glued, both of them. */
function glue({ kind, connection, lastRead }, number, frames) {
  if (kind === "connectionClosed") {
    frames.delete(connection);
  }
  if (kind !== "frame") {
    return;
  }
  const before = frames.get(connection);
  if (before && before.lastRead === lastRead) {
    ring.put(before.number, "glued", 1);
    ring.put(number, "glued", 1);
  }
  frames.delete(connection);
  frames.set(connection, { lastRead, number });
  if (frames.size > MOST_KNOWN) {
    frames.delete(frames.keys().next().value);
  }
}

export const isSplit = (event) => event.kind === "frame" && event.firstRead !== event.lastRead;

/** Where the event stands, counted from the first row; -1 where it doesn't. */
export function indexOf(seq) {
  const number = ring.search(seq);
  const isHere = number < ring.start() + ring.count() && ring.value(number, "seq") === seq && !ring.value(number, "gap");
  return isHere ? number - ring.start() : -1;
}

export function find(seq) {
  const index = indexOf(seq);
  return index < 0 ? null : at(index);
}

/** The reads of a frame that the table still holds, in order. They stand before it. */
export function readsOf(frame) {
  const reads = [];
  for (let number = ring.search(frame.seq) - 1; number >= ring.start() && reads[0]?.n !== frame.firstRead; number--) {
    const n = ring.value(number, "n");
    if (n >= frame.firstRead && n <= frame.lastRead && ring.value(number, "connection") === frame.connection) {
      reads.unshift(ring.read(number));
    }
  }
  return reads;
}

/** The values that the rows have in a column, the latest first, that many at most. */
export function seen(name, most) {
  const found = new Set();
  for (let number = ring.start() + ring.count() - 1; number >= ring.start() && found.size < most; number--) {
    const value = ring.value(number, name);
    if (value !== undefined) {
      found.add(value);
    }
  }
  return [...found];
}

const holdsOnly = (is) => ring.count() <= FEW && Array.from({ length: ring.count() }, (_, index) => at(index)).every(is);
const isBeginning = (row) => row.gap === "newLog";

/** Whether there is nothing but, at most, the line that says that a log begins. */
export const holdsNoEvents = () => holdsOnly(isBeginning);

/** Whether there is nothing but servers that came and went. */
export const holdsNoTraffic = () => holdsOnly((row) => isBeginning(row) || (row.event && !row.event.connection));

/** The place of the event that is nearest to a place: on from there first, then back. -1 where there is none. */
export function eventNear(index, way) {
  for (const by of way < 0 ? [-1, 1] : [1, -1]) {
    for (let place = index; place >= 0 && place < ring.count(); place += by) {
      if (at(place).event) {
        return place;
      }
    }
  }
  return -1;
}

/** The seq of the first event; null where there is none. */
export function firstSeq() {
  const index = eventNear(0, 1);
  return index < 0 ? null : at(index).event.seq;
}
