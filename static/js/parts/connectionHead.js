import { html, nothing, render } from "../../vendor/lit-html.js";
import * as api from "../api.js";
import { isUdp, looked } from "../connection.js";
import { text, word } from "../messages.js";
import { number, size } from "../format.js";
import { on, state } from "../store.js";
import { addressOf as placeOf } from "../route.js";

const DOTS = { open: "running", halfClosed: "starting", closed: "stopped" };
/** How many closed connections the program lists. */
const KEPT = 1000;
let problem = null;

export function mount(head) {
  const draw = () => {
    head.hidden = state.route.view !== "connection";
    render(head.hidden ? nothing : drawn(), head);
  };
  head.addEventListener("click", async (click) => {
    const how = click.target.closest("[data-close-how]")?.dataset.closeHow;
    if (how) {
      await api.closeConnection(looked.id, how).then(() => (problem = null), (refusal) => (problem = refusal));
      draw();
    }
  });
  on(["route"], () => {
    problem = null;
    draw();
  });
  on(["connection"], draw);
}

function drawn() {
  const { connection } = looked;
  if (connection === null) {
    return looked.problem ? missing(looked.problem) : nothing;
  }
  const { id, server, peer, state: now } = connection;
  return html`<div class="head-line">
      <a class="button head-back is-shown" href=${placeOf({ view: "server", server })}>‹ ${server}</a>
      <h2><span class="unseen">${text(isUdp() ? "connection.title.udp" : "connection.title")}</span> ${id}</h2>
      <span class=${`state state-${DOTS[now]}`}><span class=${`dot dot-${DOTS[now]}`} aria-hidden="true"></span>${word("connections.state", now)}</span>
      <span class="head-summary">${connection.protocol} ${peer} · ${text("connections.inOut", { in: size(connection.bytesIn), out: size(connection.bytesOut) })}</span>
      <div class="head-actions">${tabs()}${now === "closed" ? nothing : closers(id)}</div>
    </div>
    ${problem ? html`<p class="form-problem" role="alert">${problem.message}</p>` : nothing}
    ${looked.problem ? html`<p class="form-problem" role="alert">${looked.problem.message}</p>` : nothing}`;
}

function tabs() {
  const tab = (bytes, key) => html`<a href=${placeOf({ ...state.route, bytes, seq: null })} aria-current=${state.route.bytes === bytes ? "page" : nothing}>${text(key)}</a>`;
  return html`<nav class="toggle" aria-label=${text("connection.show")}>${tab(false, isUdp() ? "lanes.title.udp" : "connection.lanes")}${tab(true, "connection.bytes")}</nav>`;
}

function closers(id) {
  const closer = (how, key) => html`<button type="button" class="button" data-close-how=${how} title=${text(`connections.${key}.title`, { id })}>${text(`connections.${key}`)}</button>`;
  return isUdp() ? closer("fin", "forget") : [closer("fin", "fin"), closer("rst", "rst")];
}

const missing = (refusal) => html`<div class="welcome"><h2>${refusal.status === 404 ? text("connection.gone", { id: looked.id }) : refusal.message}</h2>
  ${refusal.status === 404 ? html`<p>${text("connection.gone.why", { count: number(KEPT) })}</p>` : nothing}
  <a class="button" href=${placeOf({ view: "traffic" })}>${text("server.gone.back")}</a></div>`;
