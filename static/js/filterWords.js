// What can be written at a place of a filter: its terms, and the values that the page knows for them.
import { names, text, word } from "./messages.js";
import * as rows from "./rows.js";
import { addressOf } from "./spec.js";
import { state } from "./store.js";

const MOST = 50;
const TERMS = { "server:": "server", "kind:": "kind", "dir:": "dir", "conn:": "conn", "peer:": "peer", "text:": "text", "hex:": "hex", "len>": "longer", "len<": "shorter", "fault:": "fault" };
const JOINTS = ["or", "not"];

const VALUES = {
  server: () => [...state.servers.values()].map((server) => [server.name, addressOf(server)]),
  kind: () => names("kind").map((kind) => [kind, word("kind", kind)]),
  dir: () => ["in", "out"].map((way) => [way, text(`traffic.filter.${way}`)]),
  conn: () => rows.seen("connection", MOST).map((id) => [id, ""]),
  fault: () => [...state.servers.values()].flatMap(({ name, spec }) => (spec.faults ?? []).map(({ id, type }) => [id, `${name}, ${type}`])),
  peer: () => rows.seen("peer", MOST).map((address) => [address, ""]),
};

/** `{from, until, write, caret, hint, isWhole}` each: what stands there, what is written instead, and where one goes on. */
export function wordsAt(filter, caret) {
  const begun = wordAt(filter, caret);
  if (begun === null) {
    return [];
  }
  const [, name, value] = /^(\w+):(.*)$/.exec(begun.text) ?? [];
  const found = name === undefined ? termsLike(begun, filter) : valuesLike(name, value);
  return found.filter(({ write }) => write.trim() !== begun.text).map((offer) => ({ ...begun, caret: begun.from + offer.write.length, ...offer }));
}

/** The word around a place; null inside quotes, where anything may stand. */
function wordAt(filter, caret) {
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at < caret; at++) {
    if (isQuoted && filter[at] === "\\") {
      at++;
    } else if (filter[at] === '"') {
      isQuoted = !isQuoted;
    } else if (!isQuoted && /[\s()]/.test(filter[at])) {
      from = at + 1;
    }
  }
  const rest = /^[^\s()]*/.exec(filter.slice(caret))[0];
  return isQuoted ? null : { from, until: caret + rest.length, text: filter.slice(from, caret) };
}

function termsLike({ from, text: begun }, filter) {
  const joints = filter.slice(0, from).trim() === "" ? ["not"] : JOINTS;
  return [
    ...Object.entries(TERMS).map(([term, key]) => ({ write: term, hint: text(`traffic.filter.term.${key}`) })),
    ...joints.map((joint) => ({ write: `${joint} `, hint: text(`traffic.filter.term.${joint}`) })),
  ]
    .filter(({ write }) => write.startsWith(begun.toLowerCase()))
    .map((offer) => (offer.write === "text:" ? { ...offer, write: 'text:""', caret: from + 6 } : offer));
}

/** Those that begin so come before those that have it further on. */
function valuesLike(name, begun) {
  const like = begun.toLowerCase();
  const place = ([value]) => value.toLowerCase().indexOf(like);
  return (VALUES[name]?.() ?? [])
    .filter((each) => place(each) >= 0)
    .sort((a, b) => Math.min(1, place(a)) - Math.min(1, place(b)))
    .slice(0, MOST)
    .map(([value, hint]) => ({ write: `${name}:${value} `, hint, isWhole: true }));
}
