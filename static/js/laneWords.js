// What the lanes show, in plain words: of one item, of all of them, and what looks wrong with the framing.
import { counted, text, word } from "./messages.js";
import { bytes, number } from "./format.js";
import { framingText } from "./spec.js";

const firstAndLast = (items, key) => [items[0]?.[key], items.at(-1)?.[key]];

/** What an item is called: read 2, message 1, 4 bytes left over. */
export function nameOf(item) {
  switch (item.kind) {
    case "leftover":
      return text("lanes.leftover");
    case "many":
      return counted(`lanes.many.${item.many[0].kind}`, item.many.length);
    case "ribbon":
      return text("lanes.ribbon", { message: nameOf(item.message), read: nameOf(item.read) });
    case "frame":
      return item.n === null ? text("lanes.frame.unnumbered") : text("lanes.frame", { n: number(item.n) });
    default:
      return text(`lanes.${item.kind}`, { n: number(item.n) });
  }
}

/** read 2, reads 2–5, messages 1–3, and what waits for its end. */
function range(items, key) {
  const [first, last] = firstAndLast(items, "n");
  if (items.length === 1) {
    return nameOf(items[0]);
  }
  return first === null || last === null ? counted(`lanes.${key}.count`, items.length) : text(`lanes.${key}.range`, { first: number(first), last: number(last) });
}

export function readsText(frame) {
  const { firstRead, lastRead } = frame;
  return firstRead === lastRead ? text("lanes.read", { n: number(firstRead) }) : text("lanes.read.range", { first: number(firstRead), last: number(lastRead) });
}

/** What a read brought: a whole message, a piece, the end of one and the beginning of the next. */
export function holdsText({ messages }) {
  const frames = messages.filter((each) => each.kind === "frame");
  if (frames.length === 0) {
    return messages.length > 0 ? text("lanes.leftover") : "";
  }
  const told = range(frames, "frame");
  return frames.length < messages.length ? text("lanes.andLeftover", { messages: told }) : told;
}

export const mark = (item) => (item.isGlued ? text("lanes.glued") : item.isSplit ? text("lanes.split") : "");

export function lengthOf(item) {
  return item.kind === "datagram" ? item.length : item.until - item.from;
}

/** An item as it is read aloud. */
export function spoken(item, line) {
  const told = [nameOf(item), bytes(lengthOf(item))];
  if (item.kind === "read" && item.messages.length > 0) {
    told.push(text("lanes.spoken.holds", { messages: holdsText(item) }));
  } else if (item.kind === "frame") {
    told.push(text("lanes.spoken.from", { reads: readsText(item) }));
  }
  return [...told, mark(item), line].filter(Boolean).join(", ");
}

/** The lesson of a picture in a sentence or two. */
export function summaryOf({ lanes }, { isClosed, whatIf }) {
  const [reads, messages] = lanes.map((lane) => lane.items);
  if (reads.length === 0) {
    return [text("lanes.nothing")];
  }
  const frames = messages.filter((each) => each.kind === "frame");
  const left = messages.find((each) => each.kind === "leftover");
  const told = text(`lanes.became${whatIf ? ".whatIf" : ""}`, { reads: counted("lanes.reads", reads.length), messages: counted("lanes.messages", frames.length) });
  return [left ? `${told}; ${counted(isClosed ? "lanes.left" : "lanes.waits", left.until - left.from)}.` : `${told}.`, lessonOf(reads, frames)];
}

function lessonOf(reads, frames) {
  if (frames.length === 0) {
    return text("lanes.lesson.none");
  }
  const split = frames.filter((each) => each.isSplit).length;
  const glued = reads.filter((each) => each.isGlued).length;
  if (split > 0 && glued > 0) {
    return text("lanes.lesson.both");
  }
  return text(split > 0 ? "lanes.lesson.split" : glued > 0 ? "lanes.lesson.glued" : "lanes.lesson.even");
}

/** A hint as a sentence; the program's own where this page does not know its code. */
export function hintText({ code, sentence, values, suggestion }) {
  const key = `hint.${code}${values.other === undefined || code === "otherByteOrder" ? "" : ".other"}`;
  const told = text(key, values);
  return { told: told === key ? sentence : told, offer: suggestion ? text("hint.try", { framing: framingText(suggestion) }) : null };
}

/** Where a server would have closed, of a framing that was tried. */
export const stopText = ({ code, offset }) => text("whatIf.stop", { offset: number(offset), kind: word("connections.kind", code) });
