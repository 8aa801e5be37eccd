import { html, nothing, render } from "../../vendor/lit-html.js";
import * as api from "../api.js";
import { counted, text, word } from "../messages.js";
import { clock, size } from "../format.js";
import { onBack } from "../live.js";
import { chosenServer, on, state } from "../store.js";
import { addressOf as placeOf, go } from "../route.js";
import { protocolOf } from "../spec.js";

const SHOWN = 100;
const PAUSE_MS = 1000;

let shown = { server: null, connections: [] };
let stamp = "";
let fetching = false;
let problem = null;

export function mount(panel) {
  const draw = () => {
    const server = chosenServer();
    panel.hidden = server === null;
    if (server) {
      render(drawn(server, shown.server === server.name ? shown.connections : null), panel);
    }
  };
  const look = () => {
    draw();
    refresh(draw);
  };
  on(["route", "rates", "servers"], look);
  onBack(() => {
    problem = problem?.isUnreached ? null : problem;
    look();
  });
  panel.addEventListener("click", async (click) => {
    const button = click.target.closest("[data-close-how]");
    if (button) {
      await api.closeConnection(button.dataset.connection, button.dataset.closeHow).then(() => (problem = null), (refusal) => (problem = refusal));
      stamp = "";
      look();
    }
  });
}

/** Fetches the list when the server's counters have moved since the last time, once a second at most. */
async function refresh(draw) {
  const server = chosenServer();
  const now = server ? `${server.name} ${server.status.state} ${server.status.connections} ${JSON.stringify(server.status.counters)}` : "";
  if ((fetching && shown.server === server?.name) || now === stamp || document.hidden || !server) {
    return;
  }
  fetching = true;
  stamp = now;
  try {
    const { connections } = await api.connections(server.name);
    if (chosenServer()?.name === server.name) {
      shown = { server: server.name, connections: connections.reverse() };
    }
  } catch {
    stamp = "";
  }
  draw();
  setTimeout(() => {
    fetching = false;
    refresh(draw);
  }, PAUSE_MS);
}

function drawn(server, connections) {
  const protocol = protocolOf(server.spec);
  return html`
    <header class="panel-head"><div class="panel-title"><h2>${text(protocol === "udp" ? "connections.title.udp" : "connections.title")}</h2>
      <p class="panel-note">${counted(protocol === "udp" ? "serverList.peers" : "connections.open", server.status.connections ?? 0)}</p></div></header>
    ${problem ? html`<p class="form-problem" role="alert">${problem.message}</p>` : nothing}
    ${connections === null ? nothing : connections.length === 0 ? html`<p class="quiet">${text(`connections.empty.${protocol}`)}</p>` : lines(connections, protocol)}`;
}

function lines(connections, protocol) {
  const sorted = [...connections.filter((each) => each.state !== "closed"), ...connections.filter((each) => each.state === "closed")];
  const rest = sorted.length - SHOWN;
  return html`<ul class="connection-lines" tabindex="0" aria-label=${text("connections.title")}>${sorted.slice(0, SHOWN).map((each) => line(each, protocol))}
    ${rest > 0 ? html`<li class="connection-more">${counted("connections.more", rest)}</li>` : nothing}</ul>`;
}

const DOTS = { open: "running", halfClosed: "starting", closed: "stopped" };

function line(connection, protocol) {
  const { id, peer, bytesIn, bytesOut, leftoverBytes } = connection;
  const isClosed = connection.state === "closed";
  return html`<li class=${`connection-line${isClosed ? " is-closed" : ""}`}>
    <span class=${`dot dot-${DOTS[connection.state] ?? "stopped"}`} aria-hidden="true"></span>
    <span class="connection-text">
      <span><button type="button" title=${text("connections.watch", { id })} @click=${() => go({ filter: state.route.filter === `conn:${id}` ? "" : `conn:${id}` })}>${id}</button>
        <span class="mono connection-peer">${peer}</span></span>
      <span class="connection-counts">${stateText(connection)} · ${text("connections.inOut", { in: size(bytesIn), out: size(bytesOut) })}</span>
      ${leftoverBytes > 0 ? html`<span class="connection-leftover">${counted(isClosed ? "connections.leftover" : "connections.waiting", leftoverBytes)}</span>` : nothing}
    </span>
    <span class="connection-tools">${lanesLink(id)}${isClosed ? nothing : tools(id, protocol)}</span>
  </li>`;
}

function stateText({ state: now, closedBy, closeKind, closedAt }) {
  if (now !== "closed" || !closeKind) {
    return word("connections.state", now);
  }
  const told = text("connections.closed", { by: word("connections.by", closedBy), kind: word("connections.kind", closeKind) });
  return closedAt ? `${clock(closedAt).slice(0, 8)} ${told}` : told;
}

const lanesLink = (id) => html`<a class="button button-small" href=${placeOf({ view: "connection", connection: id })} title=${text("connections.lanes.title", { id })} aria-label=${text("connections.lanes.title", { id })}>
  <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M1.5 3h5v3h-5zM9.5 3h5v3h-5zM1.5 10.5h8v3h-8zM12.5 10.5h2v3h-2z"/></svg></a>`;

const tools = (id, protocol) => (protocol === "udp" ? tool(id, "fin", "forget") : [tool(id, "fin", "fin"), tool(id, "rst", "rst")]);

const tool = (id, how, key) =>
  html`<button type="button" class="button button-small" data-connection=${id} data-close-how=${how} title=${text(`connections.${key}.title`, { id })} aria-label=${text(`connections.${key}.title`, { id })}>${text(`connections.${key}`)}</button>`;
