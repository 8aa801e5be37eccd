import { html, nothing, render } from "../../vendor/lit-html.js";
import * as api from "../api.js";
import { text, word } from "../messages.js";
import { percent, wait } from "../format.js";
import { onBack } from "../live.js";
import { ask, chosenRun, on, state } from "../store.js";
import { addressOf as placeOf, go } from "../route.js";
import { isEnded, isMissing, put, remove } from "../runs.js";
import { askedText, dotOf, targetOf, verdictOf } from "../runText.js";

let problem = null;

export function mount(head) {
  const draw = () => {
    head.hidden = state.route.view !== "run";
    render(head.hidden ? nothing : drawn(), head);
  };
  const tell = (refusal) => {
    problem = refusal;
    draw();
  };
  head.addEventListener("click", (click) => {
    const run = chosenRun();
    switch (click.target.closest("[data-run]")?.dataset.run) {
      case "stop":
        api.stopRun(run.id).then(put, tell);
        break;
      case "again":
        ask("runForm", { spec: run.spec });
        break;
      case "delete":
        ask("confirm", questionFor(run));
        break;
    }
  });
  on(["runs"], draw);
  on(["route"], () => tell(null));
  onBack(() => problem?.isUnreached && tell(null));
}

function questionFor(run) {
  return {
    title: text("confirm.deleteRun.title", { name: run.id }),
    text: text(isEnded(run) ? "confirm.deleteRun.text" : "confirm.deleteRun.text.running"),
    yes: text("confirm.deleteRun.yes"),
    act: async () => {
      await api.deleteRun(run.id);
      go({ view: "runs", run: null });
      remove(run.id);
    },
  };
}

function drawn() {
  const run = chosenRun();
  if (run) {
    return runDrawn(run);
  }
  return isMissing(state.route.run)
    ? html`<div class="welcome"><h2>${text("run.gone", { id: state.route.run })}</h2><a class="button" href=${placeOf({ view: "runs" })}>${text("run.gone.back")}</a></div>`
    : nothing;
}

const runDrawn = (run) => html`
  <div class="head-line">
    <a class="button head-back" href=${placeOf({ view: "runs" })}>‹ ${text("runList.title")}</a>
    <h2><span class="unseen">${text("run.title")}</span> ${run.id} <span class="run-target">${run.server ? html`<a href=${placeOf({ view: "server", server: run.server })}>${run.server}</a>` : targetOf(run)}</span></h2>
    <span class=${`state state-${dotOf(run)}`} title=${run.reason ?? nothing}><span class=${`dot dot-${dotOf(run)}`} aria-hidden="true"></span>${word("run.state", run.state)}</span>
    <span class="head-summary">${run.protocol} ${run.target} · ${askedText(run)}</span>
    <div class="head-actions">
      ${isEnded(run) ? nothing : html`<button type="button" class="button" data-run="stop" ?disabled=${run.state === "stopping"}>${text("run.stop")}</button>`}
      <button type="button" class="button" data-run="again">${text("run.again")}</button>
      <button type="button" class="button" data-run="delete">${text("run.delete")}</button>
    </div>
  </div>
  ${problem ? html`<p class="form-problem" role="alert">${problem.message}</p>` : nothing}
  ${isEnded(run) ? verdict(run) : progress(run)}`;

function verdict(run) {
  const { tone, lines } = verdictOf(run);
  return html`<div class=${`verdict ${tone}`} role="status">${lines.map((line) => html`<p>${line}</p>`)}</div>`;
}

/** How far it is; what it found so far stands in the figures. */
function progress(run) {
  const left = run.progress > 0.01 ? text("run.left", { time: wait((run.elapsedMs * (1 - run.progress)) / run.progress) }) : text("run.left.unknown");
  return html`<div class="run-progress">
    <progress max="1" .value=${run.progress} aria-label=${text("run.progress")}></progress>
    <p><strong>${percent(Math.floor(run.progress * 100))}</strong> <span class="run-left">${run.state === "running" ? left : word("run.state", run.state)}</span></p>
  </div>`;
}
