import { bytes } from "./format.js";
import { preview } from "./payload.js";
import { text, word } from "./messages.js";

// What a spec leaves unsaid.
export const protocolOf = (spec) => spec.protocol ?? "tcp";
const framingOf = (spec) => spec.framing?.type ?? "raw";
const hostOf = (server) => server.status?.host ?? server.spec.host ?? "127.0.0.1";
const portOf = (server) => server.status?.port || server.spec.port || 0;

export const isRunning = (server) => server.status.state === "running";

/** The address as it is written in one word: [::1]:7 for IPv6. */
export function addressOf(server) {
  const host = hostOf(server);
  const port = portOf(server);
  const written = host.includes(":") ? `[${host}]` : host;
  return port ? `${written}:${port}` : written;
}

/** The command that talks to a server from a terminal of this machine. */
export function commandOf(server) {
  const host = hostOf(server);
  const reachable = { "0.0.0.0": "127.0.0.1", "::": "::1" }[host] ?? host;
  const options = protocolOf(server.spec) === "udp" ? ["-u"] : [];
  return ["nc", ...options, reachable, portOf(server)].join(" ");
}

/** The command shown while there is no server yet. */
export const examplePort = 8888;
export const exampleCommand = `nc 127.0.0.1 ${examplePort}`;

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
  return behavior?.payload ? `${name} ${preview(behavior.payload, 24)}` : name;
}

/** What a server is, on one line. */
export function summaryOf(server) {
  const parts = [`${protocolOf(server.spec)} ${addressOf(server)}`, behaviorText(server.spec.behavior)];
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
