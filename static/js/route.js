// The place in the page, kept in the address after #: a server or all traffic, and the filter; or the runs, or one of them.
import { changed, state } from "./store.js";

/** The address of a view. */
export function addressOf({ view, server, run, filter }) {
  switch (view) {
    case "run":
      return `#/runs/${encodeURIComponent(run)}`;
    case "runs":
      return "#/runs";
    default:
      return `${view === "server" ? `#/servers/${encodeURIComponent(server)}` : view === "traffic" ? "#/traffic" : "#/"}${filter ? `?${new URLSearchParams({ filter })}` : ""}`;
  }
}

/** Whether the place is about runs; all others show traffic. */
export const isAboutRuns = ({ view }) => view === "run" || view === "runs";

export function read() {
  const [path, query = ""] = location.hash.slice(1).split("?");
  const filter = new URLSearchParams(query).get("filter") ?? "";
  const [, first, name] = path.split("/");
  const nothing = { server: null, run: null, filter };
  if (first === "servers" && name) {
    return { ...nothing, view: "server", server: decoded(name) };
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
