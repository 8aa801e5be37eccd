// The filters that were applied in this browser, the newest first.
const KEY = "filters";
const MOST = 20;

/** Where storage is off, they last as long as the page. */
let known = read();

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(kept) ? kept.filter((each) => typeof each === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export const past = () => known;

export function remember(filter) {
  if (known[0] === filter) {
    return;
  }
  known = [filter, ...read().filter((each) => each !== filter)].slice(0, MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify(known));
  } catch {
    // Storage is off.
  }
}
