// The connection that is looked at: what it is, its lanes so far, what another framing would make of them, and its life. It is followed while it is open.
import * as api from "./api.js";
import * as laneBytes from "./laneBytes.js";
import { onBack } from "./live.js";
import { grown, none } from "./laneRows.js";
import { changed, state } from "./store.js";

const PAUSE_MS = 1000;
const PAGE = 10_000;
const PAGES = 4;
const BYTES = "(kind:read or kind:frame or kind:write or kind:datagram or kind:fault)";

const nobody = () => ({ id: null, way: null, connection: null, problem: null, rows: null, whatIf: null, life: [], firstIn: null, firstOut: null });

export const looked = nobody();

let turn = 0;
let timer = 0;
let lived = "";

/** Goes on with the connection of this place, begins with another one, or rests where none is shown. */
export function attend({ view, connection, way }) {
  const id = view === "connection" ? connection : null;
  if (id === looked.id && way === looked.way) {
    return;
  }
  const kept = id === looked.id ? { connection: looked.connection, life: looked.life, firstIn: looked.firstIn, firstOut: looked.firstOut } : {};
  turn++;
  lived = "";
  clearTimeout(timer);
  Object.assign(looked, nobody(), kept, { id, way });
  changed("connection", "lanes");
  if (id !== null) {
    look();
  }
}

document.addEventListener("visibilitychange", lookAgain);
onBack(() => {
  laneBytes.forget();
  lookAgain();
});

function lookAgain() {
  if (looked.id !== null && !document.hidden) {
    clearTimeout(timer);
    look();
  }
}

const isOver = () => looked.connection?.state === "closed";
export const isUdp = () => looked.connection?.protocol === "udp";

let looking = 0;

/** Asks what is new, and again in a second while more may come. What a closed connection has is complete. */
async function look() {
  const mine = turn;
  if (looking === mine) {
    return;
  }
  looking = mine;
  try {
    const connection = await api.connection(looked.id);
    if (mine === turn) {
      Object.assign(looked, { connection, problem: null });
      await readOn(mine);
      await readLife(mine);
    }
  } catch (refusal) {
    if (mine === turn) {
      looked.problem = refusal;
    }
  }
  if (mine === turn) {
    looking = 0;
    changed("connection");
    if (!document.hidden && (looked.problem ? looked.problem.isUnreached : !isOver())) {
      timer = setTimeout(look, PAUSE_MS);
    }
  }
}

/** Reads the lanes up to now. */
async function readOn(mine) {
  const direction = isUdp() ? null : (looked.way ?? "in");
  let rows = looked.rows ?? none();
  let page = null;
  do {
    page = await api.lanes(looked.id, { direction, after: rows.next, limit: PAGE });
    if (mine !== turn) {
      return;
    }
    rows = grown(rows.log === null || rows.log === page.log ? rows : none(), page);
  } while (page.next < page.latestSeq);
  const isNew = looked.rows === null || rows.count !== looked.rows.count || rows.isCut;
  const isOther = isNew || JSON.stringify([rows.leftover, rows.hints, rows.framing]) !== JSON.stringify([looked.rows.leftover, looked.rows.hints, looked.rows.framing]);
  looked.rows = rows;
  if (isOther) {
    changed("lanes");
  }
  if (isNew && looked.whatIf?.result) {
    await tryFraming(looked.whatIf.framing);
  }
}

/** The events of its life are few: they are asked for when its state is another one, or its first bytes came. */
async function readLife(mine) {
  const { state: now, reads, bytesOut } = looked.connection;
  const stamp = `${now} ${reads > 0} ${bytesOut > 0} ${state.link}`;
  if (stamp === lived) {
    return;
  }
  const about = `conn:${looked.id}`;
  const first = async (known, filter) => known ?? (await api.events({ filter, limit: 1 })).events[0] ?? null;
  const { events } = await api.events({ filter: `${about} not ${BYTES}`, limit: 100 });
  const firstIn = reads > 0 ? await first(looked.firstIn, `${about} dir:in (kind:read or kind:datagram)`) : null;
  const firstOut = bytesOut > 0 ? await first(looked.firstOut, `${about} dir:out (kind:write or kind:datagram)`) : null;
  if (mine === turn) {
    lived = stamp;
    Object.assign(looked, { life: events, firstIn, firstOut });
  }
}

/** Asks what another framing would have made of the bytes; nothing is sent, nothing changes. */
export async function tryFraming(framing) {
  const mine = turn;
  try {
    const result = await reframed(framing, mine);
    if (mine === turn) {
      looked.whatIf = { framing, result, problem: null };
    }
  } catch (refusal) {
    if (mine === turn) {
      looked.whatIf = { framing, result: null, problem: refusal };
    }
  }
  changed("lanes");
  return looked.whatIf;
}

async function reframed(framing, mine) {
  const first = await api.reframe(looked.id, framing, { limit: PAGE });
  const frames = [...first.frames];
  let { next } = first;
  for (let page = 1; next !== null && page < PAGES && mine === turn; page++) {
    const more = await api.reframe(looked.id, framing, { limit: PAGE, fromOffset: next });
    frames.push(...more.frames);
    ({ next } = more);
  }
  return { ...first, frames, next };
}

export function endWhatIf() {
  looked.whatIf = null;
  changed("lanes");
}

/** The server keeps all bytes of what comes from now on. */
export const captureAll = () => api.patchServer(looked.connection.server, { capture: { payload: "full" } });
