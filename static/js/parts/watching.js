import { html, render } from "../../vendor/lit-html.js";
import { number, percent, size } from "../format.js";
import { text } from "../messages.js";
import * as rows from "../rows.js";
import { on, state } from "../store.js";
import { tally } from "../traffic.js";

// What the log holds and what watching it costs: the program's figures, those of all viewers, and this page's own.
export function mount(popover) {
  const place = popover.querySelector("[data-figures]");
  const draw = () => popover.matches(":popover-open") && render(html`${groups().map(group)}`, place);
  popover.addEventListener("beforetoggle", () => popover.style.setProperty("--left", `${opener()?.offsetLeft ?? 0}px`));
  popover.addEventListener("toggle", draw);
  on(["rates"], draw);
}

/** It stands above what it is opened by. */
const opener = () => document.querySelector("[popovertarget=watching]");

const groups = () => [
  ["log", logFigures(state.log ?? {})],
  ["viewers", viewerFigures(state.watching ?? {})],
  ["page", pageFigures()],
];

const logFigures = ({ bytes, capacityBytes, events, lost, eventsLost = lost, cpuPercent }) => [
  ["held", bytes === undefined ? undefined : text("foot.log.of", { bytes: size(bytes), capacity: size(capacityBytes) })],
  ["events", counted(events)],
  ["lost", counted(eventsLost), eventsLost > 0],
  ["writing", share(cpuPercent)],
];

const viewerFigures = ({ viewers, skipped, unread, cpuPercent }) => [
  ["open", counted(viewers)],
  ["skipped", counted(skipped)],
  ["unread", counted(unread)],
  ["reading", share(cpuPercent)],
];

const pageFigures = () => [
  ["rows", text("watching.rows.of", { rows: number(rows.count()), most: number(rows.MOST) })],
  ["shown", counted(tally.shown)],
  ["skipped", counted(tally.skipped), tally.skipped > 0],
  ["unread", counted(tally.unread), tally.unread > 0],
];

const counted = (value) => (value === undefined ? undefined : number(value));
const share = (value) => (value === undefined ? undefined : text("watching.core", { share: percent(value) }));

/** What the program does not tell is not shown. */
const group = ([name, figures]) => html`<h3>${text(`watching.${name}`)}</h3>
  <dl>
    ${figures
      .filter(([, value]) => value !== undefined)
      .map(([key, value, isMissed]) => html`<div class=${isMissed ? "is-missed" : ""}><dt>${text(`watching.${key}`)}</dt><dd>${value}</dd></div>`)}
  </dl>`;
