// What to type in a terminal to talk to a server, and what to send it: one message, as its framing has it.
import { bytesOf, written } from "./payload.js";
import { framingOf, hostOf, portOf, protocolOf } from "./spec.js";

const WORD = "hola";
/** A longer message is not written out in a field; `printf` can pad it all the same. */
const LONGEST = 256;

/** The command shown while there is no server yet. */
export const examplePort = 8888;
export const exampleCommand = `nc 127.0.0.1 ${examplePort}`;

/** The command that talks to a server from a terminal of this machine. */
export function commandOf(server) {
  const options = protocolOf(server.spec) === "udp" ? ["-u"] : [];
  const talk = ["nc", ...options, reachable(hostOf(server)), portOf(server)].join(" ");
  return isTyped(server) ? talk : `${printing(server.spec.framing)} | ${talk}`;
}

/** Whether a line and Enter make a message of this server. */
export function isTyped({ spec }) {
  if (protocolOf(spec) === "udp" || framingOf(spec) === "raw") {
    return true;
  }
  return framingOf(spec) === "delimiter" && delimiterOf(spec.framing).join() === "10";
}

/** Every address of the machine, as one that can be called: from elsewhere, the one that this page came from. */
function reachable(host) {
  const isV4 = host === "0.0.0.0";
  if (!isV4 && !/^[0:]+$/.test(host)) {
    return host;
  }
  const here = /^(localhost|127\..*|\[::1\])$/.test(location.hostname);
  return here ? (isV4 ? "127.0.0.1" : "::1") : location.hostname.replace(/^\[|\]$/g, "");
}

function printing(framing) {
  if (framing.type === "fixed") {
    const length = framing.frameBytes ?? 256;
    return `printf '%-${length}s' ${WORD.slice(0, length)}`;
  }
  const message = messageOf(framing);
  return message ? `printf '${message.map(octal).join("")}'` : `printf ${WORD}`;
}

/** The bytes of one message, null for a framing that this page does not know. */
function messageOf(framing) {
  const word = [...bytesOf({ text: WORD })];
  switch (framing.type) {
    case "delimiter":
      return [...word, ...delimiterOf(framing)];
    case "lengthPrefix":
      return [...prefixOf(framing, word.length), ...word];
    case "fixed":
      return paddedTo(framing.frameBytes ?? 256, word);
    default:
      return null;
  }
}

const paddedTo = (length, word) => (length > LONGEST ? null : Array.from({ length }, (_, index) => word[index] ?? 0x20));

const delimiterOf = ({ delimiter }) => [...bytesOf(delimiter ?? { text: "\n" })];

function prefixOf({ lengthBytes: width = 4, byteOrder, includesPrefix }, length) {
  const bytes = Array(width).fill(0);
  bytes[byteOrder === "littleEndian" ? 0 : width - 1] = length + (includesPrefix ? width : 0);
  return bytes;
}

/** A byte as the shell's printf reads it between single quotes. */
function octal(byte, index, bytes) {
  const plain = String.fromCharCode(byte);
  if (byte === 0x0a || byte === 0x0d) {
    return byte === 0x0a ? "\\n" : "\\r";
  }
  if (byte >= 0x20 && byte < 0x7f && !"\\'%".includes(plain)) {
    return plain;
  }
  const next = bytes[index + 1];
  const isDigitNext = next >= 0x30 && next <= 0x37;
  return `\\${byte.toString(8).padStart(isDigitNext ? 3 : 1, "0")}`;
}

/** What a probe offers to send, as its field has it: a message of the server. Its length goes before it by itself. */
export function exampleMessage(server) {
  const framing = server && protocolOf(server.spec) === "tcp" ? server.spec.framing : null;
  if (framing?.type === "lengthPrefix") {
    return WORD;
  }
  const message = framing ? messageOf(framing) : null;
  return message ? written(message) : `${WORD}\\n`;
}
