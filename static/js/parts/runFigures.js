import { html, nothing, render } from "../../vendor/lit-html.js";
import * as api from "../api.js";
import { text, word } from "../messages.js";
import { duration, number, rate, share, size } from "../format.js";
import { chosenRun, on } from "../store.js";
import { copyLine } from "../copyLine.js";
import { hexDump } from "../hexDump.js";
import { byteSign, bytesOf } from "../payload.js";
import { commandOf } from "../runCommand.js";

const STEPS = ["min", "p50", "p90", "p95", "p99", "p999", "p9999", "max", "mean", "stddev"];
const TIMES = ["serviceTimeNanos", "responseTimeNanos", "firstByteNanos", "connectNanos"];

// Everything a run measured, as numbers.
export function mount({ tiles, times, counts, mismatch, foot }) {
  on(["runs", "route"], () => {
    const run = chosenRun();
    const put = (panel, drawn) => {
      panel.hidden = drawn === null;
      render(drawn ?? nothing, panel);
    };
    put(tiles, run && tilesOf(run));
    put(times, run && timesOf(run));
    put(counts, run && countsOf(run));
    put(mismatch, run?.firstMismatch ? mismatchOf(run.firstMismatch) : null);
    put(foot, run && footOf(run));
  });
}

const exact = (nanos) => (nanos === null || nanos === undefined ? nothing : text("run.nanos", { nanos: number(Math.round(nanos)) }));

const timed = (nanos) => html`<span title=${exact(nanos)}>${duration(nanos)}</span>`;

function tilesOf(run) {
  const times = run.serviceTimeNanos;
  const tile = (key, value, more = "") => html`<div class=${more}><dt>${text(`run.tile.${key}`)}</dt><dd>${value}</dd></div>`;
  return html`
    ${tile("sent", number(run.sent))}
    ${tile("received", number(run.received))}
    ${tile("lost", number(run.lost), run.lost > 0 ? "is-missed" : "")}
    ${tile("rate", html`${rate(run.achievedRatePerSecond)}<small>/s</small>`)}
    ${tile("p50", timed(times?.p50))}
    ${tile("p99", timed(times?.p99))}
    ${tile("elapsed", duration(run.elapsedMs * 1e6))}`;
}

/** Only the kinds of time that were measured, and a response time only where it says something else. */
function timesOf(run) {
  const shown = TIMES.filter((name) => run[name] && !(name === "responseTimeNanos" && STEPS.every((step) => run[name][step] === run.serviceTimeNanos?.[step])));
  return html`
    <header class="panel-head"><h2 id="run-times-title">${text("run.times")}</h2></header>
    ${
      shown.length === 0
        ? html`<p class="quiet">${text("run.times.none")}</p>`
        : html`<div class="wide" role="group" tabindex="0" aria-labelledby="run-times-title"><table class="figures">
            <thead><tr><td></td>${shown.map((name) => html`<th scope="col" class="is-number">${text(`run.times.${name}`)}</th>`)}</tr></thead>
            <tbody>
              ${STEPS.map((step) => html`<tr><th scope="row">${text(`run.times.${step}`)}</th>${shown.map((name) => html`<td class="is-number">${timed(run[name][step])}</td>`)}</tr>`)}
              <tr class="run-times-count"><th scope="row">${text("run.times.count")}</th>${shown.map((name) => html`<td class="is-number">${number(run[name].count)}</td>`)}</tr>
            </tbody>
          </table></div>`
    }`;
}

function countsOf(run) {
  const row = (key, value, isMissed = false) => html`<tr class=${isMissed ? "is-missed" : value === "0" ? "is-nothing" : ""}><th scope="row">${text(`run.count.${key}`)}</th><td>${value}</td></tr>`;
  const untold = text(untoldBecause(run));
  const told = (key, count) => (count === null ? row(key, html`<span class="untold">${untold}</span>`) : row(key, number(count), count > 0));
  const part = (key, count) => row(key, count > 0 ? html`${number(count)} <small>${share(count, run.sent)}</small>` : number(count), key !== "received" && count > 0);
  return html`
    <header class="panel-head"><h2 id="run-counts-title">${text("run.counts")}</h2></header>
    <table class="figures" aria-labelledby="run-counts-title"><tbody>
      ${row("sent", number(run.sent))}
      ${part("received", run.received)}
      ${part("lost", run.lost)}
      ${told("late", run.late)}
      ${told("duplicates", run.duplicates)}
      ${told("reordered", run.reordered)}
      ${told("corrupted", run.corrupted)}
      ${told("truncated", run.truncated)}
      ${Object.entries(run.errors).map(([kind, count]) => html`<tr class="is-missed"><th scope="row">${text("run.count.error", { kind: word("run.error", kind) })}</th><td>${number(count)}</td></tr>`)}
      ${row("bytesSent", html`<span title=${number(run.bytesSent)}>${size(run.bytesSent)}</span>`)}
      ${row("bytesReceived", html`<span title=${number(run.bytesReceived)}>${size(run.bytesReceived)}</span>`)}
      ${row("jitter", run.jitterNanos === null ? "–" : timed(run.jitterNanos))}
    </tbody></table>`;
}

/** Why late, double and reordered answers can't be told apart. */
function untoldBecause({ verified, corrupted, errors }) {
  if (!verified) {
    return "run.untold.unchecked";
  }
  return corrupted + (errors.unexpectedAnswer ?? 0) > 0 ? "run.untold.unframed" : "run.untold";
}

function mismatchOf(found) {
  const [expected, actual] = [found.expectedBytes, found.actualBytes].map((hex) => bytesOf({ hex }));
  const same = commonLength(expected, actual);
  const markOf = (index) => (index >= same ? "different" : null);
  const byte = (hex) => (hex === null ? text("run.mismatch.none") : `${hex} (${byteSign(parseInt(hex, 16))})`);
  const place = { message: number(found.message), offset: number(found.offset), expected: byte(found.expected), actual: byte(found.actual) };
  const side = (key, bytes) => html`<div class="labelled"><h3>${text(key)}</h3>${bytes.length > 0 ? hexDump(bytes, { label: text(key), from: found.offset - same, markOf }) : text("run.mismatch.none")}</div>`;
  return html`
    <header class="panel-head"><div class="panel-title"><h2>${text("run.mismatch")}</h2><p class="panel-note">${text("run.mismatch.where", { connection: found.connection, read: found.read ?? "–" })}</p></div></header>
    <div class="run-mismatch-body">
      <p>${text("run.mismatch.text", place)}</p>
      ${side("run.mismatch.expected", expected)}
      ${side("run.mismatch.actual", actual)}
    </div>`;
}

/** Of the bytes around the first wrong one, how many stand before it. */
function commonLength(one, other) {
  const differs = one.findIndex((byte, index) => byte !== other[index]);
  return differs === -1 ? one.length : differs;
}

const footOf = (run) => html`
  <div class="run-command"><h3>${text("run.command")}</h3>${copyLine(commandOf(run))}</div>
  <div class="run-files">
    <a class="button" href=${api.runAddress(run.id)}>${text("run.json")}</a>
    <a class="button" href=${api.runAddress(run.id, "histogram.hgrm")}>${text("run.hgrm")}</a>
  </div>`;
