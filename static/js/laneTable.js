// The lanes as a table, for whoever does not see the picture or wants the numbers.
import { html, nothing } from "../vendor/lit-html.js";
import { looked } from "./connection.js";
import { number } from "./format.js";
import { counted, text } from "./messages.js";
import * as laneBytes from "./laneBytes.js";
import { changed } from "./store.js";
import { holdsText, lengthOf, mark, nameOf, readsText } from "./laneWords.js";

const MOST = 200;

let isOpen = false;

export function laneTable({ lanes }, choose) {
  const all = lanes.flatMap((lane, index) => lane.items.map((item) => ({ item, index })));
  all.sort((one, other) => one.item.from - other.item.from || one.index - other.index);
  const rows = all.slice(-MOST);
  const isStream = lanes[0].name !== "in";
  if (isOpen) {
    laneBytes.fetchFor(looked.id, rows.map(({ item }) => item));
  }
  return html`<details class="lanes-table" @toggle=${opened}><summary>${text("lanes.table")}</summary>
    ${rows.length < all.length ? html`<p class="lanes-note">${counted("lanes.table.last", rows.length)}</p>` : nothing}
    <div class="wide" tabindex="0" role="group" aria-label=${text("lanes.table")}><table class="figures">
      <thead><tr><th scope="col">${text("lanes.table.what")}</th>${isStream ? html`<th scope="col" class="is-number">${text("detail.offset")}</th>` : nothing}<th scope="col" class="is-number">${text("detail.length")}</th><th scope="col">${text("lanes.table.why")}</th><th scope="col">${text("traffic.bytes")}</th></tr></thead>
      <tbody>${rows.map(({ item }) => row(item, isStream, choose))}</tbody></table></div></details>`;
}

function opened(toggle) {
  isOpen = toggle.currentTarget.open;
  changed("lanes");
}

function row(item, isStream, choose) {
  const why = [item.kind === "read" ? holdsText(item) : item.kind === "frame" ? readsText(item) : item.direction ? text(`traffic.${item.direction}`) : "", mark(item)];
  return html`<tr><th scope="row"><button type="button" class="link" @click=${() => choose(item)}>${nameOf(item)}</button></th>
    ${isStream ? html`<td class="is-number">${number(item.from)}</td>` : nothing}<td class="is-number">${number(lengthOf(item))} B</td>
    <td>${why.filter(Boolean).join(" · ")}</td><td class="mono">${laneBytes.line(item, 48)}</td></tr>`;
}
