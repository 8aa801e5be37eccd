// One row of the traffic table.
import { html, nothing } from "../vendor/lit-html.js";
import { clock, number } from "./format.js";
import { counted, text, word } from "./messages.js";
import { isSplit } from "./rows.js";
import { rowBytes, shortOf } from "./sentences.js";

const BYTES = new Set(["read", "frame", "write", "datagram"]);
const BAD = new Set(["serverFailed", "connectionRefused", "guard"]);

export function drawRow(row, index, chosen) {
  return row.gap ? gapRow(row, index) : eventRow(row, index, chosen);
}

const gapRow = ({ gap, count }, index) => html`<div class="traffic-row traffic-gap" role="row" aria-rowindex=${index + 2} data-index=${index}>
  <span role="gridcell">${gap === "newLog" ? text("traffic.gap.newLog") : counted(`traffic.gap.${gap}`, count)}</span>
</div>`;

function eventRow(row, index, chosen) {
  const { event } = row;
  const isChosen = chosen === event.seq;
  return html`<div class=${`traffic-row${BYTES.has(event.kind) ? "" : " is-life"}`} role="row" id=${`event-${event.seq}`} aria-rowindex=${index + 2} aria-selected=${String(isChosen)} data-seq=${event.seq}>
    <span role="gridcell" class="cell-time" title=${event.at}>${clock(event.at)}</span>
    <span role="gridcell" class="cell-server">${event.server ?? ""}</span>
    <span role="gridcell" class="cell-connection">${event.connection ?? ""}</span>
    <span role="gridcell" class="cell-way">${way(event)}</span>
    <span role="gridcell" class="cell-what">${what(event)}</span>
    <span role="gridcell" class="cell-length">${BYTES.has(event.kind) ? html`${number(event.length)} B` : nothing}</span>
    <span role="gridcell" class="cell-bytes">${marks(row)}${content(row)}</span>
  </div>`;
}

function way({ direction, kind }) {
  if (!direction || !BYTES.has(kind)) {
    return nothing;
  }
  const arrow = direction === "in" ? "→" : "←";
  return html`<span class=${`way way-${direction}`}>${arrow} <span class="way-word">${text(`traffic.${direction}`)}</span></span>`;
}

function what(event) {
  const kind = BYTES.has(event.kind) ? event.kind : (BAD.has(event.kind) || event.outcome === "failed") ? "bad" : "life";
  const classes = ["what", `what-${kind}`, isSplit(event) ? "is-split" : "", event.direction === "out" ? "is-out" : ""].filter(Boolean);
  return html`<span class=${classes.join(" ")}><span class="shape" aria-hidden="true"></span>${word("kind", event.kind)}${reads(event)}</span>`;
}

function reads(event) {
  if (event.kind === "read") {
    return html` <small>${event.n}</small>`;
  }
  if (event.kind !== "frame") {
    return nothing;
  }
  const from = isSplit(event) ? text("traffic.reads.range", { first: event.firstRead, last: event.lastRead }) : event.firstRead;
  return html` <small>↑ ${from}</small>`;
}

const mark = (key, more = "") => html`<span class=${`mark ${more}`} title=${text(`traffic.${key}.title`)}>${text(`traffic.${key}`)}</span>`;

function marks({ event, glued }) {
  return html`${isSplit(event) ? mark("split") : nothing}${glued ? mark("glued") : nothing}${event.truncatedBytes > 0 ? html`<span class="mark mark-cut">${text("traffic.cut")}</span>` : nothing}`;
}

function content(row) {
  if (!BYTES.has(row.event.kind)) {
    return html`<span class="said">${shortOf(row.event)}</span>`;
  }
  if (row.event.length > 0 && !row.event.payload) {
    return html`<span class="said">${text("traffic.bytesNotKept")}</span>`;
  }
  row.written ??= rowBytes(row.event);
  return row.written;
}
