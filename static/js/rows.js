// The rows of the traffic table: the last few thousand events and the gaps between them.
const MOST = 5000;
const SLACK = 500;
const FEW = 12;
const MOST_KNOWN = 2000;

let rows = [];
/** By connection: the last frame's row, to tell messages that one read ended together. */
const lastFrames = new Map();

export const all = () => rows;
export const isFull = () => rows.length >= MOST;

export function clear() {
  rows = [];
  lastFrames.clear();
}

/** Adds events at the end; returns how many rows went at the start to keep the bound. */
export function append(events) {
  for (const event of events) {
    rows.push(rowOf(event, lastFrames));
  }
  return trim();
}

export function appendGap(kind, count) {
  rows.push({ gap: kind, count });
  return trim();
}

/** Puts a gap before all events. */
export function prependGap(kind) {
  rows = [{ gap: kind, count: 0 }, ...rows];
}

/** Puts earlier events before all others. */
export function prepend(events) {
  const known = new Map();
  const earlier = events.map((event) => rowOf(event, known));
  rows = [...earlier, ...rows];
  return earlier.length;
}

function rowOf(event, frames) {
  if (event.kind === "lost") {
    return { gap: "lost", count: event.count ?? 0, event };
  }
  const row = { event, glued: false };
  if (event.kind === "frame") {
    glue(row, frames);
  } else if (event.kind === "connectionClosed") {
    frames.delete(event.connection);
  }
  return row;
}

/** Two messages that the same read ended are glued, both of them. */
function glue(row, frames) {
  const before = frames.get(row.event.connection);
  if (before && before.event.lastRead === row.event.lastRead) {
    before.glued = true;
    row.glued = true;
  }
  frames.delete(row.event.connection);
  frames.set(row.event.connection, row);
  if (frames.size > MOST_KNOWN) {
    frames.delete(frames.keys().next().value);
  }
}

function trim() {
  const over = rows.length - MOST;
  if (over < SLACK) {
    return 0;
  }
  rows = rows.slice(over);
  return over;
}

export const isSplit = (event) => event.kind === "frame" && event.firstRead !== event.lastRead;

export const find = (seq) => rows.find((row) => row.event?.seq === seq) ?? null;

export const indexOf = (seq) => rows.findIndex((row) => row.event?.seq === seq);

/** The reads of a frame that the table still holds, in order. */
export function readsOf(frame) {
  return rows
    .map((row) => row.event)
    .filter((event) => event?.kind === "read" && event.connection === frame.connection && event.n >= frame.firstRead && event.n <= frame.lastRead);
}

const isBeginning = (row) => row.gap === "newLog";

/** Whether there is nothing but, at most, the line that says that a log begins. */
export const holdsNoEvents = () => rows.every(isBeginning);

/** Whether there is nothing but servers that came and went. */
export const holdsNoTraffic = () => rows.length <= FEW && rows.every((row) => isBeginning(row) || (row.event && !row.event.connection));

export const firstSeq = () => rows.find((row) => row.event)?.event.seq ?? null;
