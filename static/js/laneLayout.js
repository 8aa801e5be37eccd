// Reads and messages as stretches of one stream of bytes, and which read brought which part of which message. No pixels here.

const MESSAGES = new Set(["frame", "leftover"]);

export const isMessage = (item) => MESSAGES.has(item.kind);

function stretch(kind, row, more) {
  return { id: `${kind}-${row.seq ?? row.offset}`, kind, seq: row.seq ?? null, from: row.offset, until: row.offset + row.length, ...more };
}

/** The two lanes of a tcp connection's input. `frames` are what was cut, or what another framing would cut; `leftover` counts the bytes behind the last of them. */
export function readsAndMessages({ reads, frames, leftover }) {
  const above = reads.map((read) => stretch("read", read, { n: read.n, messages: [] }));
  const below = frames.map((frame) => stretch("frame", frame, { n: null, firstRead: frame.firstRead, lastRead: frame.lastRead, isSplit: frame.firstRead !== frame.lastRead, reads: [] }));
  number(below);
  addLeftover(below, above.at(-1)?.until ?? 0, leftover);
  const ribbons = ribbonsBetween(above, below);
  for (const { read, message } of ribbons) {
    read.messages.push(message);
    message.reads.push(read);
  }
  above.forEach((read) => (read.isGlued = read.messages.length > 1));
  return laid([above, below], ["reads", "messages"], ribbons);
}

/** Messages are counted from the stream's first byte on, as far as none is missing. */
function number(frames) {
  let end = 0;
  for (let index = 0; index < frames.length && frames[index].from === end; index++) {
    frames[index].n = index + 1;
    end = frames[index].until;
  }
}

function addLeftover(below, end, leftover) {
  const from = Math.max(end - leftover, below.at(-1)?.until ?? 0);
  if (leftover > 0 && from < end) {
    below.push({ id: "leftover", kind: "leftover", seq: null, n: null, from, until: end, reads: [] });
  }
}

/** One ribbon for each piece that a read and a message have in common. */
function ribbonsBetween(above, below) {
  const ribbons = [];
  let message = 0;
  let read = 0;
  while (read < above.length && message < below.length) {
    const one = above[read];
    const other = below[message];
    const from = Math.max(one.from, other.from);
    const until = Math.min(one.until, other.until);
    if (from < until) {
      ribbons.push({ id: `ribbon-${from}`, kind: "ribbon", from, until, read: one, message: other });
    }
    if (one.until <= other.until) {
      read++;
    } else {
      message++;
    }
  }
  return ribbons;
}

/** The one lane of a tcp connection's output. */
export const writesLane = ({ writes }) => laid([writes.map((write, index) => stretch("write", write, { n: index + 1 }))], ["writes"], []);

/**
 * A udp peer's two lanes. Datagrams have no place in a stream: they stand one behind the other as they came, an answer under what it followed.
 */
export function datagramLanes({ datagrams }) {
  const lanes = { in: [], out: [] };
  let latest = 0;
  for (const datagram of datagrams) {
    const { in: came, out: gone } = lanes;
    const ends = { in: came.at(-1)?.until ?? 0, out: gone.at(-1)?.until ?? 0 };
    const offset = datagram.direction === "in" ? Math.max(ends.in, ends.out) : Math.max(ends.out, latest);
    latest = datagram.direction === "in" ? offset : latest;
    const lane = lanes[datagram.direction];
    lane.push(stretch("datagram", { ...datagram, offset, length: Math.max(1, datagram.length) }, { n: lane.length + 1, length: datagram.length, direction: datagram.direction }));
  }
  return laid([lanes.in, lanes.out], ["in", "out"], [], false);
}

/** Lanes with what they share: where they begin and end, the gaps in each, and the breaks where neither has a byte. */
function laid(items, names, ribbons, isStream = true) {
  const all = items.flat();
  const from = all.length === 0 ? 0 : items.reduce((least, lane) => Math.min(least, lane[0]?.from ?? least), Infinity);
  const until = items.reduce((most, lane) => Math.max(most, lane.at(-1)?.until ?? 0), from);
  const gaps = items.map((lane) => (isStream ? gapsIn(lane, from) : []));
  const breaks = gaps.reduce((common, lane, index) => (items[index].length === 0 ? common : common === null ? lane : inBoth(common, lane, items[index].at(-1).until)), null) ?? [];
  const lanes = items.map((lane, index) => ({ name: names[index], items: lane, gaps: gaps[index].filter((gap) => !breaks.some((each) => each.from <= gap.from && gap.until <= each.until)) }));
  return { from, until, lanes, ribbons, breaks, isStream };
}

function gapsIn(items, from) {
  const gaps = [];
  let end = from;
  for (const item of items) {
    if (item.from > end) {
      gaps.push({ from: end, until: item.from });
    }
    end = Math.max(end, item.until);
  }
  return gaps;
}

/** What two lists of gaps have in common; what lies behind a lane's end is a gap of it too. */
function inBoth(one, lane, end) {
  const other = [...lane, { from: end, until: Infinity }];
  return one.flatMap((gap) => other.map((each) => ({ from: Math.max(gap.from, each.from), until: Math.min(gap.until, each.until) })).filter((each) => each.from < each.until));
}

/** The items of a sorted lane that touch a stretch. */
export function within(items, from, until) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle].until < from) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  let end = low;
  while (end < items.length && items[end].from <= until) {
    end++;
  }
  return items.slice(low, end);
}

/** Items side by side that are each too narrow to be seen, as one: `{many, from, until}`. */
export function gathered(items, isNarrow) {
  const seen = [];
  for (const item of items) {
    const last = seen.at(-1);
    if (!isNarrow(item.from, item.until)) {
      seen.push(item);
    } else if (last?.many && isNarrow(last.from, last.until) && last.until === item.from) {
      last.many.push(item);
      last.until = item.until;
    } else {
      seen.push({ id: `many-${item.id}`, kind: "many", many: [item], from: item.from, until: item.until });
    }
  }
  return seen.map((each) => (each.many?.length === 1 ? each.many[0] : each));
}
