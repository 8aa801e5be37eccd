// What a run is and how it went, in plain words.
import { counted, text, word } from "./messages.js";
import { duration, number, share, wait } from "./format.js";
import { preview } from "./payload.js";
import { isEnded } from "./runs.js";

const PAYLOAD_SHOWN = 24;

/** Whom a run talks to: the server's name, else the address. */
export const targetOf = (run) => run.server ?? run.target;

/** What was asked for, on one line. */
export function askedText({ spec }) {
  const { connections = 1, inFlight = 1 } = spec;
  return [
    ...(connections > 1 ? [counted("serverList.connections", connections)] : []),
    ...(inFlight > 1 ? [text("run.asked.inFlight", { count: number(inFlight) })] : []),
    ...amount(spec),
    payloadText(spec.payload),
  ].join(" · ");
}

function amount({ count, durationMs }) {
  const time = durationMs ? [text("run.asked.time", { time: wait(durationMs) })] : [];
  return count || !durationMs ? [counted("run.messages", count ?? 1000), ...time] : time;
}

function payloadText(payload) {
  if (!payload) {
    return text("run.asked.usual");
  }
  if (payload.sizeBytes) {
    const [least, most] = payload.sizeBytes;
    return text("run.asked.sizes", { least: number(least), most: number(most) });
  }
  return payload.randomBytes === undefined ? `“${preview(payload, PAYLOAD_SHOWN)}”` : counted("run.asked.random", payload.randomBytes);
}

/** Whether every message came back, and as it should. */
export const isClean = (run) => run.lost === 0 && run.corrupted === 0 && run.truncated === 0 && Object.keys(run.errors).length === 0;

/** The shape of its dot: under way, good, with something missed, failed, or given up. */
export function dotOf(run) {
  if (!isEnded(run)) {
    return "starting";
  }
  if (run.state === "failed") {
    return "failed";
  }
  return isClean(run) ? (run.state === "completed" ? "running" : "stopped") : "missed";
}

/** How it went, in sentences, and the tone in which to say it. */
export function verdictOf(run) {
  const clean = isClean(run);
  const tone = run.state === "failed" ? "is-bad" : !clean ? "is-missed" : run.state === "completed" ? "is-good" : "";
  return { tone, lines: [...ending(run), ...(clean ? allWell(run) : missed(run)), ...times(run)] };
}

const ending = (run) =>
  run.state === "completed" ? [] : [text(`run.verdict.${run.state}`, { time: duration(run.elapsedMs * 1e6), reason: run.reason ?? "" }).trim()];

function allWell({ received, verified }) {
  if (received === 0) {
    return [text("run.verdict.nothing")];
  }
  return [counted(verified ? "run.verdict.clean" : "run.verdict.answered", received)];
}

/** Why a failed one failed stands above already. */
function missed({ state, sent, received, lost, corrupted, truncated, errors }) {
  return [
    ...(lost > 0 ? [counted("run.verdict.lost", lost, { sent: number(sent), share: share(lost, sent) })] : []),
    ...(corrupted > 0 ? [counted("run.verdict.corrupted", corrupted, { share: share(corrupted, received) })] : []),
    ...(truncated > 0 ? [counted("run.verdict.truncated", truncated, { share: share(truncated, received) })] : []),
    ...(state === "failed" ? [] : errorLines(errors)),
  ];
}

const errorLines = (errors) =>
  Object.entries(errors).map(([kind, count]) => text("run.verdict.error", { count: number(count), kind: word("run.error", kind) }));

function times({ serviceTimeNanos: times }) {
  return times ? [text("run.verdict.times", { half: duration(times.p50), most: duration(times.p99), max: duration(times.max) })] : [];
}
