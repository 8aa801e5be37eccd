import { html, nothing, render } from "../../vendor/lit-html.js";
import { counted, text, word } from "../messages.js";
import { bytes, duration, moment, number, size } from "../format.js";
import { chosenServer, on } from "../store.js";
import { bytesOf, preview } from "../payload.js";
import { addressOf, framingText, isRunning, protocolOf } from "../spec.js";

const REPLY_SHOWN = 256;

// Missed or refused things: told only where there are some.
/** Limits that have a row of their own whatever they are. */
const SAID = new Set(["maxConnections", "idleTimeoutMs"]);
const MISSED = ["connectionsRefused", "droppedByKernel", "truncatedBytes", "refusedByGuard", "eventsLost", "faultsApplied"];

export function mount(panel) {
  on(["servers", "route", "rates"], () => {
    const server = chosenServer();
    panel.hidden = server === null;
    if (server) {
      render(drawn(server), panel);
    }
  });
}

function drawn(server) {
  return html`
    <header class="panel-head"><h2>${text("counters.title")}</h2></header>
    <div class="counted">${counters(server)}</div>
    <header class="panel-head"><h2>${text("settings.title")}</h2></header>
    <dl class="facts">${facts(server).map(([key, value]) => html`<dt>${text(`settings.${key}`)}</dt><dd>${value}</dd>`)}</dl>`;
}

function counters(server) {
  const counters = server.status.counters ?? {};
  const row = (key, incoming, outgoing) => html`<tr><th scope="row">${text(key)}</th><td>${incoming}</td><td>${outgoing}</td></tr>`;
  const single = (name, missed) => html`<tr class=${missed ? "is-missed" : ""}><th scope="row">${text(`counters.${name}`)}</th><td colspan="2">${number(counters[name])}</td></tr>`;
  return html`<table>
    <thead><tr><td></td><th scope="col">${text("counters.in")}</th><th scope="col">${text("counters.out")}</th></tr></thead>
    <tbody>
      ${row("counters.messages", number(counters.messagesIn), number(counters.messagesOut))}
      ${row("counters.bytes", number(counters.bytesIn), number(counters.bytesOut))}
      ${protocolOf(server.spec) === "tcp" ? single("connectionsAccepted", false) : nothing}
      ${MISSED.filter((name) => counters[name] > 0).map((name) => single(name, true))}
    </tbody>
  </table>`;
}

function facts(server) {
  const { spec, status } = server;
  const isTcp = protocolOf(spec) === "tcp";
  const yes = (value) => text(value ? "settings.yes" : "settings.no");
  const { socket = {}, limits = {} } = spec;
  return [
    ["behavior", word("behavior", spec.behavior?.type ?? "echo")],
    ...(spec.behavior?.type === "reply" ? [["reply", replyText(spec.behavior.payload)]] : []),
    ...(spec.behavior?.type === "rules" ? [["rules", rulesText(spec.behavior)]] : []),
    ...(spec.behavior?.banner ? [["banner", replyText(spec.behavior.banner)]] : []),
    ...(isTcp ? [["framing", framingText(spec.framing)]] : []),
    ["address", `${protocolOf(spec)} ${addressOf(server)}`],
    ...(spec.tls ? [["tls", tlsText(spec.tls, status.tls)]] : []),
    ["autoStart", yes(spec.autoStart ?? true)],
    ...(isRunning(server) ? [["since", moment(status.since)]] : []),
    ...(isTcp ? [["readBufferBytes", size(socket.readBufferBytes ?? 65536)]] : [["datagramBufferBytes", bytes(socket.datagramBufferBytes ?? 65507)]]),
    ["receiveBufferBytes", buffer(socket.receiveBufferBytes, status.socket?.receiveBufferBytes)],
    ["sendBufferBytes", buffer(socket.sendBufferBytes, status.socket?.sendBufferBytes)],
    ...(isTcp ? [["backlog", number(status.socket?.backlog ?? socket.backlog ?? 128)], ["tcpNoDelay", yes(socket.tcpNoDelay ?? true)]] : []),
    ["reuseAddress", yes(status.socket?.reuseAddress ?? socket.reuseAddress ?? true)],
    [isTcp ? "maxConnections" : "maxConnections.udp", number(limits.maxConnections ?? 1000)],
    ["idleTimeoutMs", limits.idleTimeoutMs > 0 ? duration(limits.idleTimeoutMs * 1e6) : isTcp ? text("settings.never") : duration(60e9)],
    ...Object.entries(limits).filter(([key]) => !SAID.has(key)).map(([key, value]) => [key, limitText(value)]),
    ["capture", captureText(spec.capture)],
  ];
}

/** From which version on, and by what the certificate is known: the first of its SHA-256. */
const tlsText = ({ minVersion = "TLSv1.2" }, shown) => `${minVersion}+${shown ? `, SHA-256 ${shown.certificateSha256.slice(0, 16)}…` : ""}`;

const rulesText = ({ rules = [], otherwise = "echo" }) => counted("settings.rules.of", rules.length, { otherwise: text(`settings.otherwise.${otherwise}`) });

function limitText(value) {
  if (Array.isArray(value)) {
    return value.join(", ") || text("settings.nobody");
  }
  return typeof value === "boolean" ? text(value ? "settings.yes" : "settings.no") : value === null ? text("settings.noBound") : number(value);
}

/** The bytes of the answer, the first of many, and how many there are. */
function replyText(payload) {
  const count = bytesOf(payload).length;
  const shown = preview(payload ?? {}, REPLY_SHOWN);
  return count === 0 ? text("settings.reply.nothing") : html`<code>${shown}${count > REPLY_SHOWN ? "…" : ""}</code> · ${bytes(count)}`;
}

/** What was asked for a buffer beside what the kernel granted: Linux doubles it. */
function buffer(asked, granted) {
  if (asked && granted) {
    return text("settings.asked", { asked: size(asked), granted: size(granted) });
  }
  return granted ? size(granted) : asked ? size(asked) : text("settings.system");
}

const captureText = (capture = {}) =>
  (capture.payload ?? "head") === "head" ? text("capture.head", { bytes: number(capture.headBytes ?? 1024) }) : text(`capture.${capture.payload}`);
