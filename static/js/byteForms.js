// Bytes as they are pasted elsewhere: plain, or as an array of a language.
import { hexOf, textOf } from "./payload.js";

const A_LINE = 12;

/** The forms in which a message is copied; null where the bytes can't be written so. */
export const FORMS = {
  text: textOf,
  hex: hexOf,
  base64: base64Of,
  c: (bytes) => `static const unsigned char message[${Math.max(1, bytes.length)}] = ${block(bytes, "{", "}", cByte)};`,
  java: (bytes) => `byte[] message = ${block(bytes, "{", "}", javaByte)};`,
  python: (bytes) => pythonOf(bytes),
};

export function base64Of(bytes) {
  let characters = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    characters += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(characters);
}

const twoDigits = (byte) => byte.toString(16).padStart(2, "0");
const cByte = (byte) => `0x${twoDigits(byte)}`;
/** Java's bytes are signed. */
const javaByte = (byte) => (byte < 0x80 ? cByte(byte) : `(byte) ${cByte(byte)}`);

function block(bytes, open, close, each) {
  const written = Array.from(bytes, each);
  const lines = [];
  for (let at = 0; at < written.length; at += A_LINE) {
    lines.push(written.slice(at, at + A_LINE).join(", "));
  }
  return lines.length > 1 ? `${open}\n  ${lines.join(",\n  ")}\n${close}` : `${open}${lines[0] ?? ""}${close}`;
}

const PYTHON = new Map([[0x0a, "\\n"], [0x0d, "\\r"], [0x09, "\\t"], [0x22, '\\"'], [0x5c, "\\\\"]]);

function pythonOf(bytes) {
  const literals = [];
  for (let at = 0; at === 0 || at < bytes.length; at += 32) {
    literals.push(`b"${Array.from(bytes.subarray(at, at + 32), pythonByte).join("")}"`);
  }
  return literals.length > 1 ? `message = (\n    ${literals.join("\n    ")}\n)` : `message = ${literals[0]}`;
}

const pythonByte = (byte) => PYTHON.get(byte) ?? (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${twoDigits(byte)}`);

/** Offset, sixteen bytes, and the letters they are. */
export function dumpLines(bytes, from) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const piece = bytes.subarray(at, at + 16);
    const letters = Array.from(piece, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
    lines.push(`${(from + at).toString(16).padStart(8, "0")}  ${hexOf(piece.subarray(0, 8)).padEnd(23)}  ${hexOf(piece.subarray(8)).padEnd(23)}  ${letters}`);
  }
  return lines.join("\n");
}

export const cArray = (name, bytes) => `static const unsigned char ${name}[] = ${block(bytes, "{", "}", cByte)};`;

/** An entry of a YAML list, as other tools that follow streams write it. */
export function yamlEntry({ from, at, n, offset, bytes }) {
  const lines = base64Of(bytes).match(/.{1,76}/g) ?? [];
  return `- from: ${from}\n  n: ${n}\n  at: ${at}\n  offset: ${offset}\n  data: !!binary |\n${lines.map((line) => `    ${line}`).join("\n")}`;
}
