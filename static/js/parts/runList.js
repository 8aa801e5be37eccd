import { html, nothing, render } from "../../vendor/lit-html.js";
import { counted, text, word } from "../messages.js";
import { clock, percent, rate } from "../format.js";
import { on, state } from "../store.js";
import { addressOf as placeOf } from "../route.js";
import { isEnded, newestFirst } from "../runs.js";
import { dotOf, targetOf } from "../runText.js";

export function mount(list, count) {
  on(["runs", "route"], () => {
    count.textContent = counted("runList.count", state.runs.size);
    render(lines(), list);
  });
}

function lines() {
  if (state.runs.size === 0) {
    return html`<p class="server-list-empty">${text("runList.empty")}</p>`;
  }
  return html`<ul>
    <li class="server-list-all run-list-all">${allLine()}</li>
    ${newestFirst().map((run) => html`<li>${runLine(run)}</li>`)}
  </ul>`;
}

const allLine = () => html`<a class="server-line" href=${placeOf({ view: "runs" })} aria-current=${state.route.view === "runs" ? "page" : nothing}>
  <span class="mark-all" aria-hidden="true"></span>
  <span class="server-line-text"><strong>${text("runList.all")}</strong><span class="server-line-address">${text("runList.all.note")}</span></span>
</a>`;

const runLine = (run) => html`<a class="server-line" href=${placeOf({ view: "run", run: run.id })} aria-current=${state.route.run === run.id ? "page" : nothing}>
  <span class=${`dot dot-${dotOf(run)}`} aria-hidden="true"></span>
  <span class="server-line-text">
    <strong><span class="run-line-id">${run.id}</span> ${targetOf(run)}</strong>
    <span class="server-line-address">${outcome(run)}</span>
    <span class="server-line-state">${isEnded(run) ? html`${word("run.state", run.state)} ${clock(run.endedAt ?? run.startedAt).slice(0, 8)}` : meter(run)}</span>
  </span>
  <span class="server-line-live"><span class="server-line-rate">${isEnded(run) ? (run.received > 0 ? `${rate(run.achievedRatePerSecond)}/s` : nothing) : percent(Math.floor(run.progress * 100))}</span></span>
</a>`;

function outcome({ sent, lost }) {
  const messages = counted("run.messages", sent);
  return lost > 0 ? html`${messages} · <span class="is-missed">${counted("run.lost", lost)}</span>` : messages;
}

const meter = (run) => html`<progress max="1" .value=${run.progress} aria-label=${word("run.state", run.state)}></progress>`;
