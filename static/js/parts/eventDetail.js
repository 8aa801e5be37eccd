import { html, nothing, render } from "../../vendor/lit-html.js";
import * as api from "../api.js";
import { text, word } from "../messages.js";
import { bytes, number } from "../format.js";
import { onBack } from "../live.js";
import { changed, on, onAsk, state } from "../store.js";
import { addressOf as placeOf, go } from "../route.js";
import { bytesOf } from "../payload.js";
import { copyAs } from "../copyAs.js";
import { hexDump } from "../hexDump.js";
import { sentenceOf } from "../sentences.js";
import * as rows from "../rows.js";

const STEP = 1024;
/** Kinds that have a place in a connection's lanes. */
const LANED = new Set(["read", "frame", "write", "datagram"]);

let event = null;
let glued = false;
let reads = [];
let most = STEP;
let problem = null;
let isUnreached = false;

export function mount(panel) {
  const draw = () => {
    panel.hidden = state.opened === null || (event === null && problem === null);
    if (!panel.hidden) {
      render(drawn(draw), panel);
    }
  };
  onAsk("event", ({ seq }) => open(seq, draw));
  on(["opened"], draw);
  onBack(() => isUnreached && state.opened !== null && open(state.opened, draw));
}

/** Shows what the table has at once, and all captured bytes as soon as they are there. */
async function open(seq, draw) {
  state.opened = seq;
  const row = seq === null ? null : rows.find(seq);
  event = row?.event ?? null;
  glued = row?.glued ?? false;
  reads = event?.kind === "frame" ? rows.readsOf(event) : [];
  most = STEP;
  problem = null;
  isUnreached = false;
  changed("opened");
  if (seq === null) {
    return;
  }
  try {
    const whole = await api.event(seq);
    if (state.opened === seq) {
      event = whole.event ?? whole;
    }
  } catch (refusal) {
    if (state.opened === seq) {
      problem = refusal.status === 404 ? text("detail.gone") : refusal.message;
      isUnreached = refusal.isUnreached;
    }
  }
  draw();
}

const close = () => {
  state.opened = null;
  changed("opened");
};

function drawn(draw) {
  const seq = state.opened;
  return html`
    <header class="panel-head">
      <div class="panel-title"><h2>${text("detail.title", { seq: number(seq) })}</h2>
        <p class="panel-note">${event ? word("kind", event.kind) : nothing}</p></div>
      <div class="panel-tools"><button type="button" class="button button-bare" aria-label=${text("detail.close")} title=${text("detail.close")} @click=${close}>✕</button></div>
    </header>
    <div class="event-detail-body">
      ${problem ? html`<p class="form-problem" role="alert">${problem}</p>` : nothing}
      ${event ? body(draw) : nothing}
    </div>`;
}

function body(draw) {
  const held = bytesOf(event.payload);
  return html`${sentence()}
    ${held.length > 0 ? dump(held, draw) : nothing}
    ${notice(held.length)}
    <dl class="facts">${facts().map(([key, value, mono]) => html`<dt>${text(`detail.${key}`)}</dt><dd class=${mono ? "mono" : ""}>${value}</dd>`)}</dl>`;
}

function sentence() {
  const told = sentenceOf(event, { reads, glued });
  const parts = told.parts.map(({ before, code, after }, index) => html`${index > 0 ? ", " : ""}${before}<strong>${code}</strong>${after}`);
  return html`<div class="sentence" aria-live="polite">
    <p>${told.main}</p>
    ${parts.length > 0 ? html`<p>${parts}.</p>` : nothing}
    ${told.more.map((line) => html`<p>${line}</p>`)}
  </div>`;
}

function dump(held, draw) {
  const cuts = reads.slice(1).map((read) => read.offset - event.offset);
  const markOf = (offset) => (cuts.filter((cut) => cut <= offset).length % 2 === 1 ? "other" : null);
  const rest = Math.min(STEP, held.length - most);
  const more = () => {
    most += STEP;
    draw();
  };
  return html`${hexDump(held, { label: text("detail.dump"), most, markOf })}
    ${cuts.length > 0 ? html`<p class="field-hint">${text("detail.legend")}</p>` : nothing}
    ${rest > 0 ? html`<div class="event-detail-tools"><button type="button" class="button button-small" @click=${more}>${text("detail.more", { bytes: bytes(rest) })}</button></div>` : nothing}
    ${copyAs(held)}`;
}

function notice(held) {
  if (!(event.length > held)) {
    return nothing;
  }
  return html`<p class="field-hint">${held === 0 ? text("detail.notHeld") : text("detail.held", { held: number(held), length: bytes(event.length) })}</p>`;
}

function facts() {
  const { connection, server } = event;
  const only = () => go({ filter: `conn:${connection}` });
  return [
    ["time", event.at.replace("T", " ").replace("Z", ""), true],
    ...(server ? [["server", html`<a href=${placeOf({ view: "server", server })}>${server}</a>`]] : []),
    ...(connection ? [["connection", html`<a href=${placeOf({ view: "connection", connection, way: event.direction === "out" ? "out" : null, seq: LANED.has(event.kind) ? event.seq : null })}>${text("detail.lanes")}</a> <button type="button" class="button button-small" title=${text("connections.watch", { id: connection })} @click=${only}>${connection}</button>`]] : []),
    ...(event.peer ? [["peer", event.peer, true]] : []),
    ["kind", `kind:${event.kind}`, true],
    ...(event.offset === undefined ? [] : [["offset", number(event.offset)]]),
    ...(event.length > 0 ? [["length", bytes(event.length)]] : []),
  ];
}
