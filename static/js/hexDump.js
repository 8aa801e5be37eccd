// Bytes as hex and as text, side by side, eight to a line.
import { html, nothing } from "../vendor/lit-html.js";
import { byteSign, sign } from "./payload.js";

const WIDTH = 8;
const MARKS = { other: "is-other", different: "is-different" };

/**
 * `from` is the offset at which the first byte stood, where these are a piece of something. `markOf(index)` names what is special about a byte: `other` (came with another read), `different` (from what was
 * expected), or nothing.
 */
export function hexDump(bytes, { label, most = 1024, from = 0, markOf = () => null }) {
  const shown = bytes.subarray(0, most);
  const letters = lettersOf(shown);
  const lines = [];
  for (let at = 0; at < shown.length; at += WIDTH) {
    lines.push(line(shown, letters, at, from, markOf));
  }
  return html`<div class="dump" tabindex="0" role="group" aria-label=${label}><table role="presentation"><tbody>${lines}</tbody></table></div>`;
}

function line(bytes, letters, at, from, markOf) {
  const offsets = Array.from({ length: Math.min(WIDTH, bytes.length - at) }, (_, index) => at + index);
  const hex = offsets.map((offset, index) => {
    const digits = bytes[offset].toString(16).padStart(2, "0");
    const space = index === WIDTH / 2 - 1 ? "  " : " ";
    return html`${marked(digits, markOf(offset))}${index === offsets.length - 1 ? nothing : space}`;
  });
  const text = offsets.map((offset) => marked(letters[offset], markOf(offset), isSign(bytes[offset])));
  return html`<tr><th scope="row">${(from + at).toString(16).padStart(4, "0")}</th><td>${hex}</td><td>${text}</td></tr>`;
}

const isSign = (byte) => byte < 0x20 || byte >= 0x7f;

function marked(text, mark, isSigned = false) {
  const classes = [MARKS[mark], isSigned ? "is-sign" : null].filter(Boolean).join(" ");
  return classes ? html`<b class=${classes}>${text}</b>` : text;
}

/** A letter for each byte; one of UTF-8's longer ones stands at its first byte, dots under the rest. */
export function lettersOf(bytes) {
  const letters = Array.from(bytes, byteSign);
  for (let at = 0; at < bytes.length; at++) {
    const length = bytes[at] >= 0xf0 ? 4 : bytes[at] >= 0xe0 ? 3 : bytes[at] >= 0xc2 ? 2 : 1;
    const letter = length > 1 ? letterOf(bytes.subarray(at, at + length), length) : null;
    if (letter !== null) {
      letters[at] = letter;
      at += length - 1;
    }
  }
  return letters;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function letterOf(bytes, length) {
  try {
    const letter = bytes.length === length ? utf8.decode(bytes) : null;
    return letter === null || /[\p{L}\p{N}\p{P}\p{S}]/u.test(letter) ? letter : sign(letter.codePointAt(0)).slice(0, 1);
  } catch {
    return null;
  }
}
