import { html, nothing, render } from "../../vendor/lit-html.js";
import { counted, text } from "../messages.js";
import { duration, number, share } from "../format.js";
import { chosenRun, on } from "../store.js";
import * as chart from "../histogramChart.js";

const MARKED = { p50: "p50", p90: "p90", p99: "p99", p999: "p99.9" };

// How the answer times are spread: a picture, and the same as a table.
export function mount(panel) {
  let isBroken = false;

  function draw() {
    const run = chosenRun();
    const buckets = run?.serviceTimeBuckets ?? [];
    panel.hidden = buckets.length === 0;
    render(panel.hidden ? nothing : drawn(buckets, run.serviceTimeNanos, isBroken), panel);
    if (!panel.hidden && !isBroken) {
      picture(buckets, run.serviceTimeNanos);
    }
  }

  async function picture(buckets, times) {
    const marks = Object.entries(MARKED).map(([key, name]) => [name, times[key]]);
    const tell = (bucket) => text("run.bucket", { from: duration(bucket.fromNanos), to: duration(bucket.toNanos), messages: counted("run.messages", bucket.count) });
    try {
      await chart.draw(panel.querySelector("canvas"), buckets, marks, tell);
    } catch {
      isBroken = true;
      draw();
    }
  }

  on(["runs", "route", "theme"], draw);
}

function drawn(buckets, times, isBroken) {
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  return html`
    <header class="panel-head"><div class="panel-title"><h2>${text("run.histogram")}</h2><p class="panel-note">${text("run.histogram.note")}</p></div></header>
    ${
      isBroken
        ? html`<p class="quiet">${text("run.histogram.broken")}</p>`
        : html`<div class="run-picture"><canvas role="img" aria-label=${text("run.histogram.label", { count: number(total), min: duration(times.min), max: duration(times.max), half: duration(times.p50) })}></canvas></div>`
    }
    <details class="run-buckets">
      <summary>${text("run.histogram.table")}</summary>
      <div class="wide" role="group" tabindex="0" aria-label=${text("run.histogram.table")}>${table(buckets, total)}</div>
    </details>`;
}

function table(buckets, total) {
  let soFar = 0;
  return html`<table class="figures">
    <thead><tr>${["from", "to", "count", "share", "upTo"].map((name) => html`<th scope="col" class="is-number">${text(`run.bucket.${name}`)}</th>`)}</tr></thead>
    <tbody>${buckets.map(({ fromNanos, toNanos, count }) => {
      soFar += count;
      const cells = [duration(fromNanos), duration(toNanos), number(count), share(count, total), share(soFar, total)];
      return html`<tr>${cells.map((cell) => html`<td class="is-number">${cell}</td>`)}</tr>`;
    })}</tbody>
  </table>`;
}
