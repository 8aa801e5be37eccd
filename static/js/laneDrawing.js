// The picture of the lanes: blocks to scale, and ribbons between them. What is out of sight is not drawn.
import { html, nothing, svg } from "../vendor/lit-html.js";
import { bytes, duration, nanosOf, number, size } from "./format.js";
import { lettersOf } from "./hexDump.js";
import { counted, text } from "./messages.js";
import { gathered, isMessage, within } from "./laneLayout.js";
import { BREAK, ticks } from "./laneScale.js";
import * as laneBytes from "./laneBytes.js";
import { lengthOf, mark, nameOf, readsText, spoken } from "./laneWords.js";

export const HEIGHT = 34;
const TOP = 22;
const RIBBONS = 46;
const RULER = 22;
const SMALL = 6.4;
const MONO = 7.55;
const NARROW = 3;
/** Below this a block is a bar without a border. */
const SLIM = 8;
/** From so many pixels a byte on each letter stands over its byte. */
export const SPACED = 6;
const ROOMY = 8.5;
const LONGEST = 400;

/** How high the picture is, and where each lane lies in it. */
export function placesOf({ lanes }) {
  const tops = lanes.map((_, index) => TOP + index * (HEIGHT + RIBBONS));
  return { tops, height: tops.at(-1) + HEIGHT + 38 + RULER };
}

/** What is in sight between two places of the scroll, as `{lane, items}`, too narrow ones gathered. */
export function inSight({ lanes }, scale, fromX, untilX) {
  const [from, until] = [scale.offsetAt(fromX), scale.offsetAt(untilX)];
  const isNarrow = (start, end) => (end - start) * scale.perByte < NARROW;
  return lanes.map((lane) => ({ ...lane, items: gathered(within(lane.items, from, until), isNarrow), gaps: within(lane.gaps, from, until) }));
}

/** `cursor` and `chosen` are ids; `startedAt` is when the first byte came, where that is known. */
export function picture(laid, scale, { fromX, untilX, cursor, chosen, startedAt, isClosed, stop, label }) {
  const { tops, height } = placesOf(laid);
  const seen = inSight(laid, scale, fromX, untilX);
  const look = { scale, fromX, cursor, chosen, startedAt, isClosed, seenWidth: untilX - fromX };
  const ribbons = within(laid.ribbons, scale.offsetAt(fromX), scale.offsetAt(untilX));
  return svg`
    <g aria-hidden="true">${laid.breaks.map((gap) => broken(gap, tops, look))}
      ${ribbons.map((each) => ribbon(each, tops, look))}
      ${laid.isStream ? ruler(laid, scale, fromX, untilX, height) : nothing}
      ${stop === null ? nothing : stopped(stop, tops, look)}</g>
    ${seen.map((lane, index) => (lane.items.length === 0 ? nothing : svg`<g role="group" aria-label=${label(lane.name)}>
      ${lane.gaps.map((gap) => lost(gap, tops[index], look))}
      ${lane.items.map((item) => block(item, tops[index], index, look))}</g>`))}`;
}

function box(item, { scale, fromX }) {
  const x = scale.at(item.from);
  const wide = Math.max(2, scale.at(item.until) - x);
  const seam = wide > 6 ? 1 : wide > NARROW ? 0.8 : 0;
  return { x: x - fromX + seam / 2, wide: wide - seam };
}

function ribbon(item, tops, look) {
  const { x, wide } = box(item, look);
  if (wide < 0.6) {
    return nothing;
  }
  const kind = item.message.kind === "leftover" ? "is-left" : item.message.isSplit ? "is-split" : item.read.isGlued ? "is-glued" : "";
  const isOn = look.chosen === item.id || look.chosen === item.message.id || look.chosen === item.read.id;
  return svg`<rect class=${`lane-ribbon ${kind} ${isOn ? "is-chosen" : ""}`} data-item=${item.id} x=${x} y=${tops[0] + HEIGHT + 2} width=${wide} height=${RIBBONS - 4}><title>${nameOf(item)}: ${bytes(item.until - item.from)}</title></rect>`;
}

function classes(item, { cursor, chosen }, isSlim) {
  const tone = { leftover: "is-left", many: "is-many", write: "is-out" }[item.kind] ?? (item.direction === "out" ? "is-out" : item.isGlued ? "is-glued" : item.isSplit ? "is-split" : "");
  return ["lane-block", `lane-${item.kind}`, tone, isSlim ? "is-slim" : "", cursor === item.id ? "is-cursor" : "", chosen === item.id ? "is-chosen" : ""].filter(Boolean).join(" ");
}

function block(item, top, lane, look) {
  const { x, wide } = box(item, look);
  const room = Math.floor((wide - 16) / MONO);
  const most = Math.max(0, Math.min(LONGEST, room));
  // What began out of sight is still named where it is seen.
  const start = Math.max(x, 0) + 8;
  return svg`<g class=${classes(item, look, wide < SLIM)} id=${`lane-${item.id}`} data-item=${item.id} role="option" aria-selected=${String(look.chosen === item.id)} aria-label=${spoken(item, laneBytes.line(item, most))}>
    <rect x=${x} y=${top} width=${wide} height=${HEIGHT} rx=${Math.min(5, wide / 3)}></rect>
    ${written(item, x, wide, top + 22, look)}
    ${seams(item, top, look)}
    ${captions(item, top, lane, start, x + wide - start, look)}
  </g>`;
}

/** The bytes in a block: each letter at its byte where there is room for that, else as many as go in. */
function written(item, x, wide, y, { scale, seenWidth }) {
  const room = Math.floor((wide - 16) / MONO);
  if (item.kind === "many") {
    return wide > 90 ? svg`<text class="lane-caption" x=${x + 8} y=${y}>${nameOf(item)}</text>` : nothing;
  }
  if (scale.perByte < SPACED) {
    // Text that is not to scale would put the end of a message elsewhere than where the block has it.
    return room > 0 && !item.isGlued ? svg`<text class="lane-bytes" x=${x + 8} y=${y}>${cut(laneBytes.line(item, Math.min(LONGEST, room)), room)}</text>` : nothing;
  }
  const first = Math.max(0, Math.floor(-x / scale.perByte));
  const letters = lettersOf(laneBytes.bytesFor(item).subarray(first, first + Math.ceil(seenWidth / scale.perByte)));
  const places = letters.flatMap((letter, index) => Array.from(letter, () => (x + (first + index + 0.5) * scale.perByte).toFixed(1)));
  return svg`<text class=${`lane-bytes is-spaced${scale.perByte < ROOMY ? " is-small" : ""}`} x=${places.join(" ")} y=${y}>${letters.join("")}</text>`;
}

const cut = (line, room) => ([...line].length > room ? `${[...line].slice(0, Math.max(0, room - 1)).join("")}…` : line);

/** Within a block, where the reads behind a message end, or the messages in a read. */
function seams(item, top, { scale, fromX }) {
  const others = item.isGlued ? item.messages : item.isSplit ? item.reads : [];
  const isDense = others.length * 5 > (item.until - item.from) * scale.perByte;
  return isDense
    ? nothing
    : others.slice(1).map((other) => {
        const x = scale.at(other.from) - fromX;
        return svg`<path class="lane-seam" d=${`M${x} ${top + 1}v7M${x} ${top + HEIGHT - 1}v-7`}></path>`;
      });
}

/** The words over a read and under a message: as many as there is room for. */
function captions(item, top, lane, x, wide, look) {
  const isBelow = isMessage(item) || (item.kind === "datagram" && lane > 0);
  const lines = item.kind === "many" ? [] : isBelow ? [below(item, look), detail(item)] : [above(item, look)];
  return lines.map((forms, index) => {
    const told = forms.find((form) => form.length * SMALL < wide);
    const y = isBelow ? top + HEIGHT + 15 + index * 15 : top - 7;
    return told ? svg`<text class=${`lane-caption${index > 0 || item.kind === "leftover" ? " is-mark" : ""}`} x=${x - 8} y=${y}>${told}</text>` : nothing;
  });
}

function above(item, { startedAt }) {
  const name = nameOf(item);
  const length = `${number(lengthOf(item))} B`;
  const at = laneBytes.of(item)?.event.at;
  const later = at && startedAt && at !== startedAt ? duration(Number(nanosOf(at) - nanosOf(startedAt))) : null;
  const told = [name, length, mark(item)].filter(Boolean).join(" · ");
  return [...(later ? [`${told} · ${text("lanes.after", { time: later })}`] : []), told, `${name} · ${length}`, `${number(item.n)} · ${length}`, name, number(item.n)];
}

function below(item, { isClosed }) {
  const length = `${number(lengthOf(item))} B`;
  if (item.kind === "leftover") {
    return [counted(isClosed ? "lanes.left" : "lanes.waits", item.until - item.from), `${nameOf(item)} · ${length}`, nameOf(item), length];
  }
  return [`${nameOf(item)} · ${length}`, nameOf(item), item.n === null ? "" : number(item.n)];
}

function detail(item) {
  if (item.kind !== "frame") {
    return [];
  }
  return item.isSplit ? [`${readsText(item)} · ${mark(item)}`, mark(item)] : [readsText(item)];
}

function lost(gap, top, look) {
  const { x, wide } = box(gap, look);
  return svg`<g class="lane-lost"><rect x=${x} y=${top} width=${wide} height=${HEIGHT} rx="3"></rect>
    ${wide > 80 ? svg`<text class="lane-caption" x=${x + 8} y=${top + 21}>${text("lanes.lost", { bytes: bytes(gap.until - gap.from) })}</text>` : nothing}</g>`;
}

/** Bytes that neither lane has: as wide whatever their number. */
function broken(gap, tops, { scale, fromX }) {
  const x = scale.at(gap.from) - fromX + 4;
  const end = tops.at(-1) + HEIGHT;
  const zigzag = (at) => `M${at} ${tops[0]}${Array.from({ length: Math.ceil((end - tops[0]) / 10) }, (_, index) => `l${index % 2 === 0 ? 5 : -5} 5l${index % 2 === 0 ? -5 : 5} 5`).join("")}`;
  return svg`<g class="lane-break"><title>${text("lanes.lost", { bytes: bytes(gap.until - gap.from) })}</title>
    <path d=${zigzag(x)}></path><path d=${zigzag(x + BREAK - 12)}></path>
    <text class="lane-caption" x=${x + (BREAK - 8) / 2} y=${(tops[0] + end) / 2} text-anchor="middle">${size(gap.until - gap.from)}</text></g>`;
}

function ruler(laid, scale, fromX, untilX, height) {
  const y = height - RULER;
  return svg`<g class="lane-ruler"><path d=${`M${scale.at(laid.from) - fromX} ${y}H${scale.width - fromX}`}></path>
    ${ticks(scale, fromX, untilX, laid).map((offset) => {
      const x = scale.at(offset) - fromX;
      return svg`<path d=${`M${x} ${y}v4`}></path><text x=${x + 3} y=${y + 14}>${number(offset)}</text>`;
    })}</g>`;
}

function stopped(offset, tops, { scale, fromX }) {
  const x = Math.max(2, scale.at(offset) - fromX);
  return svg`<path class="lane-stop" d=${`M${x} ${tops[0] + HEIGHT + 4}V${tops.at(-1) + HEIGHT + 8}`}></path>`;
}

const KINDS = { reads: ["read", "glued", "split", "left", "lost"], writes: ["write", "lost"], in: ["in", "out"] };

/** What the shapes and hues mean; only of those that there are. */
export const legend = (name, isThere) => html`<ul class="lane-legend">${KINDS[name].filter(isThere).map(
  (kind) => html`<li><span class=${`lane-swatch lane-swatch-${kind}`} aria-hidden="true"></span>${text(`lanes.legend.${kind}`)}</li>`,
)}</ul>`;
