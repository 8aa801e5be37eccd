import { bytes } from "./format.js";
import { preview } from "./payload.js";
import { text, word } from "./messages.js";

// What a spec leaves unsaid.
export const protocolOf = (spec) => spec.protocol ?? "tcp";
export const framingOf = (spec) => spec.framing?.type ?? "raw";
export const hostOf = (server) => server.status?.host ?? server.spec.host ?? "127.0.0.1";
export const portOf = (server) => server.status?.port || server.spec.port || 0;

export const isRunning = (server) => server.status.state === "running";

/** The address as it is written in one word, [::1]:7 for IPv6, in two pieces: the second one must never be cut. */
export function addressPieces(server) {
  const host = hostOf(server);
  const port = portOf(server);
  const isLong = host.includes(":");
  return [isLong ? `[${host}` : host, `${isLong ? "]" : ""}${port ? `:${port}` : ""}`];
}

export const addressOf = (server) => addressPieces(server).join("");

export function framingText(framing) {
  const type = framing?.type ?? "raw";
  const name = word("framing", type);
  if (type === "delimiter") {
    return `${name} ${preview(framing.delimiter ?? { text: "\n" }, 16)}`;
  }
  if (type === "lengthPrefix") {
    return `${name}, ${text("framing.lengthPrefix.of", { bytes: bytes(framing.lengthBytes ?? 4) })}`;
  }
  return type === "fixed" ? `${name}, ${text("framing.fixed.of", { bytes: bytes(framing.frameBytes ?? 256) })}` : name;
}

export function behaviorText(behavior) {
  const name = word("behavior", behavior?.type ?? "echo");
  const parts = [behavior?.type === "reply" ? `${name} ${preview(behavior.payload ?? {}, 24) || text("behavior.reply.nothing")}` : name];
  if (behavior?.banner) {
    parts.push(`${text("behavior.banner")} ${preview(behavior.banner, 24)}`);
  }
  return parts.join(", ");
}

/** What a server is, on one line: its protocol, or that with the address, and what it does. */
export function summaryOf(server, place = `${protocolOf(server.spec)} ${addressOf(server)}`) {
  const parts = [place, behaviorText(server.spec.behavior)];
  if (protocolOf(server.spec) === "tcp" && framingOf(server.spec) !== "raw") {
    parts.push(framingText(server.spec.framing));
  }
  return parts.join(" · ");
}

/** RFC 7396: the patch that makes `now` of `before`; a `type` that changed takes its whole object along. */
export function patchOf(before, now) {
  const patch = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
    if (!(key in now)) {
      patch[key] = null;
    } else if (isObject(now[key]) && isObject(before[key]) && now[key].type === before[key].type) {
      const inner = patchOf(before[key], now[key]);
      if (Object.keys(inner).length > 0) {
        patch[key] = inner;
      }
    } else if (JSON.stringify(now[key]) !== JSON.stringify(before[key])) {
      patch[key] = now[key];
    }
  }
  return patch;
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
