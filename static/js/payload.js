// Bytes that came from anywhere: shown as text, with nothing in them that acts.
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const utf8 = new TextEncoder();
const SIGNS = new Map([[0x0a, "⏎"], [0x0d, "␍"], [0x09, "⇥"], [0x7f, "␡"]]);
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;

/** The bytes of `{text}`, `{hex}` or `{base64}`. */
export function bytesOf(payload) {
  if (payload?.text !== undefined) {
    return utf8.encode(payload.text);
  }
  if (payload?.hex !== undefined) {
    return hexBytes(payload.hex) ?? new Uint8Array();
  }
  if (payload?.base64 !== undefined) {
    return Uint8Array.from(atob(payload.base64), (character) => character.charCodeAt(0));
  }
  return new Uint8Array();
}

/** The bytes that hex digits write, blanks allowed; null where it is not hex. */
export function hexBytes(hex) {
  const digits = hex.replace(/\s+/g, "");
  if (digits.length % 2 !== 0 || /[^0-9a-f]/i.test(digits)) {
    return null;
  }
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");

export function sign(codePoint) {
  const known = SIGNS.get(codePoint);
  if (known) {
    return known;
  }
  return codePoint < 0x20
    ? String.fromCodePoint(0x2400 + codePoint)
    : `⟨${codePoint.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

/** Text with every character that does not show, or turns the line around, as a sign. */
export const visible = (text) => text.replace(UNSEEN, (character) => sign(character.codePointAt(0)));

/** The text of bytes in UTF-8; null where they are something else. */
export function textOf(bytes) {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** Bytes on one line, cut at a number of them. */
export function preview(payload, most) {
  if (payload.text !== undefined) {
    return visible(payload.text.slice(0, most));
  }
  const bytes = bytesOf(payload).subarray(0, most);
  const text = textOf(bytes);
  return text === null ? Array.from(bytes, byteSign).join("") : visible(text);
}

/** One byte as one character: ASCII as it is, controls as signs, the rest as a dot. */
export const byteSign = (byte) => (byte >= 0x80 ? "·" : byte < 0x20 || byte === 0x7f ? sign(byte) : String.fromCharCode(byte));

const ESCAPES = { n: 0x0a, r: 0x0d, t: 0x09, 0: 0x00, e: 0x1b, "\\": 0x5c };

/** A payload from what was typed: escapes read, as text where it is UTF-8 and else as hex. */
export function typed(written) {
  const bytes = [];
  for (const part of written.match(/\\x[0-9a-f]{2}|\\[nrt0e\\]|[^\\]+|\\/gi) ?? []) {
    if (/^\\x/i.test(part) && part.length === 4) {
      bytes.push(parseInt(part.slice(2), 16));
    } else if (part.length === 2 && part[0] === "\\" && part[1] in ESCAPES) {
      bytes.push(ESCAPES[part[1]]);
    } else {
      bytes.push(...utf8.encode(part));
    }
  }
  const text = textOf(Uint8Array.from(bytes));
  return text === null ? { hex: hexOf(bytes).replaceAll(" ", "") } : { text };
}

/** Bytes the way `typed` reads them, all of them that are no plain ASCII as escapes. */
export const written = (bytes) => bytes.map((byte) => (byte < 0x80 ? escaped(String.fromCharCode(byte)) : `\\x${byte.toString(16)}`)).join("");

/** The way back: text with its control characters as the escapes that `typed` reads. */
export function escaped(text) {
  const names = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0", "\\": "\\\\" };
  return text.replace(/[\u0000-\u001f\u007f\\]/g, (character) => names[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
