// What the page knows, and who wants to hear of which change. Drawing is gathered: once a frame.
const HISTORY = 40;

export const state = {
  /** Servers by name, as the interface has them. */
  servers: new Map(),
  /** Runs of the test clients by id, oldest first. */
  runs: new Map(),
  /** Per server: the last rates and their recent past, for the sparkline. */
  rates: new Map(),
  all: { now: null, past: [] },
  /** connecting | live | lost */
  link: "connecting",
  retryAt: null,
  log: null,
  watching: null,
  program: null,
  route: { view: "rack", server: null, run: null, connection: null, bytes: false, way: null, seq: null, filter: "" },
  /** The seq of the event that is open beside the table. */
  opened: null,
};

const listeners = new Map();
const dirty = new Set();
let waiting = false;

/** Calls `listener` once a frame when one of the topics changed: servers, runs, rates, link, route, rows, opened, connection, lanes, chosen, program, theme. */
export function on(topics, listener) {
  for (const topic of topics) {
    listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
  }
}

export function changed(...topics) {
  topics.forEach((topic) => dirty.add(topic));
  if (!waiting) {
    waiting = true;
    requestAnimationFrame(tell);
  }
}

function tell() {
  waiting = false;
  const called = new Set([...dirty].flatMap((topic) => listeners.get(topic) ?? []));
  dirty.clear();
  called.forEach((listener) => listener());
}

/** Something that one part asks of another, by name: parts don't know each other. */
export const ask = (name, detail = {}) => document.dispatchEvent(new CustomEvent(`ask-${name}`, { detail }));
export const onAsk = (name, answer) => document.addEventListener(`ask-${name}`, (asked) => answer(asked.detail));

export function replaceServers(servers) {
  state.servers = new Map(sorted(servers).map((server) => [server.name, server]));
  changed("servers");
}

export function putServer(server) {
  state.servers.set(server.name, server);
  state.servers = new Map(sorted(state.servers.values()).map((each) => [each.name, each]));
  changed("servers");
}

export function removeServer(name) {
  state.servers.delete(name);
  state.rates.delete(name);
  changed("servers");
}

/** By name, as people count: tcp-2 before tcp-10. */
const byName = new Intl.Collator("en", { numeric: true }).compare;
const sorted = (servers) => [...servers].sort((a, b) => byName(a.name, b.name));

/** One `stats` message: rates, the log's fill and what watching costs. */
export function takeStats(stats) {
  const all = { messagesInPerSecond: 0, messagesOutPerSecond: 0 };
  for (const rates of stats.servers) {
    state.rates.set(rates.name, { now: rates, past: grown(state.rates.get(rates.name)?.past, rates) });
    all.messagesInPerSecond += rates.messagesInPerSecond;
    all.messagesOutPerSecond += rates.messagesOutPerSecond;
    const server = state.servers.get(rates.name);
    if (server) {
      server.status = { ...server.status, connections: rates.connections, counters: rates.counters ?? server.status.counters };
    }
  }
  state.all = { now: all, past: grown(state.all.past, all) };
  state.log = stats.log;
  state.watching = stats.watching;
  changed("rates");
}

function grown(past = [], rates) {
  return [...past, rates.messagesInPerSecond + rates.messagesOutPerSecond].slice(-HISTORY);
}

export const chosenServer = () => state.servers.get(state.route.server) ?? null;
export const chosenRun = () => state.runs.get(state.route.run) ?? null;
