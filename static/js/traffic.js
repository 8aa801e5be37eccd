// What the table shows: the recent past of a filter, then what comes, without a hole between them.
import * as api from "./api.js";
import * as live from "./live.js";
import * as rows from "./rows.js";
import { changed, state } from "./store.js";

const PAST = 300;
const EARLIER = 1000;
const MOST_PER_SECOND = 10_000;
/** A message brings its events and two gaps at most. */
const GAPS = 2;

/** What a reader of the table needs beside its rows: `fresh` events came since it stopped following, `top` is the number of the first row that is read. */
export const view = { filter: null, paused: false, following: true, loading: true, problem: null, fresh: 0, top: 0, atStart: false };

/** What this page showed and missed since it was opened. */
export const tally = { shown: 0, skipped: 0, unread: 0 };

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
  Object.assign(view, { filter, paused: false, following: true, loading: true, problem: null, fresh: 0, atStart: false });
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
  if (!view.following && !rows.hasRoomFor(message.events.length + GAPS) && view.top < rows.startOfWhatStays()) {
    pause();
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
  const start = rows.start();
  if (unread > 0) {
    rows.appendGap("unread", unread);
  }
  rows.append(fresh);
  if (skipped > 0) {
    rows.appendGap("skipped", skipped);
  }
  view.atStart &&= rows.start() === start;
  view.fresh = view.following ? 0 : view.fresh + fresh.length;
  tally.shown += fresh.length;
  tally.skipped += skipped;
  tally.unread += unread;
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

/** The line above the first event of a new log. */
function tellBeginning() {
  if (isNewLog && view.atStart) {
    rows.prependGap("newLog");
  }
}

export function pause() {
  view.paused = true;
  live.send({ type: "pause" });
  changed("rows");
}

/** Goes on from the last event that was shown: what came meanwhile follows it. */
export function resume() {
  Object.assign(view, { paused: false, following: true, fresh: 0 });
  expected = shownTo + 1;
  live.send({ type: "resume", afterSeq: shownTo });
  changed("rows");
}

/** How many events the log got since the table stopped. */
export const waiting = () => Math.max(0, (state.log?.latestSeq ?? 0) - shownTo);

let fetching = false;

/** Puts events that lie before the first row before it. */
export async function earlier() {
  const first = rows.firstSeq();
  if (fetching || view.atStart || view.loading || first === null || !rows.hasRoomFor(EARLIER + 1)) {
    return;
  }
  fetching = true;
  const mine = turn;
  try {
    const page = await api.events({ filter: view.filter, before: first, limit: EARLIER });
    if (mine === turn && first === rows.firstSeq()) {
      view.atStart = page.events.length < EARLIER;
      rows.prepend(page.events);
      tellBeginning();
      changed("rows");
    }
  } catch {
    view.atStart = true;
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
