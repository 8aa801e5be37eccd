// What the table shows: the recent past of a filter, then what comes, without a hole between them.
import * as api from "./api.js";
import * as live from "./live.js";
import * as rows from "./rows.js";
import { changed, state } from "./store.js";

const PAST = 300;
const MOST_PER_SECOND = 2000;

/** What a reader of the table needs beside its rows. */
export const view = { filter: null, paused: false, following: true, loading: true, problem: null, dropped: 0, added: 0, atStart: false };

/** The log whose events are shown, and the last seq that was looked at for this filter. */
let log = null;
/** Whether that log began while the page was open: a line says so above its first event. */
let isNewLog = false;
let shownTo = 0;
/** The last seq that any message reached, and where the next message for this filter starts at most. */
let heardTo = 0;
let expected = 0;
let awaiting = false;
let turn = 0;
/** Whether nobody looks at the table: then no events are asked for. */
let resting = false;

/** Shows the events of a filter, from the recent past on. */
export async function show(filter) {
  const mine = ++turn;
  resting = false;
  if (view.paused) {
    live.send({ type: "resume", afterSeq: shownTo });
  }
  Object.assign(view, { filter, paused: false, following: true, loading: true, problem: null, atStart: false });
  expected = 0;
  rows.clear();
  changed("rows");
  if (log === null) {
    return;
  }
  try {
    const latest = Math.max(heardTo, state.log?.latestSeq ?? 0);
    const page = await api.events({ filter, before: latest + 1, limit: PAST });
    if (mine === turn) {
      shownTo = latest;
      begin(page);
    }
  } catch (refusal) {
    if (mine === turn) {
      // Without an answer the table waits: the next connection shows the filter again.
      Object.assign(view, refusal.status === 0 ? {} : { loading: false, problem: refusal });
      changed("rows");
    }
  }
}

/** Asks for no events until a filter is shown again. */
export function rest() {
  turn++;
  resting = true;
  view.paused = true;
  live.send({ type: "pause" });
}

function begin(page) {
  rows.append(page.events);
  view.loading = false;
  view.atStart = page.events.length < PAST;
  tellBeginning();
  subscribe();
  changed("rows");
}

/**
 * Messages of the filter before may still be on their way and start after `heardTo`. The new ones are asked to start
 * one earlier than any of those could, which tells them apart; what was shown already is left out by its seq.
 */
function subscribe() {
  expected = Math.max(1, awaiting ? expected - 1 : Math.min(heardTo || shownTo + 1, shownTo + 1));
  awaiting = true;
  watch(expected - 1);
}

function watch(afterSeq) {
  live.send({ type: "subscribe", filter: view.filter, afterSeq, maxPerSecond: MOST_PER_SECOND });
}

/** One `events` message. */
export function take(message) {
  heardTo = message.toSeq ?? heardTo;
  if (message.fromSeq > expected || view.paused) {
    return;
  }
  awaiting = false;
  expected = message.toSeq + 1;
  if (message.toSeq <= shownTo) {
    return;
  }
  const fresh = message.events.filter((event) => event.seq > shownTo);
  shownTo = message.toSeq;
  add(fresh, message);
}

function add(fresh, { skipped, unread }) {
  const before = rows.all().length;
  let gone = 0;
  if (unread > 0) {
    gone += rows.appendGap("unread", unread);
  }
  gone += rows.append(fresh);
  if (skipped > 0) {
    gone += rows.appendGap("skipped", skipped);
  }
  view.dropped += gone;
  view.added += rows.all().length + gone - before;
  if (!view.following && rows.isFull()) {
    pause();
  }
  changed("rows");
}

/** A new connection: the same log goes on where it was, another one starts anew. */
export function greet(hello) {
  const known = log;
  log = hello.log;
  heardTo = hello.latestSeq;
  awaiting = false;
  isNewLog ||= known !== null && known !== log;
  if (resting) {
    return;
  }
  if (known !== log || view.problem || view.loading) {
    shownTo = 0;
    show(view.filter ?? "");
    return;
  }
  expected = shownTo + 1;
  watch(shownTo);
  if (view.paused) {
    live.send({ type: "pause" });
  }
}

/** The line above the first event of a new log; returns how many rows it takes. */
function tellBeginning() {
  if (!isNewLog || !view.atStart) {
    return 0;
  }
  rows.prependGap("newLog");
  return 1;
}

export function pause() {
  view.paused = true;
  live.send({ type: "pause" });
  changed("rows");
}

/** Goes on from the last event that was shown: what came meanwhile follows it. */
export function resume() {
  view.paused = false;
  view.following = true;
  expected = shownTo + 1;
  live.send({ type: "resume", afterSeq: shownTo });
  changed("rows");
}

/** How many events the log got since the table stopped. */
export const waiting = () => Math.max(0, (state.log?.latestSeq ?? 0) - shownTo);

let fetching = false;

/** Puts events that lie before the first row before it; returns how many. */
export async function earlier() {
  const first = rows.firstSeq();
  if (fetching || view.atStart || view.loading || first === null || rows.isFull()) {
    return 0;
  }
  fetching = true;
  const mine = turn;
  try {
    const page = await api.events({ filter: view.filter, before: first, limit: PAST });
    if (mine !== turn) {
      return 0;
    }
    view.atStart = page.events.length < PAST;
    const came = rows.prepend(page.events);
    return came + tellBeginning();
  } catch {
    view.atStart = true;
    return 0;
  } finally {
    fetching = false;
  }
}

/** What the program said of a subscription. */
export function refuse(error) {
  view.problem = new api.Refusal(error, 400);
  view.loading = false;
  changed("rows");
}
