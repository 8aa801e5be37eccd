// The one WebSocket: servers, runs, rates and events as they happen. It comes back by itself.
import { info } from "./api.js";
import * as runs from "./runs.js";
import { changed, on, putServer, removeServer, replaceServers, state, takeStats } from "./store.js";

const SHORTEST_MS = 500;
const LONGEST_MS = 10_000;
const QUIET_MS = 20_000;

let socket = null;
let attempts = 0;
let timer = 0;
let watchdog = 0;
let hears = () => {};
let greets = () => {};
let complains = () => {};

/** `onEvents` gets each events message, `onHello` each start of a connection, `onError` what the program refused. */
export function open({ onEvents, onHello, onError }) {
  hears = onEvents;
  greets = onHello;
  complains = onError;
  connect();
  addEventListener("online", tryNow);
  document.addEventListener("visibilitychange", () => document.hidden || tryNow());
}

/** Calls `listener` when the connection is live: what said that the program can't be reached is over. */
export const onBack = (listener) => on(["link"], () => state.link === "live" && listener());

export function tryNow() {
  if (state.link === "lost") {
    connect();
  }
}

export function send(message) {
  if (socket?.readyState === WebSocket.OPEN) {
    socket.send(JSON.stringify(message));
  }
}

function connect() {
  clearTimeout(timer);
  state.retryAt = null;
  changed("link");
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const opened = new WebSocket(`${scheme}//${location.host}/api/v1/stream`);
  socket?.close();
  socket = opened;
  opened.addEventListener("message", (message) => socket === opened && take(JSON.parse(message.data)));
  opened.addEventListener("close", () => socket === opened && lost());
}

function lost() {
  socket = null;
  clearTimeout(watchdog);
  const wait = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** attempts) * (0.8 + Math.random() * 0.4);
  attempts++;
  state.link = "lost";
  state.retryAt = Date.now() + wait;
  timer = setTimeout(connect, wait);
  changed("link");
  // A WebSocket does not say why it was refused; a call does, and acts on it where the token is no longer right.
  info().catch(() => {});
}

/** Stats come every second; long silence means that the connection is dead without having said so. */
function heard() {
  clearTimeout(watchdog);
  watchdog = setTimeout(() => socket?.close(), QUIET_MS);
}

function take(message) {
  heard();
  switch (message.type) {
    case "hello":
      attempts = 0;
      state.link = "live";
      changed("link");
      greets(message);
      break;
    case "snapshot":
      replaceServers(message.servers);
      runs.replace(message.runs ?? []);
      break;
    case "server":
      takeServer(message);
      break;
    case "run":
      takeRun(message);
      break;
    case "stats":
      takeStats(message);
      break;
    case "events":
      hears(message);
      break;
    case "error":
      complains(message);
      break;
  }
}

function takeServer({ name, spec, status, removed }) {
  if (removed) {
    removeServer(name);
  } else {
    putServer({ name, spec, status });
  }
}

function takeRun({ type, removed, ...run }) {
  if (removed) {
    runs.remove(run.id);
  } else {
    runs.put(run);
  }
}
