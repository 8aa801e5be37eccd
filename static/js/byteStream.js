// All bytes of the connection that is looked at, both directions as they came, up to a bound that one may raise.
import * as api from "./api.js";
import { looked } from "./connection.js";
import { bytesOf } from "./payload.js";
import { changed } from "./store.js";

export const STEP = 64 * 1024;
const MOST = 1024 * 1024;

const nothingYet = () => ({ id: null, chunks: [], shown: 0, missing: 0, hasMore: false });
export const followed = nothingYet();

let after = 0;
let room = STEP;
let counts = { in: 0, out: 0 };
let read = "";
let asking = false;

/** Reads on when there is more than what was read, and begins anew with another connection. */
export async function follow(id) {
  if (followed.id !== id) {
    after = 0;
    room = STEP;
    counts = { in: 0, out: 0 };
    read = "";
    Object.assign(followed, nothingYet(), { id });
  }
  const { bytesIn, bytesOut, state } = looked.connection;
  const now = `${bytesIn} ${bytesOut} ${state} ${room}`;
  if (asking || now === read) {
    return;
  }
  asking = true;
  read = now;
  followed.hasMore = false;
  await api.eventLines({ filter: `conn:${id} (kind:read or kind:write or kind:datagram)`, after, as: "base64" }, (event) => followed.id === id && take(event)).catch(() => (read = ""));
  asking = false;
  changed("bytes");
}

/** Whether the next one is wanted too. */
function take(event) {
  if (event.overtaken) {
    return true;
  }
  if (followed.shown >= room) {
    followed.hasMore = followed.shown < MOST;
    return false;
  }
  const bytes = bytesOf(event.payload);
  const n = ++counts[event.direction];
  followed.chunks.push({ direction: event.direction, n: event.n ?? n, at: event.at, offset: event.offset, length: event.length, bytes });
  followed.shown += bytes.length;
  followed.missing += event.length - bytes.length;
  after = event.seq;
  return true;
}

/** Shows so many bytes more. */
export function more() {
  room = Math.min(MOST, room + STEP);
  changed("bytes");
}
