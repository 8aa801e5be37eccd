// The bends in a connection's life, in the order they came: accepted, TLS, first bytes, half closed, closed, and who waits afterwards.
import { nanosOf } from "./format.js";

/** Ends that surely were a FIN: with bytes unread a close turns into RST, which only the client sees. */
const BY_FIN = new Set(["fin", "idleTimeout", "stop"]);

/** `{key, at, values, tone}` each; `sinceNanos` is how long after the one before. */
export function bendsOf({ connection, life, firstIn, firstOut }) {
  const isUdp = connection.protocol === "udp";
  const bends = [
    { key: isUdp ? "opened.udp" : "opened", at: connection.openedAt, values: { peer: connection.peer } },
    ...life.filter((event) => event.kind === "tlsHandshake").map((event) => ({ key: `tls.${event.outcome}`, at: event.at, values: event, tone: event.outcome === "failed" ? "bad" : "" })),
    ...(firstIn ? [{ key: isUdp ? "firstIn.udp" : "firstIn", at: firstIn.at, values: {}, bytes: firstIn.length, tone: "in" }] : []),
    ...(firstOut ? [{ key: isUdp ? "firstOut.udp" : "firstOut", at: firstOut.at, values: {}, bytes: firstOut.length, tone: "out" }] : []),
    ...life.filter((event) => event.kind === "connectionHalfClosed").map((event) => ({ key: `halfClosed.${event.by}`, at: event.at, values: {}, tone: "half" })),
    ...(connection.state === "closed" && connection.closedAt ? [closed(connection, isUdp, life)] : []),
  ];
  return timed(bends.sort((one, other) => Number(nanosOf(one.at) - nanosOf(other.at))));
}

function closed({ closedBy, closeKind, closedAt }, isUdp, life) {
  const key = isUdp ? "forgotten" : closeKind === "rst" ? `rst.${closedBy}` : closeKind === "fin" ? `fin.${closedBy}` : "ended";
  const reason = isUdp ? null : (life.find((event) => event.kind === "connectionClosed")?.reason ?? null);
  return { key, at: closedAt, values: {}, kind: closeKind, reason, tone: "end" };
}

const timed = (bends) => bends.map((bend, index) => ({ ...bend, sinceNanos: index === 0 ? null : Number(nanosOf(bend.at) - nanosOf(bends[index - 1].at)) }));

/** Who holds TIME_WAIT after a tcp connection: client, server, nobody; null while it is open or where it can't be told. */
export function waiterOf({ protocol, state, closedBy, closeKind }) {
  if (protocol === "udp" || state !== "closed") {
    return null;
  }
  return closeKind === "rst" ? "nobody" : BY_FIN.has(closeKind) ? closedBy : null;
}
