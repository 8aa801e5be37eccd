import { html, render } from "../../vendor/lit-html.js";
import { text, word } from "../messages.js";
import { clock, duration, number, rate } from "../format.js";
import { ask, on, state } from "../store.js";
import { addressOf as placeOf } from "../route.js";
import { newestFirst } from "../runs.js";
import { askedText, dotOf, targetOf } from "../runText.js";

// All runs side by side, to compare them.
export function mount(panel) {
  on(["runs", "route"], () => {
    panel.hidden = state.route.view !== "runs";
    if (!panel.hidden) {
      render(state.runs.size === 0 ? welcome() : table(), panel);
    }
  });
}

const welcome = () => html`<div class="welcome">
  <h2>${text("runTable.welcome")}</h2>
  <p>${text("runTable.welcome.text")}</p>
  <button type="button" class="button button-main" @click=${() => ask("runForm")}>${text("runList.start")}</button>
</div>`;

const COLUMNS = ["sent", "lost", "rate", "p50", "p99", "max"];

const table = () => html`<section class="panel run-table" aria-labelledby="run-table-title">
  <header class="panel-head"><h2 id="run-table-title">${text("runList.all")}</h2></header>
  <div class="wide" role="group" tabindex="0" aria-labelledby="run-table-title"><table class="figures">
    <thead><tr><th scope="col">${text("runTable.run")}</th><th scope="col">${text("runTable.target")}</th><th scope="col">${text("runTable.asked")}</th><th scope="col">${text("runTable.state")}</th>
      ${COLUMNS.map((name) => html`<th scope="col" class="is-number">${text(`runTable.${name}`)}</th>`)}</tr></thead>
    <tbody>${newestFirst().map(row)}</tbody>
  </table></div>
</section>`;

function row(run) {
  const times = run.serviceTimeNanos;
  const cells = [number(run.sent), number(run.lost), `${rate(run.achievedRatePerSecond)}/s`, duration(times?.p50), duration(times?.p99), duration(times?.max)];
  return html`<tr>
    <th scope="row"><a href=${placeOf({ view: "run", run: run.id })}>${run.id}</a></th>
    <td>${targetOf(run)}</td>
    <td title=${askedText(run)}>${askedText(run)}</td>
    <td class="run-table-state"><span class=${`dot dot-${dotOf(run)}`} aria-hidden="true"></span> ${word("run.state", run.state)} <small>${clock(run.startedAt).slice(0, 8)}</small></td>
    ${cells.map((cell, index) => html`<td class=${`is-number${COLUMNS[index] === "lost" && run.lost > 0 ? " is-missed" : ""}`}>${cell}</td>`)}
  </tr>`;
}
