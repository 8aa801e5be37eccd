import { html, nothing, render } from "../../vendor/lit-html.js";
import { captureAll, looked } from "../connection.js";
import { copy } from "../copyLine.js";
import { counted, text } from "../messages.js";
import { bytes, size } from "../format.js";
import { FORMS, copied, written } from "../byteStreamForms.js";
import * as bytesOf from "../byteStream.js";
import { changed, on, state } from "../store.js";

let form = "text";

export function mount(panel) {
  let isKept = false;
  const keep = () => captureAll().then(() => (isKept = true)).catch(() => {}).then(draw);
  const draw = () => {
    panel.hidden = state.route.view !== "connection" || !state.route.bytes || looked.connection === null;
    if (panel.hidden) {
      render(nothing, panel);
      return;
    }
    bytesOf.follow(looked.id);
    render(drawn(isKept, keep), panel);
  };
  on(["route"], () => (isKept = false));
  on(["connection", "lanes", "bytes", "route"], draw);
}

function drawn(isKept, keep) {
  const { chunks, shown, missing, hasMore } = bytesOf.followed;
  const choice = (each) => html`<button type="button" aria-pressed=${String(each === form)} @click=${() => {
    form = each;
    changed("bytes");
  }}>${text(`bytes.${each}`)}</button>`;
  return html`<header class="panel-head"><div class="panel-title"><h2>${text("bytes.title")}</h2><p class="panel-note">${text("bytes.shown", { shown: size(shown), all: size(looked.connection.bytesIn + looked.connection.bytesOut) })}</p></div>
      <div class="toggle" role="group" aria-label=${text("bytes.form")}>${FORMS.map(choice)}</div>
      <div class="panel-tools"><button type="button" class="button button-small" ?disabled=${chunks.length === 0} @click=${(click) => copy(click.currentTarget, chunks.map((chunk) => copied(form, chunk)).join(form === "text" ? "" : "\n"))}><span>${text("bytes.copy")}</span></button></div></header>
    ${missing > 0 ? html`<div class="lanes-hint"><p>${isKept ? text("whatIf.kept", { server: looked.connection.server }) : counted("bytes.missing", missing)}</p>${isKept ? nothing : html`<button type="button" class="button button-small" @click=${keep}>${text("whatIf.keep")}</button>`}</div>` : nothing}
    ${looked.rows?.firstHeldOffset > 0 ? html`<p class="lanes-note is-missed">${counted("lanes.letGo", looked.rows.firstHeldOffset)}</p>` : nothing}
    ${chunks.length === 0 ? html`<p class="quiet">${text("lanes.nothing")}</p>` : html`<div class=${`byte-stream-text is-${form}`} tabindex="0" role="group" aria-label=${text("bytes.title")}>${turns(chunks).map(turnTaken)}</div>`}
    <footer class="byte-stream-foot"><ul class="lane-legend"><li><span class="lane-swatch lane-swatch-read" aria-hidden="true"></span>${text("bytes.in")}</li><li><span class="lane-swatch lane-swatch-write" aria-hidden="true"></span>${text("bytes.out")}</li></ul>
      ${hasMore ? html`<button type="button" class="button button-small" @click=${bytesOf.more}>${text("bytes.more", { bytes: size(bytesOf.STEP) })}</button>` : nothing}</footer>`;
}

/** What one side sent until the other did. */
function turns(chunks) {
  const taken = [];
  for (const chunk of chunks) {
    if (taken.at(-1)?.[0].direction === chunk.direction) {
      taken.at(-1).push(chunk);
    } else {
      taken.push([chunk]);
    }
  }
  return taken;
}

const turnTaken = (chunks) => html`<div class=${`is-${chunks[0].direction}`}><span class="unseen">${text(`traffic.${chunks[0].direction}`)}: </span>${chunks.map(piece)}</div>`;

function piece(chunk, index) {
  const lost = chunk.length - chunk.bytes.length;
  return html`${index > 0 && form !== "text" ? "\n" : nothing}${written(form, chunk)}${lost > 0 ? html`<em>⟨${text("bytes.notKept", { bytes: bytes(lost) })}⟩</em>` : nothing}`;
}
