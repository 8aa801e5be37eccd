// The place in the page, kept in the address after #: a server or all traffic, and the filter.
import { changed, state } from "./store.js";

/** The address of a view. */
export function addressOf({ view, server, filter }) {
  const path = view === "server" ? `#/servers/${encodeURIComponent(server)}` : view === "traffic" ? "#/traffic" : "#/";
  return filter ? `${path}?${new URLSearchParams({ filter })}` : path;
}

export function read() {
  const [path, query = ""] = location.hash.slice(1).split("?");
  const filter = new URLSearchParams(query).get("filter") ?? "";
  const [, first, name] = path.split("/");
  if (first === "servers" && name) {
    return { view: "server", server: decoded(name), filter };
  }
  return { view: first === "traffic" ? "traffic" : "rack", server: null, filter };
}

function decoded(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Goes to a place; a new filter in the same view does not make a step back longer. */
export function go(place) {
  const route = { ...state.route, ...place };
  if (place.filter !== undefined && Object.keys(place).length === 1) {
    history.replaceState(null, "", addressOf(route));
    take();
  } else if (location.hash !== addressOf(route)) {
    location.hash = addressOf(route);
  }
}

export function take() {
  const route = read();
  const before = state.route;
  if (route.view !== before.view || route.server !== before.server || route.filter !== before.filter) {
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
