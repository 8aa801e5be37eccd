import { counted, language } from "./messages.js";

const whole = new Intl.NumberFormat(language, { useGrouping: "always" });
const oneDigit = new Intl.NumberFormat(language, { maximumFractionDigits: 1, useGrouping: "always" });
const threeDigits = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
const UNITS = ["KiB", "MiB", "GiB", "TiB"];

export const number = (value) => whole.format(value ?? 0);

export const percent = (value) => `${oneDigit.format(value ?? 0)} %`;

/** A part of a whole: 12.4 %, and never 0 % of something or 100 % of not quite all. */
export function share(part, whole) {
  const exact = whole > 0 ? (100 * part) / whole : 0;
  if (exact > 0 && exact < 0.1) {
    return `< ${percent(0.1)}`;
  }
  return exact < 100 && exact > 99.9 ? `> ${percent(99.9)}` : percent(exact);
}

/** A rate a second: one digit after the point while it is small. */
export function rate(value) {
  const perSecond = value ?? 0;
  return perSecond < 10 ? oneDigit.format(perSecond) : whole.format(Math.round(perSecond));
}

/** A size to compare: 812 B, 12.4 KiB. */
export function size(bytes) {
  let rest = bytes ?? 0;
  if (rest < 1024) {
    return `${whole.format(rest)} B`;
  }
  let unit = -1;
  do {
    rest /= 1024;
    unit++;
  } while (rest >= 1024 && unit < UNITS.length - 1);
  return `${oneDigit.format(rest)} ${UNITS[unit]}`;
}

/** An exact count in words: 1 byte, 6 bytes. */
export const bytes = (count) => counted("bytes", count);

export function duration(nanos) {
  if (nanos === null || nanos === undefined) {
    return "–";
  }
  if (nanos < 1e3) {
    return `${whole.format(nanos)}\u00a0ns`;
  }
  if (nanos < 1e6) {
    return `${threeDigits.format(nanos / 1e3)}\u00a0µs`;
  }
  return nanos < 1e9 ? `${threeDigits.format(nanos / 1e6)}\u00a0ms` : `${threeDigits.format(nanos / 1e9)}\u00a0s`;
}

/** A time as long as one waits: 12 s, 1 min 20 s. */
export function wait(millis) {
  const seconds = Math.ceil(millis / 1000);
  const minutes = Math.floor(seconds / 60);
  return [...(minutes > 0 ? [`${minutes}\u00a0min`] : []), ...(seconds % 60 > 0 || minutes === 0 ? [`${seconds % 60}\u00a0s`] : [])].join(" ");
}

/** 18:04:11.203, in the time of the place. */
export function clock(instant) {
  const time = new Date(instant);
  const pad = (value, width) => String(value).padStart(width, "0");
  return `${pad(time.getHours(), 2)}:${pad(time.getMinutes(), 2)}:${pad(time.getSeconds(), 2)}.${pad(time.getMilliseconds(), 3)}`;
}

const moments = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" });

export const moment = (instant) => (instant ? moments.format(new Date(instant)) : "–");

/** Nanoseconds since the epoch; a Date would lose the last six digits. */
export function nanosOf(instant) {
  const [, seconds, fraction = ""] = /^(.*?)(?:\.(\d+))?Z$/.exec(instant) ?? [];
  return seconds ? BigInt(Date.parse(`${seconds}Z`)) * 1_000_000n + BigInt(fraction.padEnd(9, "0").slice(0, 9)) : 0n;
}
