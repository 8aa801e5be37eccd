// The lanes of the connection that is looked at, laid out anew when there are other rows, and what is chosen in them.
import { isUdp, looked } from "./connection.js";
import { datagramLanes, readsAndMessages, writesLane } from "./laneLayout.js";
import { changed, state } from "./store.js";
import { note } from "./route.js";

let laid = null;
let of = {};

/** The lanes as they are by now, or as another framing would have them; null while nothing is known. */
export function lanes() {
  const { rows, way, whatIf, connection } = looked;
  const tried = whatIf?.result ?? null;
  if (rows === null || connection === null) {
    return null;
  }
  if (laid === null || of.rows !== rows || of.tried !== tried || of.way !== way) {
    of = { rows, tried, way };
    laid = isUdp() ? datagramLanes(rows) : way === "out" ? writesLane(rows) : readsAndMessages(tried ? { ...rows, frames: tried.frames, leftover: tried.next === null ? tried.leftover : 0 } : rows);
  }
  return laid;
}

export const find = (id) => (lanes()?.lanes.flatMap((lane) => lane.items).find((item) => item.id === id) ?? lanes()?.ribbons.find((ribbon) => ribbon.id === id)) ?? null;

const withSeq = (seq) => lanes()?.lanes.flatMap((lane) => lane.items).find((item) => item.seq === seq) ?? null;

/** What is open below the lanes: what was chosen and is still there, else the event in the address, else what tells most. */
let chosenId;

export function chosen() {
  if (chosenId !== undefined) {
    return chosenId === null ? null : find(chosenId);
  }
  return state.route.seq === null ? telling() : withSeq(state.route.seq);
}

/** A message in pieces, or a read with several messages, or the first there is. */
function telling() {
  const all = lanes()?.lanes ?? [];
  return all[1]?.items.find((item) => item.isSplit) ?? all[0]?.items.find((item) => item.isGlued) ?? (isUdp() ? null : all[1]?.items[0]) ?? all[0]?.items[0] ?? null;
}

export function choose(item) {
  chosenId = item?.id ?? null;
  note({ seq: item?.seq ?? item?.message?.seq ?? null });
  changed("chosen");
}

/** Another place, another choice. */
export function forgetChoice() {
  chosenId = undefined;
  changed("chosen");
}
