import { html, nothing, render } from "../../vendor/lit-html.js";
import { looked } from "../connection.js";
import { copyAs } from "../copyAs.js";
import { text } from "../messages.js";
import { bytes, number } from "../format.js";
import { hexDump } from "../hexDump.js";
import * as laneBytes from "../laneBytes.js";
import { choose, chosen } from "../laneModel.js";
import { lengthOf, nameOf } from "../laneWords.js";
import { toldOf } from "../laneSentences.js";
import { on, state } from "../store.js";
import { addressOf as placeOf } from "../route.js";

const MOST_READS = 64;

export function mount(panel) {
  on(["chosen", "lanes", "route"], () => {
    const item = state.route.view === "connection" && !state.route.bytes ? chosen() : null;
    panel.hidden = state.route.view !== "connection" || state.route.bytes || looked.rows === null;
    if (item) {
      laneBytes.fetchFor(looked.id, rowsOf(item));
      laneBytes.fetchWhole(rowsOf(item));
    }
    render(panel.hidden ? nothing : item ? drawn(item) : html`<p class="quiet">${text("laneDetail.none")}</p>`, panel);
  });
}

/** The rows whose bytes an item is made of: its own, and the reads of a message. */
function rowsOf(item) {
  const whole = item.kind === "ribbon" ? item.message : item;
  return [whole, ...(whole.reads ?? []).slice(0, MOST_READS)];
}

function drawn(item) {
  const whole = item.kind === "ribbon" ? item.message : item;
  const held = laneBytes.bytesFor(whole);
  const length = lengthOf(whole);
  return html`<header class="panel-head"><div class="panel-title"><h2>${nameOf(item)}</h2><p class="panel-note">${bytes(lengthOf(item))}${item.kind === "datagram" ? nothing : ` · ${text("laneDetail.offset", { offset: number(item.from) })}`}</p></div>
      <div class="panel-tools"><button type="button" class="button button-bare" aria-label=${text("detail.close")} title=${text("detail.close")} @click=${() => choose(null)}>✕</button></div></header>
    <div class="event-detail-body">
      <div class="sentence" aria-live="polite">${toldOf(item).map((told) => html`<p>${told}</p>`)}</div>
      ${held.length > 0 ? dump(item, whole, held) : nothing}
      ${held.length < length && laneBytes.isAnswered(rowsOf(item)) ? html`<p class="field-hint">${notWhole(whole, held.length, length)}</p>` : nothing}
      ${whole.seq === null ? nothing : html`<p class="field-hint"><a href=${placeOf({ view: "server", server: looked.connection.server, filter: `conn:${looked.id}` })}>${text("laneDetail.traffic")}</a></p>`}
    </div>`;
}

function notWhole(whole, held, length) {
  if (held > 0) {
    return text("detail.held", { held: number(held), length: bytes(length) });
  }
  return text(whole.seq !== null && laneBytes.of(whole) === null ? "detail.gone" : "detail.notHeld");
}

function dump(item, whole, held) {
  const others = whole.reads ?? whole.messages ?? [];
  const cuts = others.slice(1).map((other) => other.from - whole.from);
  const inPiece = (offset) => offset >= item.from - whole.from && offset < item.until - whole.from;
  const alternate = (offset) => cuts.filter((cut) => cut <= offset).length % 2 === 1;
  const markOf = (offset) => ((item === whole ? alternate(offset) : inPiece(offset)) ? "other" : null);
  const legend = item !== whole ? "laneDetail.piece" : cuts.length > 0 ? (whole.reads ? "detail.legend" : "laneDetail.legend") : null;
  return html`${hexDump(held, { label: text("detail.dump"), from: whole.kind === "datagram" ? 0 : whole.from, markOf })}
    ${legend ? html`<p class="field-hint">${text(legend)}</p>` : nothing}
    ${copyAs(held)}`;
}
