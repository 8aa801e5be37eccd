// The texts of the page, as the server put them into it.
const texts = JSON.parse(document.getElementById("messages").textContent);

export const language = document.documentElement.lang;
const plural = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language, { useGrouping: "always" });

export function text(key, values = {}) {
  const found = texts[key] ?? key;
  return found.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

/** A text that has one form for one and another for all other counts. */
export function counted(key, count, values = {}) {
  const form = plural.select(count) === "one" ? "one" : "other";
  return text(`${key}.${form}`, { count: numbers.format(count), ...values });
}

/** The text of a key that may be younger than this page: the plain word where there is none. */
export function word(group, name) {
  return texts[`${group}.${name}`] ?? String(name);
}

/** The names that a group has texts for. */
export const names = (group) => Object.keys(texts).filter((key) => key.startsWith(`${group}.`)).map((key) => key.slice(group.length + 1));
