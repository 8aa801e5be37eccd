// The rows of a connection's lanes, page after page, the newest of them where there are too many for a page in a browser.
const MOST = 40_000;
const LISTS = ["reads", "frames", "writes", "datagrams"];

export const none = () => ({ reads: [], frames: [], writes: [], datagrams: [], leftover: 0, firstHeldOffset: null, framing: null, hints: [], log: null, next: 0, count: 0, isCut: false });

/** The rows with one more page; what is told beside them is the page's. */
export function grown(rows, page) {
  const all = Object.fromEntries(LISTS.map((list) => [list, page[list].length > 0 ? [...rows[list], ...page[list]] : rows[list]]));
  const count = LISTS.reduce((sum, list) => sum + all[list].length, 0);
  const { leftover, firstHeldOffset, framing, hints, log, next } = page;
  const whole = { ...all, leftover, firstHeldOffset, framing, hints, log, next, count, isCut: rows.isCut };
  return count > MOST ? shortened(whole) : whole;
}

/** Without the older half, cut at a seq so that all lists begin at the same moment. */
function shortened(rows) {
  const seqs = LISTS.flatMap((list) => rows[list].map((row) => row.seq)).sort((one, other) => one - other);
  const from = seqs[seqs.length >> 1];
  const kept = Object.fromEntries(LISTS.map((list) => [list, rows[list].filter((row) => row.seq >= from)]));
  return { ...rows, ...kept, count: LISTS.reduce((sum, list) => sum + kept[list].length, 0), isCut: true };
}
