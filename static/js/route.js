// The place in the page, kept in the address after #: a server or all traffic, and the filter; a connection; or the runs, or one of them.
import { changed, state } from "./store.js";

/** The address of a view. */
export function addressOf({ view, server, run, connection, bytes, way, seq, filter }) {
  switch (view) {
    case "connection":
      return `#/connections/${encodeURIComponent(connection)}${bytes ? "/bytes" : ""}${asked({ way, seq })}`;
    case "run":
      return `#/runs/${encodeURIComponent(run)}`;
    case "runs":
      return "#/runs";
    default:
      return `${view === "server" ? `#/servers/${encodeURIComponent(server)}` : view === "traffic" ? "#/traffic" : "#/"}${filter ? `?${new URLSearchParams({ filter })}` : ""}`;
  }
}

function asked(values) {
  const given = Object.entries(values).filter(([, value]) => value);
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
}

/** Whether the place is about runs. */
export const isAboutRuns = ({ view }) => view === "run" || view === "runs";

/** Whether the place shows the traffic table. */
export const showsTraffic = (route) => !isAboutRuns(route) && route.view !== "connection";

export function read() {
  const [path, query = ""] = location.hash.slice(1).split("?");
  const asked = new URLSearchParams(query);
  const [, first, name, more] = path.split("/");
  const nothing = { server: null, run: null, connection: null, bytes: false, way: null, seq: null, filter: asked.get("filter") ?? "" };
  if (first === "servers" && name) {
    return { ...nothing, view: "server", server: decoded(name) };
  }
  if (first === "connections" && name) {
    const way = asked.get("way") === "out" ? "out" : null;
    return { ...nothing, view: "connection", connection: decoded(name), bytes: more === "bytes", way, seq: Number(asked.get("seq")) || null };
  }
  if (first === "runs") {
    return name ? { ...nothing, view: "run", run: decoded(name) } : { ...nothing, view: "runs" };
  }
  return { ...nothing, view: first === "traffic" ? "traffic" : "rack" };
}

function decoded(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Goes to a place; a step back leads to where one was, another filter counts as a step too. */
export function go(place) {
  const address = addressOf({ ...state.route, ...place });
  if (location.hash !== address) {
    location.hash = address;
    // At once, not when the browser gets round to telling: until then one may have typed on.
    take();
  }
}

/** A link may have its filter before the # too: it moves to its place. */
export function arrive() {
  const filter = new URLSearchParams(location.search).get("filter");
  if (filter) {
    history.replaceState(null, "", `/${addressOf({ ...read(), filter })}`);
  }
}

/** Writes into the address what is looked at in this place, without leaving it. */
export function note(what) {
  Object.assign(state.route, what);
  history.replaceState(null, "", addressOf(state.route));
}

export function take() {
  const route = read();
  const before = state.route;
  if (Object.keys(route).some((key) => route[key] !== before[key])) {
    state.route = route;
    changed("route");
  }
}

/** The filter that the server gets: the chosen server, and what was typed. */
export function filterOf({ server, filter }) {
  const typed = filter.trim();
  return typed && server ? `${prefixOf(server)}${typed})` : typed || (server ? `server:${server}` : "");
}

const prefixOf = (server) => `server:${server} (`;

/** Where a place in that filter lies in what was typed. */
export const typedPosition = ({ server }, position) => position - (server ? prefixOf(server).length : 0);
