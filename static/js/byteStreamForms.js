// A connection's bytes, one read, write or datagram after the other, in the form that was asked for.
import { cArray, dumpLines, yamlEntry } from "./byteForms.js";
import { byteSign, textOf, visible } from "./payload.js";

export const FORMS = ["text", "dump", "c", "yaml"];

export function written(form, chunk) {
  switch (form) {
    case "dump":
      return dumpLines(chunk.bytes, chunk.offset ?? 0);
    case "c":
      return cArray(`${chunk.direction}_${chunk.n}`, chunk.bytes);
    case "yaml":
      return yamlEntry({ from: chunk.direction === "in" ? "client" : "server", at: chunk.at, n: chunk.n, offset: chunk.offset ?? 0, bytes: chunk.bytes });
    default:
      return lines(chunk.bytes);
  }
}

/** What is copied: as it is shown, but text as the bytes have it. */
export const copied = (form, chunk) => (form === "text" ? (textOf(chunk.bytes) ?? written(form, chunk)) : written(form, chunk));

/** Text as it is, line ends as such; what would not be seen as a sign. */
function lines(bytes) {
  const text = textOf(bytes);
  const shown = text === null ? Array.from(bytes, byteSign).join("") : visible(text);
  return shown.replaceAll("⏎", "⏎\n");
}
