// What an event is, in plain words.
import { counted, text, word } from "./messages.js";
import { bytes, duration, nanosOf, number } from "./format.js";
import { bytesOf, hexOf, preview, textOf, visible } from "./payload.js";
import { isSplit } from "./rows.js";
import { protocolOf } from "./spec.js";
import { state } from "./store.js";

/** `{main, parts, more}`: the sentence, the pieces of a message by read, and what else there is to say. */
export function sentenceOf(event, { reads = [], glued = false } = {}) {
  const told = TELLERS[event.kind]?.(event) ?? { main: word("kind", event.kind) };
  const more = [...(told.more ?? [])];
  if (isSplit(event)) {
    more.push(text("sentence.frame.split"));
  }
  if (glued) {
    more.push(text("sentence.frame.glued"));
  }
  return { main: told.main, parts: isSplit(event) ? partsOf(event, reads) : [], more };
}

/** The same for a row of the table, where events without bytes are told instead of shown. */
export const shortOf = (event) => TELLERS[event.kind]?.(event).main ?? "";

const isUdp = (event) => protocolOf(state.servers.get(event.server)?.spec ?? {}) === "udp";
const by = (side) => word("by", side ?? "client");
const ranged = (key, event) =>
  counted(key, event.length, { n: number(event.n), first: number(event.offset), last: number(event.offset + event.length - 1) });

const TELLERS = {
  read: (event) => ({ main: ranged("sentence.read", event) }),
  write: (event) => ({ main: event.length === 0 ? text("sentence.write.empty") : ranged("sentence.write", event) }),
  frame: (event) => ({ main: counted(`sentence.frame.${span(event)}`, event.length, { first: event.firstRead, last: event.lastRead }) }),
  datagram: (event) => ({
    main: counted(`sentence.datagram.${event.direction}`, event.length, { peer: event.peer }),
    more: event.truncatedBytes > 0 ? [counted("sentence.datagram.cut", event.truncatedBytes)] : [],
  }),
  connectionOpened: (event) => ({ main: text(isUdp(event) ? "sentence.connectionOpened.udp" : "sentence.connectionOpened", { peer: event.peer, local: event.local }) }),
  tlsHandshake: (event) => ({
    main: text(`sentence.tlsHandshake.${event.outcome}`, event),
    more: ["sni", "alpn", "clientSubject"].filter((key) => event[key]).map((key) => text(`sentence.tlsHandshake.${key}`, { name: event[key] })),
  }),
  connectionHalfClosed: (event) => ({
    main: text(`sentence.connectionHalfClosed.${event.by}`),
    more: [...(event.reason ? [text("sentence.connectionHalfClosed.reason", { reason: event.reason })] : []), ...leftover(event)],
  }),
  connectionClosed: (event) => ({
    main: text("sentence.connectionClosed", { by: by(event.closedBy), kind: word("connections.kind", event.closeKind) }),
    more: [...(event.reason ? [text("sentence.connectionClosed.reason", { reason: event.reason })] : []), ...leftover(event)],
  }),
  connectionRefused: (event) => ({ main: text("sentence.connectionRefused", { peer: event.peer, reason: event.reason }) }),
  guard: (event) => ({ main: text("sentence.guard", { peer: event.peer, reason: event.reason }) }),
  fault: (event) => ({
    main: text(event.message ? "sentence.fault" : "sentence.fault.whole", { fault: event.fault, type: event.type, message: event.message }),
  }),
  serverStarted: (event) => ({ main: text("sentence.serverStarted", { address: event.address }) }),
  serverStopped: () => ({ main: text("sentence.serverStopped") }),
  serverFailed: (event) => ({ main: text("sentence.serverFailed", { reason: event.reason }) }),
  lost: (event) => ({ main: counted("sentence.lost", event.count) }),
};

const leftover = (event) => (event.leftoverBytes > 0 ? [counted("sentence.leftover", event.leftoverBytes)] : []);

function span(event) {
  const count = event.lastRead - event.firstRead;
  return count === 0 ? "one" : count === 1 ? "two" : "many";
}

/** Which bytes of a message came with which read, and how much later: only where all its reads are known. */
function partsOf(frame, reads) {
  if (reads.length !== frame.lastRead - frame.firstRead + 1 || reads.length > 6) {
    return [];
  }
  const all = bytesOf(frame.payload);
  return reads.map((read, index) => {
    const from = Math.max(0, read.offset - frame.offset);
    const until = Math.min(frame.length, read.offset + read.length - frame.offset);
    const later = index === 0 ? null : duration(Number(nanosOf(read.at) - nanosOf(reads[index - 1].at)));
    const key = index === 0 ? "sentence.frame.part.first" : "sentence.frame.part.next";
    const [before, after] = text(key, { n: read.n, later }).split("{text}");
    return { before, after, code: until > all.length ? bytes(until - from) : short(all.subarray(from, until)) };
  });
}

function short(part) {
  const most = 24;
  const cut = part.subarray(0, most);
  const written = textOf(cut) === null ? hexOf(cut) : visible(textOf(cut));
  return part.length > most ? `${written}…` : written;
}

/** The bytes of a row on one line. */
export const rowBytes = (event) => (event.payload ? preview(event.payload, 160) : "");
