// What there is to say of one read, message or piece that is open below the lanes.
import { html } from "../vendor/lit-html.js";
import { looked } from "./connection.js";
import { bytes } from "./format.js";
import { counted, text } from "./messages.js";
import * as laneBytes from "./laneBytes.js";
import { holdsText, nameOf, readsText } from "./laneWords.js";
import { sentenceOf } from "./sentences.js";

/** Sentences, each a piece of the page. */
export function toldOf(item) {
  switch (item.kind) {
    case "leftover":
      return [counted(looked.whatIf?.result ? "laneDetail.wouldWait" : looked.connection.state === "closed" ? "laneDetail.left" : "laneDetail.waits", item.until - item.from)];
    case "ribbon":
      return [text("laneDetail.ribbon", { bytes: bytes(item.until - item.from), message: nameOf(item.message), read: nameOf(item.read) })];
    case "frame":
      return item.seq === null ? [text("laneDetail.whatIf", { reads: readsText(item) })] : messageTold(item);
    case "read":
      return [...eventTold(item), ...readTold(item)];
    default:
      return eventTold(item);
  }
}

function eventTold(item) {
  const event = laneBytes.of(item)?.event;
  return event ? [sentenceOf(event).main] : [];
}

function messageTold(item) {
  const event = laneBytes.of(item)?.event;
  if (!event) {
    return [];
  }
  const reads = item.reads.map((read) => laneBytes.of(read)?.event).filter(Boolean);
  const { main, parts, more } = sentenceOf(event, { reads, glued: endedBy(item.reads.at(-1)).length > 1 });
  const pieces = parts.map(({ before, code, after }, index) => html`${index > 0 ? ", " : ""}${before}<strong>${code}</strong>${after}`);
  return [main, ...(pieces.length > 0 ? [html`${pieces}.`] : []), ...more];
}

/** The messages whose last byte a read brought. */
const endedBy = (read) => read?.messages.filter((each) => each.kind === "frame" && each.until <= read.until) ?? [];

/** Why a read holds what it holds. */
function readTold(item) {
  const frames = item.messages.filter((each) => each.kind === "frame");
  if (item.messages.length === 0) {
    return [];
  }
  if (item.isGlued) {
    return [text("laneDetail.read.glued", { messages: holdsText(item) })];
  }
  const isWhole = frames.length === 1 && !frames[0].isSplit;
  return [text(isWhole ? "laneDetail.read.whole" : "laneDetail.read.piece", { message: nameOf(item.messages[0]) })];
}
