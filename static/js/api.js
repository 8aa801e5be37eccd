import { text } from "./messages.js";

const ROOT = "/api/v1";
const UNAUTHORIZED = 401;

/** What the program answered when it did not do what was asked, as problem+json (RFC 9457). */
export class Refusal extends Error {
  constructor(problem, status) {
    super(problem.detail ?? problem.title ?? String(status));
    this.status = status;
    this.code = problem.code ?? "";
    /** Nobody answered: no longer true as soon as the program is back. */
    this.isUnreached = status === 0;
    this.fields = problem.errors ?? [];
    this.position = problem.position ?? null;
  }
}

async function call(method, path, body) {
  let answer;
  try {
    answer = await fetch(ROOT + path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
    });
  } catch {
    throw new Refusal({ code: "network", detail: text("problem.network") }, 0);
  }
  const said = await answer.text();
  const json = parsed(said);
  if (answer.status === UNAUTHORIZED) {
    // Signed out elsewhere, or the program came back with another token: the page to sign in at stands in this one's place.
    location.reload();
  }
  if (!answer.ok) {
    throw new Refusal(json ?? { detail: said }, answer.status);
  }
  return json;
}

function parsed(said) {
  try {
    return said === "" ? null : JSON.parse(said);
  } catch {
    return null;
  }
}

const query = (values) => {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
};
const at = encodeURIComponent;

export const info = () => call("GET", "/info");
export const createServer = (spec) => call("POST", "/servers", spec);
export const patchServer = (name, patch) => call("PATCH", `/servers/${at(name)}`, patch);
export const deleteServer = (name) => call("DELETE", `/servers/${at(name)}`);
/** `how`: start, stop or restart. */
export const turnServer = (name, how) => call("POST", `/servers/${at(name)}/${how}`);
export const connections = (server) => call("GET", `/connections${query({ server })}`);
export const closeConnection = (id, how) => call("DELETE", `/connections/${at(id)}${query({ how })}`);
export const connection = (id) => call("GET", `/connections/${at(id)}`);
export const lanes = (id, page) => call("GET", `/connections/${at(id)}/stream${query(page)}`);
export const reframe = (id, framing, page) => call("POST", `/connections/${at(id)}/reframe${query(page)}`, framing);
export const events = (page) => call("GET", `/events${query(page)}`);

/** Events with all their captured bytes, one by one, for as long as `take` wants the next. */
export async function eventLines(page, take) {
  const answer = await fetch(`${ROOT}/events.ndjson${query(page)}`, { cache: "no-store" });
  if (!answer.ok) {
    throw new Refusal(parsed(await answer.text()) ?? {}, answer.status);
  }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split("\n");
    rest = lines.pop();
    if (!lines.filter((line) => line !== "").every((line) => take(JSON.parse(line)))) {
      await reader.cancel();
      return;
    }
  }
}

export const event = (seq) => call("GET", `/events/${seq}?as=hex`);
export const probe = (request) => call("POST", "/probe", request);
export const startRun = (spec) => call("POST", "/runs", spec);
export const runs = () => call("GET", "/runs");
export const run = (id) => call("GET", `/runs/${at(id)}`);
export const stopRun = (id) => call("POST", `/runs/${at(id)}/stop`);
export const deleteRun = (id) => call("DELETE", `/runs/${at(id)}`);

/** Where a run is read as plain files: `histogram.hgrm`, or nothing for its JSON. */
export const runAddress = (id, file) => `${ROOT}/runs/${at(id)}${file ? `/${file}` : ""}`;
/** Where runs are started, for a command in a terminal. */
export const runsAddress = () => `${location.origin}${ROOT}/runs`;
