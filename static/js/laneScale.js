// Where a byte of the stream lies on the screen: so many pixels a byte, and a break of its own width where the bytes are gone.
export const BREAK = 84;
const WIDEST = 8_000_000;
const MOST_PER_BYTE = 64;
const USUAL_PER_BYTE = 56;
const MOST_TICKS = 200;
const LETTER = 9;
const READABLE = 600;
const SEEN = 240;

export function scaleOf({ from, until, breaks }, perByte) {
  const lost = (offset) => breaks.reduce((sum, gap) => sum + Math.max(0, Math.min(offset, gap.until) - gap.from), 0);
  const crossed = (offset) => breaks.reduce((sum, gap) => sum + (offset >= gap.until ? BREAK : offset > gap.from ? BREAK / 2 : 0), 0);
  const at = (offset) => (offset - from - lost(offset)) * perByte + crossed(offset);
  return { perByte, at, width: at(until), offsetAt: (x) => inverse(x, from, breaks, perByte) };
}

function inverse(x, from, breaks, perByte) {
  let place = from;
  let rest = x;
  for (const gap of breaks) {
    const before = (gap.from - place) * perByte;
    if (rest <= before) {
      break;
    }
    rest = Math.max(0, rest - before - BREAK);
    place = gap.until;
  }
  return place + rest / perByte;
}

const bytesOf = ({ from, until, breaks }) => Math.max(1, until - from - breaks.reduce((sum, gap) => sum + gap.until - gap.from, 0));

/** All of it in a width. */
export const fitting = (lanes, width) => bounded(lanes, Math.max(1, width - lanes.breaks.length * BREAK) / bytesOf(lanes), 0);

/** All of it where that can be read, else so large that the usual item can, or, where that is long, be seen. */
export function usual(lanes, width) {
  const lengths = lanes.lanes.flatMap(({ items }) => items.map((item) => item.until - item.from)).sort((one, other) => one - other);
  const median = lengths[lengths.length >> 1] ?? 1;
  const least = median * LETTER <= READABLE ? LETTER : SEEN / median;
  return bounded(lanes, Math.min(USUAL_PER_BYTE, Math.max(fitting(lanes, width), least)), 0);
}

/** Never so large that a browser could not lay it out, nor so small that it would not fill the width. */
export const bounded = (lanes, perByte, least) => Math.min(MOST_PER_BYTE, WIDEST / bytesOf(lanes), Math.max(Math.min(least, MOST_PER_BYTE), perByte));

/** Round offsets for the ruler, some 90 pixels apart. */
export function ticks(scale, fromX, untilX, { from, until, breaks }) {
  const step = stepOf(90 / scale.perByte);
  const first = Math.ceil(Math.max(from, scale.offsetAt(Math.max(0, fromX))) / step) * step;
  const last = Math.min(until, scale.offsetAt(untilX));
  const found = [];
  for (let offset = first; offset <= last && found.length < MOST_TICKS; offset += step) {
    const gap = breaks.find((each) => each.from < offset && offset < each.until);
    if (gap) {
      offset = Math.ceil(gap.until / step) * step;
    }
    if (offset <= last) {
      found.push(offset);
    }
  }
  return found;
}

function stepOf(least) {
  let step = 1;
  while (step < least) {
    step *= 2;
  }
  return step;
}
