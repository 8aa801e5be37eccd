// The bytes and times of the reads and messages in sight, fetched as they come into sight and kept up to a bound. A page of events has the first bytes of each; a long one is asked for whole.
import * as api from "./api.js";
import { bytesOf, preview } from "./payload.js";
import { changed } from "./store.js";

const MOST_BYTES = 8 * 1024 * 1024;
const AT_ONCE = 100;
const ROWS = 400;
const WHOLE_AT_ONCE = 16;

/** By seq, oldest first: `{event, bytes}`, null while it is on its way or where it is gone. */
const known = new Map();
const gone = new Set();
let held = 0;
let asking = false;

export function forget() {
  known.clear();
  gone.clear();
  held = 0;
}

/** What is known of a row: `{event, bytes}` or null. */
export const of = (item) => known.get(item.seq) ?? null;

/** Fetches what is not known of these items, a bounded number at a time. */
export async function fetchFor(id, items) {
  const wanted = items.filter((item) => item.seq !== null && !known.has(item.seq)).slice(0, AT_ONCE);
  if (wanted.length === 0 || asking) {
    return;
  }
  const seqs = wanted.map((item) => item.seq).sort((one, other) => one - other);
  const kinds = [...new Set(wanted.map((item) => item.kind))].map((kind) => `kind:${kind}`).join(" or ");
  seqs.forEach((seq) => known.set(seq, null));
  await ask(async () => {
    const { events } = await api.events({ filter: `conn:${id} (${kinds})`, after: seqs[0] - 1, before: seqs.at(-1) + 1, limit: ROWS, as: "base64" });
    events.forEach(keep);
    // What lies behind a full page was not asked for yet.
    seqs.filter((seq) => events.length === ROWS && seq > events.at(-1).seq).forEach((seq) => known.delete(seq));
  });
}

const isWhole = ({ event, bytes }) => bytes.length >= (event.payloadBytes ?? event.length);

/** Fetches all captured bytes of items of which the first are known. */
export async function fetchWhole(items) {
  const wanted = items.filter((item) => !gone.has(item.seq) && of(item) && !isWhole(of(item))).slice(0, WHOLE_AT_ONCE);
  if (wanted.length === 0 || asking) {
    return;
  }
  await ask(async () => {
    for (const { seq } of wanted) {
      const answer = await api.event(seq).catch(() => null);
      answer === null ? gone.add(seq) : keep(answer.event ?? answer);
    }
  });
}

/** One question at a time. What fails stays unknown: blocks are drawn without their bytes. */
async function ask(question) {
  asking = true;
  await question().catch(() => {});
  asking = false;
  changed("lanes");
}

function keep(event) {
  const bytes = bytesOf(event.payload);
  held += bytes.length - (known.get(event.seq)?.bytes.length ?? 0);
  known.delete(event.seq);
  known.set(event.seq, { event, bytes });
  for (const [seq, row] of known) {
    if (held <= MOST_BYTES) {
      break;
    }
    held -= row?.bytes.length ?? 0;
    known.delete(seq);
  }
}

/** The bytes of an item from its first one on, as far as they are known: its own, or those of the reads it came with. */
export function bytesFor(item) {
  const own = of(item)?.bytes ?? new Uint8Array();
  if (!item.reads || own.length >= item.until - item.from) {
    return own;
  }
  const pieces = pieced(item);
  return pieces.length > own.length ? pieces : own;
}

/** Up to the first byte that is not known. */
function pieced({ from, until, reads }) {
  const all = new Uint8Array(until - from);
  let count = 0;
  for (const read of reads) {
    const wanted = [Math.max(0, from - read.from), Math.min(until, read.until) - read.from];
    const piece = of(read)?.bytes.subarray(...wanted) ?? new Uint8Array();
    if (read.from > from + count) {
      break;
    }
    all.set(piece, count);
    count += piece.length;
    if (piece.length < wanted[1] - wanted[0]) {
      break;
    }
  }
  return all.subarray(0, count);
}

/** The first bytes of an item on one line. */
export function line(item, most) {
  const bytes = bytesFor(item).subarray(0, most);
  return bytes.length === 0 ? "" : preview({ hex: Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("") }, bytes.length);
}

/** Whether nothing of these is on its way any more. */
export const isAnswered = (items) => !asking && items.every((item) => item.seq === null || known.has(item.seq));
