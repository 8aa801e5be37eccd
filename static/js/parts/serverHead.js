import { html, nothing, render } from "../../vendor/lit-html.js";
import * as api from "../api.js";
import { counted, text, word } from "../messages.js";
import { onBack } from "../live.js";
import { ask, chosenServer, on, onAsk, putServer, removeServer, state } from "../store.js";
import { addressOf as placeOf, go } from "../route.js";
import { isRunning, protocolOf, summaryOf } from "../spec.js";
import { commandOf, exampleCommand } from "../commands.js";
import { copyLine } from "../copyLine.js";

let problem = null;
let busy = false;
let told = null;

export function mount(head) {
  const draw = () => render(drawn(), head);
  const fresh = () => {
    problem = null;
    told = null;
    draw();
  };
  const turn = (server, how) => act(() => api.turnServer(server.name, how), draw);
  head.addEventListener("click", (click) => {
    const how = click.target.closest("[data-turn]")?.dataset.turn;
    if (how) {
      turn(chosenServer(), how);
    } else if (click.target.closest("[data-dismiss]")) {
      fresh();
    }
  });
  on(["servers"], draw);
  on(["route"], fresh);
  onBack(() => problem?.isUnreached && fresh());
  onAsk("told", (change) => {
    told = change;
    draw();
  });
}

async function act(what, draw) {
  problem = null;
  told = null;
  busy = true;
  draw();
  try {
    const server = await what();
    if (server?.name) {
      putServer(server);
    }
  } catch (refusal) {
    problem = refusal;
  }
  busy = false;
  draw();
}

function drawn() {
  if (state.route.view === "server") {
    const server = chosenServer();
    return server ? serverDrawn(server) : gone();
  }
  return state.servers.size === 0 ? welcome() : back();
}

const back = () => html`<div class="head-line head-back-line">${backLink()}<h2>${text("traffic.title.all")}</h2></div>`;

const backLink = () => html`<a class="button head-back" href=${placeOf({ view: "rack" })}>‹ ${text("serverList.back")}</a>`;

const gone = () => html`<div class="welcome">
  <h2>${text("server.gone", { name: state.route.server })}</h2>
  <a class="button" href=${placeOf({ view: "traffic" })}>${text("server.gone.back")}</a>
</div>`;

const welcome = () => html`<div class="welcome">
  <h2>${text("welcome.title")}</h2>
  <ol>
    <li><p>${text("welcome.start")}</p><button type="button" class="button button-main" data-open="serverForm">${text("serverList.start")}</button></li>
    <li><p>${text("welcome.type")}</p>${copyLine(exampleCommand)}</li>
    <li><p>${text("welcome.watch")}</p></li>
  </ol>
</div>`;

function serverDrawn(server) {
  const { status, spec } = server;
  return html`
    <div class="head-line">
      ${backLink()}
      <h2>${server.name}</h2>
      <span class=${`state state-${status.state}`}><span class=${`dot dot-${status.state}`} aria-hidden="true"></span>${word("state", status.state)}</span>
      <span class="head-summary" title=${summaryOf(server)}>${isRunning(server) ? summaryOf(server, protocolOf(spec)) : summaryOf(server)}</span>
      ${isRunning(server) ? copyLine(commandOf(server)) : nothing}
      ${actions(server)}
    </div>
    ${spec.note ? html`<p class="server-note">${spec.note}</p>` : nothing}
    ${status.state === "failed" && status.reason ? html`<p class="form-problem">${text("server.failed", { reason: status.reason })}</p>` : nothing}
    ${told ? html`<p class="server-note" role="status">${changeText(told)}</p>` : nothing}
    ${problem ? html`<p class="form-problem server-problem" role="alert"><span>${problem.message}</span><button type="button" class="button button-bare button-small" data-dismiss aria-label=${text("problem.dismiss")}>✕</button></p>` : nothing}`;
}

function actions(server) {
  const running = isRunning(server);
  return html`<div class="head-actions">
    ${
      running
        ? html`<button type="button" class="button" @click=${() => ask("probe", { server: server.name })}>${text("server.probe")}</button>
            <button type="button" class="button" title=${text("server.run.title")} @click=${() => ask("runForm", { server: server.name })}>${text("server.run")}</button>`
        : nothing
    }
    <button type="button" class="button" @click=${() => ask("serverForm", { server })}>${text("server.edit")}</button>
    ${
      running
        ? html`<button type="button" class="button" data-turn="restart" ?disabled=${busy}>${text("server.restart")}</button>
            <button type="button" class="button" data-turn="stop" ?disabled=${busy}>${text("server.stop")}</button>`
        : html`<button type="button" class="button button-main" data-turn="start" ?disabled=${busy}>${text("server.start")}</button>`
    }
    <button type="button" class="button" @click=${() => ask("confirm", questionFor(server))}>${text("server.delete")}</button>
  </div>`;
}

const questionFor = ({ name, status }) => ({
  title: text("confirm.delete.title", { name }),
  text: status.connections > 0 ? counted("confirm.delete.text", status.connections) : text("confirm.delete.text.none"),
  yes: text("confirm.delete.yes"),
  act: async () => {
    await api.deleteServer(name);
    removeServer(name);
    if (state.route.server === name) {
      go({ view: "rack", server: null, filter: "" });
    }
  },
});

function changeText({ applied, connectionsClosed }) {
  if (applied !== "restarted") {
    return text("server.lastChange.live");
  }
  return connectionsClosed > 0
    ? counted("server.lastChange.restarted", connectionsClosed)
    : text("server.lastChange.restarted.none");
}
