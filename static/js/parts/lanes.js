import { html, nothing, render } from "../../vendor/lit-html.js";
import { endWhatIf, isUdp, looked, tryFraming } from "../connection.js";
import { counted, text } from "../messages.js";
import { number } from "../format.js";
import { ask, on, state } from "../store.js";
import { go } from "../route.js";
import * as laneBytes from "../laneBytes.js";
import { bounded, fitting, scaleOf, usual } from "../laneScale.js";
import { choose, chosen, find, forgetChoice, lanes } from "../laneModel.js";
import { SPACED, inSight, legend, picture, placesOf } from "../laneDrawing.js";
import { hintText, stopText, summaryOf } from "../laneWords.js";
import { laneKeys } from "../laneKeys.js";
import { laneTable } from "../laneTable.js";
import { framingText } from "../spec.js";

const STEP = 1.6;
const NEAR_END = 8;
const WIDE_ENOUGH = 24;

let scale = null;
let cursor = null;
/** What the scale was chosen for, and whether the end is followed. */
let shown = "";
let atEnd = false;

export function mount(panel) {
  const part = (name) => panel.querySelector(`[data-lanes=${name}]`);
  const [scroll, space, names] = [part("scroll"), part("space"), part("names")];
  const svg = space.querySelector("svg");

  const draw = () => {
    panel.hidden = state.route.view !== "connection" || state.route.bytes;
    const laid = panel.hidden ? null : lanes();
    panel.classList.toggle("is-what-if", Boolean(looked.whatIf?.result));
    render(laid ? head(laid, zoom) : nothing, part("head"));
    render(laid ? told(laid) : nothing, part("told"));
    render(laid ? foot(laid) : nothing, part("foot"));
    part("picture").hidden = !laid || laid.lanes.every((lane) => lane.items.length === 0);
    if (laid && !part("picture").hidden) {
      rescale(laid);
      paint(laid);
    }
  };

  /** A scale is kept while rows come in; what is looked at does not move. */
  const rescale = (laid) => {
    const now = `${looked.id} ${looked.way}`;
    const isNew = shown !== now;
    if (isNew) {
      shown = now;
      cursor = null;
      atEnd = state.route.seq === null && looked.connection.state !== "closed";
    }
    scale = scaleOf(laid, isNew || scale === null ? usual(laid, scroll.clientWidth - 2) : bounded(laid, scale.perByte, 0));
    space.style.width = `${Math.max(scroll.clientWidth, Math.ceil(scale.width) + 2)}px`;
    space.style.height = `${placesOf(laid).height}px`;
    if (isNew && chosen() && !atEnd) {
      show(chosen());
    } else if (atEnd) {
      scroll.scrollLeft = scroll.scrollWidth;
    }
  };

  const paint = (laid) => {
    const width = scroll.clientWidth;
    const fromX = Math.max(0, scroll.scrollLeft - width);
    const untilX = Math.min(Math.max(scale.width + 2, width), scroll.scrollLeft + 2 * width);
    const wide = inSight(laid, scale, fromX, untilX).flatMap((lane) => lane.items).filter((item) => (item.until - item.from) * scale.perByte >= WIDE_ENOUGH);
    laneBytes.fetchFor(looked.id, wide);
    if (scale.perByte >= SPACED || looked.whatIf?.result) {
      laneBytes.fetchWhole(wide);
    }
    svg.setAttribute("width", String(untilX - fromX));
    svg.setAttribute("height", String(placesOf(laid).height));
    svg.style.left = `${fromX}px`;
    const stop = looked.whatIf?.result?.error?.offset ?? null;
    render(picture(laid, scale, { fromX, untilX, cursor, chosen: chosen()?.id ?? null, startedAt: looked.firstIn?.at, isClosed: looked.connection.state === "closed", stop, label: laneName }), svg);
    render(laid.lanes.map((lane) => html`<span>${laneName(lane.name)}</span>`), names);
    const isThere = cursor !== null && svg.getElementById(`lane-${cursor}`) !== null;
    isThere ? scroll.setAttribute("aria-activedescendant", `lane-${cursor}`) : scroll.removeAttribute("aria-activedescendant");
  };

  /** Larger or smaller around a place of the picture, its middle unless one is named; 0 shows all. */
  const zoom = (factor, around = scroll.clientWidth / 2) => {
    const laid = lanes();
    const least = Math.min(fitting(laid, scroll.clientWidth - 2), scale.perByte);
    const offset = scale.offsetAt(scroll.scrollLeft + around);
    scale = scaleOf(laid, factor === 0 ? fitting(laid, scroll.clientWidth - 2) : bounded(laid, scale.perByte * factor, least));
    space.style.width = `${Math.max(scroll.clientWidth, Math.ceil(scale.width) + 2)}px`;
    scroll.scrollLeft = scale.at(offset) - around;
    paint(laid);
  };

  const show = (item) => {
    const [from, until] = [scale.at(item.from), scale.at(item.until)];
    if (from < scroll.scrollLeft || until > scroll.scrollLeft + scroll.clientWidth) {
      scroll.scrollLeft = Math.max(0, until - from > scroll.clientWidth ? from - 24 : (from + until - scroll.clientWidth) / 2);
      atEnd = false;
    }
  };

  const moveTo = (item) => {
    cursor = item.id;
    show(item);
    paint(lanes());
  };

  const open = (item) => {
    if (item?.many) {
      scroll.scrollLeft = scale.at(item.from) - scroll.clientWidth / 2;
      zoom(6);
    } else if (item) {
      cursor = item.kind === "ribbon" ? cursor : item.id;
      choose(item);
    }
  };

  const visible = () => inSight(lanes(), scale, scroll.scrollLeft, scroll.scrollLeft + scroll.clientWidth);
  scroll.addEventListener("keydown", laneKeys({ lanes, visible, cursor: () => cursor, moveTo, open: () => open(find(cursor)), zoom }));
  scroll.addEventListener("click", (click) => {
    const id = click.target.closest("[data-item]")?.dataset.item;
    if (id) {
      open(find(id) ?? visible().flatMap((lane) => lane.items).find((item) => item.id === id));
    }
  });
  scroll.addEventListener("scroll", () => {
    atEnd = looked.connection?.state !== "closed" && scroll.scrollLeft + scroll.clientWidth >= scroll.scrollWidth - NEAR_END;
    lanes() && scale && paint(lanes());
  }, { passive: true });
  scroll.addEventListener("wheel", (wheel) => {
    if (wheel.ctrlKey && scale) {
      wheel.preventDefault();
      zoom(wheel.deltaY < 0 ? 1.25 : 0.8, wheel.clientX - scroll.getBoundingClientRect().left);
    }
  }, { passive: false });
  let width = 0;
  new ResizeObserver(() => {
    if (!panel.hidden && scroll.clientWidth !== width) {
      width = scroll.clientWidth;
      draw();
    }
  }).observe(scroll);
  on(["route"], () => (looked.id !== state.route.connection || looked.way !== state.route.way) && forgetChoice());
  on(["lanes", "chosen", "connection", "route"], draw);
}

const laneName = (name) => text(name === "messages" && looked.whatIf?.result ? "lanes.lane.whatIf" : `lanes.lane.${name}`);

function head(laid, zoom) {
  const isOut = looked.way === "out";
  const way = (to, key) => html`<button type="button" aria-pressed=${String((to === "out") === isOut)} @click=${() => go({ way: to, seq: null })}>${text(key)}</button>`;
  const tool = (sign, key, factor) => html`<button type="button" class="button button-small button-square" title=${text(key)} aria-label=${text(key)} @click=${() => zoom(factor)}>${sign}</button>`;
  return html`<div class="panel-title"><h2>${text(isUdp() ? "lanes.title.udp" : isOut ? "lanes.title.out" : "lanes.title")}</h2></div>
    ${isUdp() ? nothing : html`<div class="toggle" role="group" aria-label=${text("lanes.way")}>${way(null, "lanes.way.in")}${way("out", "lanes.way.out")}</div>`}
    <div class="panel-tools">
      ${isUdp() || isOut ? nothing : html`<button type="button" class="button button-small" @click=${() => ask("whatIf")}>${text("whatIf.open")}</button>`}
      <span class="tool-group" role="group" aria-label=${text("lanes.zoom")}>${tool("−", "lanes.zoom.out", 1 / STEP)}${tool("+", "lanes.zoom.in", STEP)}
      <button type="button" class="button button-small" title=${text("lanes.zoom.fit.title")} @click=${() => zoom(0)}>${text("lanes.zoom.fit")}</button></span>
    </div>`;
}

function told(laid) {
  if (isUdp() || looked.way === "out") {
    const count = laid.lanes.reduce((sum, lane) => sum + lane.items.length, 0);
    return html`<p class="lanes-summary"><strong>${counted(isUdp() ? "lanes.datagrams" : "lanes.writes", count)}.</strong> ${text(isUdp() ? "lanes.lesson.udp" : "lanes.lesson.out")}</p>${gone()}`;
  }
  const [became, lesson] = summaryOf(laid, { isClosed: looked.connection.state === "closed", whatIf: looked.whatIf?.result ?? null });
  return html`${looked.whatIf?.result ? whatIfBand() : nothing}
    <p class="lanes-summary"><strong>${became}</strong> ${lesson}</p>
    ${gone()}
    ${looked.whatIf ? nothing : looked.rows.hints.map(hint)}`;
}

/** What lies before the first byte that is shown. */
function gone() {
  const { firstHeldOffset, isCut } = looked.rows;
  return html`${firstHeldOffset > 0 ? html`<p class="lanes-note is-missed">${counted("lanes.letGo", firstHeldOffset)}</p>` : nothing}
    ${isCut ? html`<p class="lanes-note is-missed">${text("lanes.isCut")}</p>` : nothing}`;
}

function whatIfBand() {
  const { framing, result } = looked.whatIf;
  return html`<div class="what-if-band" role="status"><p><strong>${text("whatIf.is", { framing: framingText(framing) })}</strong> ${text("whatIf.nothingSent")}
      ${result.complete ? nothing : text("whatIf.incomplete", { bytes: number(result.bytes) })}
      ${result.error ? html`<br><span class="is-bad" title=${result.error.detail}>${stopText(result.error)}</span>` : nothing}</p>
    <button type="button" class="button button-small" @click=${endWhatIf}>${text("whatIf.end")}</button></div>`;
}

function hint(given) {
  const { told: sentence, offer } = hintText(given);
  return html`<div class="lanes-hint"><p>${sentence}</p>
    ${offer ? html`<button type="button" class="button button-small" @click=${() => tryFraming(given.suggestion)}>${offer}</button>` : nothing}</div>`;
}

function foot(laid) {
  const [one, other] = laid.lanes.map((lane) => lane.items);
  const isLost = laid.breaks.length > 0 || laid.lanes.some((lane) => lane.gaps.length > 0);
  const there = { read: true, write: true, in: true, out: true, lost: isLost, glued: one.some((each) => each.isGlued), split: other?.some((each) => each.isSplit), left: other?.at(-1)?.kind === "leftover" };
  return one.length + (other?.length ?? 0) === 0 ? nothing : html`${legend(laid.lanes[0].name, (kind) => there[kind])}${laneTable(laid, choose)}`;
}
