// The runs of the test clients: what the stream tells of them, and the earlier ones as soon as somebody looks.
import * as api from "./api.js";
import { changed, state } from "./store.js";
import { isAboutRuns } from "./route.js";

const ENDED = new Set(["completed", "failed", "aborted"]);

/** Ids that are gone: an answer on its way must not bring one back. */
const removed = new Set();
/** The run that the program does not know, and whether the earlier ones were asked for since the last snapshot. */
let missing = null;
let hasEarlier = false;
let asking = null;

export const isEnded = (run) => ENDED.has(run.state);
export const isMissing = (id) => missing === id;
export const newestFirst = () => [...state.runs.values()].reverse();
export const underWay = () => [...state.runs.values()].filter((run) => !isEnded(run));

/** A snapshot: the running ones and the newest that ended. What else was known is asked for again where it is shown. */
export function replace(runs) {
  state.runs = new Map(runs.map((run) => [run.id, run]));
  hasEarlier = false;
  missing = null;
  asking = null;
  attend();
  changed("runs");
}

/** One run as it is now. Answers and the stream may overtake each other: an ended run stays ended. */
export function put(run) {
  const known = state.runs.get(run.id);
  if (removed.has(run.id) || (known && isEnded(known) && !isEnded(run))) {
    return;
  }
  state.runs.set(run.id, { ...known, ...run });
  state.runs = new Map([...state.runs].sort(([a], [b]) => numberOf(a) - numberOf(b)));
  attend();
  changed("runs");
}

export function remove(id) {
  removed.add(id);
  state.runs.delete(id);
  attend();
  changed("runs");
}

const numberOf = (id) => Number(id.replace(/\D/g, ""));

/** Asks for what the chosen place shows and the stream does not bring: earlier runs. */
export function attend() {
  if (!isAboutRuns(state.route) || state.link !== "live") {
    return;
  }
  if (!hasEarlier) {
    hasEarlier = true;
    api.runs().then(({ runs }) => runs.forEach(put), () => (hasEarlier = false));
  }
  const { run: id } = state.route;
  if (id !== null && !state.runs.has(id) && asking !== id && missing !== id) {
    askFor(id);
  }
}

async function askFor(id) {
  asking = id;
  try {
    put(await api.run(id));
  } catch (refusal) {
    if (refusal.status === 404) {
      missing = id;
      changed("runs");
    }
  }
  asking = asking === id ? null : asking;
}
