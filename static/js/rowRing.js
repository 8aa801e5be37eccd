// What the table holds, in columns: a ring of rows of which the oldest go first. A row costs numbers and shared strings, not
// an object, so that a few hundred thousand of them are neither much to keep nor much for the collector to walk.
import { hexBytes } from "./payload.js";

export const MOST = 200_000;
/** Rows that go at once, so that those who read above are not moved with every message. */
export const STEP = 10_000;
const ROOM = MOST + STEP;
const MOST_SHARED = 5000;

const numbers = columns(["seq", "length", "offset", "n", "firstRead", "lastRead", "payloadBytes", "truncatedBytes", "count", "glued"], () => new Float64Array(ROOM).fill(NaN));
const texts = columns(["at", "kind", "server", "connection", "peer", "direction", "gap", "form", "payload"], () => new Array(ROOM).fill(undefined));
const rests = new Array(ROOM).fill(undefined);
const shared = new Map();

/** The number of the first row, and of the one that will come behind the last: they go up as rows go and come. */
let first = 0;
let end = 0;

function columns(names, make) {
  return Object.fromEntries(names.map((name) => [name, make()]));
}

export const start = () => first;
export const count = () => end - first;
export const hasRoomFor = (more) => count() + more <= ROOM;

export function clear() {
  drop(count());
  first = 0;
  end = 0;
  shared.clear();
}

/** Adds a row at the end; gives back its number. */
export function push(row) {
  if (!hasRoomFor(1)) {
    drop(STEP);
  }
  write(slotOf(end), row);
  return end++;
}

/** Puts a row before all others; gives back its number. */
export function unshift(row) {
  write(slotOf(--first), row);
  return first;
}

/** One value of a row, by its number. */
export function value(number, name) {
  const column = numbers[name];
  return column ? given(column[slotOf(number)]) : texts[name][slotOf(number)];
}

/** Changes a number of a row, if it is still held. */
export function put(number, name, to) {
  if (number >= first && number < end) {
    numbers[name][slotOf(number)] = to;
  }
}

/** A row as it was put in, by its number. */
export function read(number) {
  const slot = slotOf(number);
  const row = { ...rests[slot] };
  for (const name in numbers) {
    const held = numbers[name][slot];
    if (held === held) {
      row[name] = held;
    }
  }
  for (const name in texts) {
    if (texts[name][slot] !== undefined) {
      row[name] = texts[name][slot];
    }
  }
  if (row.form) {
    row.payload = { [row.form]: row.form === "hex" ? hexOf(row.payload) : row.payload };
    delete row.form;
  }
  return row;
}

/** The number of the first row whose seq is that one or higher: rows stand in the order of their seq. */
export function search(seq) {
  let low = first;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers.seq[slotOf(middle)] < seq) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Numbers may be below zero: rows are put before the first one too. */
const slotOf = (number) => ((number % ROOM) + ROOM) % ROOM;
const given = (held) => (held === held ? held : undefined);

function write(slot, row) {
  for (const name in row) {
    const held = row[name];
    if (name === "payload") {
      writePayload(slot, held);
    } else if (name in numbers) {
      numbers[name][slot] = held;
    } else if (name in texts) {
      texts[name][slot] = share(held);
    } else {
      rests[slot] = { ...rests[slot], [name]: held };
    }
  }
}

/** Hex is held as the bytes that it writes, in half the room. */
function writePayload(slot, payload) {
  const form = Object.keys(payload)[0];
  texts.form[slot] = form;
  texts.payload[slot] = form === "hex" ? String.fromCharCode(...hexBytes(payload.hex)) : payload[form];
}

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");

/** The same string once: each message of the stream brings its own copy. */
function share(text) {
  const known = shared.get(text);
  if (known !== undefined) {
    return known;
  }
  if (shared.size >= MOST_SHARED) {
    shared.clear();
  }
  shared.set(text, text);
  return text;
}

/** Empties the first rows: a stretch of each column, or two where it goes over the ring's end. */
function drop(many) {
  const from = slotOf(first);
  const until = Math.min(ROOM, from + many);
  for (const column of [...Object.values(numbers), ...Object.values(texts), rests]) {
    const nothing = column instanceof Float64Array ? NaN : undefined;
    column.fill(nothing, from, until);
    column.fill(nothing, 0, from + many - until);
  }
  first += many;
}
