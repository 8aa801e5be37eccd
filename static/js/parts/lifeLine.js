import { html, nothing, render } from "../../vendor/lit-html.js";
import { looked } from "../connection.js";
import { text, word } from "../messages.js";
import { bytes, clock, duration } from "../format.js";
import { bendsOf, waiterOf } from "../lifeBends.js";
import { on, state } from "../store.js";

export function mount(panel) {
  on(["connection", "route"], () => {
    panel.hidden = state.route.view !== "connection" || looked.connection === null;
    render(panel.hidden ? nothing : drawn(looked), panel);
  });
}

function drawn(seen) {
  const { connection } = seen;
  const waiter = waiterOf(connection);
  return html`<header class="panel-head"><div class="panel-title"><h2>${text(connection.protocol === "udp" ? "life.title.udp" : "life.title")}</h2></div></header>
    <ol class="life-bends">${bendsOf(seen).map(bend)}${connection.state === "closed" ? nothing : html`<li class="life-bend is-now"><span class="life-dot" aria-hidden="true"></span><p><strong>${text(`life.now.${connection.protocol === "udp" ? "udp" : connection.state}`)}</strong></p></li>`}</ol>
    ${waiter === null ? nothing : html`<p class="life-wait"><strong>TIME_WAIT</strong> ${text(`life.wait.${waiter}`)}</p>`}`;
}

function bend({ key, at, values, bytes: count, kind, reason, tone = "", sinceNanos }) {
  const told = { ...values, bytes: count === undefined ? "" : bytes(count), kind: kind ? word("connections.kind", kind) : "" };
  return html`<li class=${`life-bend ${tone ? `is-${tone}` : ""}`}><span class="life-dot" aria-hidden="true"></span>
    <p><strong>${text(`life.${key}.name`, told)}</strong> <time class="mono" title=${at}>${clock(at)}</time>${sinceNanos > 0 ? html` <span class="life-since">+${duration(sinceNanos)}</span>` : nothing}</p>
    <p class="life-why">${text(`life.${key}`, told)}${reason ? html` (${reason})` : nothing}</p></li>`;
}
