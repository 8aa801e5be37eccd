// The bytes and times of the reads and messages in sight, fetched as they come into sight and kept up to a bound.
import * as api from "./api.js";
import { bytesOf, preview } from "./payload.js";
import { changed } from "./store.js";

const MOST_BYTES = 8 * 1024 * 1024;
const AT_ONCE = 100;
const ROWS = 400;

/** By seq, oldest use first: `{event, bytes}`, null while it is on its way or where it is gone. */
const known = new Map();
let held = 0;
let asking = false;

export function forget() {
  known.clear();
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
  asking = true;
  const seqs = wanted.map((item) => item.seq).sort((one, other) => one - other);
  seqs.forEach((seq) => known.set(seq, null));
  try {
    const kinds = [...new Set(wanted.map((item) => item.kind))].map((kind) => `kind:${kind}`).join(" or ");
    const { events } = await api.events({ filter: `conn:${id} (${kinds})`, after: seqs[0] - 1, before: seqs.at(-1) + 1, limit: ROWS, as: "base64" });
    events.forEach(keep);
    // What lies behind a full page was not asked for yet.
    seqs.filter((seq) => events.length === ROWS && seq > events.at(-1).seq).forEach((seq) => known.delete(seq));
  } catch {
    // They stay unknown until the program is back; blocks are drawn without their bytes.
  }
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

/** The first bytes of an item, as far as they are known. */
export const head = (item, most) => of(item)?.bytes.subarray(0, most) ?? (item.reads ? pieced(item, most) : new Uint8Array());

/** The same on one line. */
export const line = (item, most) => shown(head(item, most));

const shown = (bytes) => (bytes.length === 0 ? "" : preview({ hex: Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("") }, bytes.length));

/** The bytes of a message that no event tells of, out of its reads; up to the first that is not known. */
export function pieced({ from, until, reads }, most = Infinity) {
  const pieces = [];
  let count = 0;
  for (const read of reads) {
    const bytes = of(read)?.bytes;
    const start = Math.max(0, from - read.from);
    const end = Math.min(until - read.from, read.until - read.from, start + most - count);
    const piece = bytes?.subarray(start, end) ?? new Uint8Array();
    pieces.push(piece);
    count += piece.length;
    if (piece.length < end - start || count >= most) {
      break;
    }
  }
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

/** Whether nothing of these is on its way any more. */
export const isAnswered = (items) => !asking && items.every((item) => item.seq === null || known.has(item.seq));
