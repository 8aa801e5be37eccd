import { html, nothing, render, svg } from "../../vendor/lit-html.js";
import { counted, text, word } from "../messages.js";
import { rate } from "../format.js";
import { on, state } from "../store.js";
import { addressOf as placeOf } from "../route.js";
import { addressOf, addressPieces, isRunning, protocolOf } from "../spec.js";
import { exampleCommand } from "../commands.js";
import { copyLine } from "../copyLine.js";

const WIDTH = 72;
const HEIGHT = 22;
const POINTS = 40;

export function mount(list, count) {
  list.replaceChildren();
  const draw = () => {
    count.textContent = counted("serverList.count", state.servers.size);
    render(lines(), list);
  };
  on(["servers", "rates", "route"], draw);
}

function lines() {
  if (state.servers.size === 0) {
    return html`<div class="server-list-empty"><p>${text("serverList.empty")}</p>${copyLine(exampleCommand)}</div>`;
  }
  return html`<ul>
    <li class="server-list-all">${allLine()}</li>
    ${[...state.servers.values()].map((server) => html`<li>${serverLine(server)}</li>`)}
  </ul>`;
}

function allLine() {
  const { now, past } = state.all;
  const isHere = state.route.view === "traffic" || (state.route.view === "rack" && !narrow.matches);
  return html`<a class="server-line" href=${placeOf({ view: "traffic" })} aria-current=${isHere ? "page" : nothing}>
    <span class="mark-all" aria-hidden="true"></span>
    <span class="server-line-text"><strong>${text("serverList.all")}</strong>
      <span class="server-line-address is-whole">${text("serverList.all.rate", { in: rate(now?.messagesInPerSecond), out: rate(now?.messagesOutPerSecond) })}</span></span>
    <span class="server-line-live">${sparkline(past)}</span>
  </a>`;
}

const narrow = matchMedia("(max-width: 760px)");

function serverLine(server) {
  const { now, past } = state.rates.get(server.name) ?? { now: null, past: [] };
  const running = isRunning(server);
  const [host, port] = addressPieces(server);
  return html`<a class="server-line" href=${placeOf({ view: "server", server: server.name })} aria-current=${state.route.server === server.name ? "page" : nothing}>
    <span class=${`dot dot-${server.status.state}`} aria-hidden="true"></span>
    <span class="server-line-text">
      <strong>${server.name}</strong>
      <span class="server-line-address is-cut" title=${addressOf(server)}><span>${protocolOf(server.spec)} ${host}</span><span>${port}</span></span>
      ${running ? html`<span class="server-line-state">${busyness(server)}</span>` : stateLine(server)}
    </span>
    <span class="server-line-live">
      ${sparkline(running ? past : [])}
      ${running ? html`<span class="server-line-rate">${rate(now?.messagesInPerSecond)}/s</span>` : nothing}
    </span>
  </a>`;
}

const busyness = (server) =>
  counted(protocolOf(server.spec) === "udp" ? "serverList.peers" : "serverList.connections", server.status.connections ?? 0);

function stateLine({ status }) {
  const isFailed = status.state === "failed";
  const told = isFailed && status.reason ? `${word("state", "failed")}: ${status.reason}` : word("state", status.state);
  return html`<span class=${`server-line-state${isFailed ? " is-failed" : ""}`}>${told}</span>`;
}

function sparkline(past) {
  const values = [...Array(POINTS - past.length).fill(0), ...past];
  const most = Math.max(1, ...values);
  const x = (index) => ((WIDTH / (POINTS - 1)) * index).toFixed(1);
  const y = (value) => (HEIGHT - 2 - (value / most) * (HEIGHT - 4)).toFixed(1);
  const points = values.map((value, index) => `${x(index)},${y(value)}`).join(" ");
  const isStill = values.every((value) => value === 0);
  return html`<svg class=${`sparkline${isStill ? " is-still" : ""}`} viewBox="0 0 72 22" aria-hidden="true">${svg`<polyline points=${points}></polyline>`}</svg>`;
}
