// The keys that move along reads and messages: arrows, Home and End, Enter to open, + - 0 to zoom.

/** A listener for the picture's keys. */
export function laneKeys({ lanes, visible, cursor, moveTo, open, zoom }) {
  return (press) => {
    if (press.ctrlKey || press.metaKey || press.altKey) {
      return;
    }
    const act = actionOf(press.key, { lanes: lanes()?.lanes ?? [], visible, cursor: cursor(), moveTo, open, zoom });
    if (act) {
      press.preventDefault();
      act();
    }
  };
}

const ZOOMS = { "+": 1.6, "=": 1.6, "-": 1 / 1.6, 0: 0 };

function actionOf(key, { lanes, visible, cursor, moveTo, open, zoom }) {
  if (key in ZOOMS) {
    return () => zoom(ZOOMS[key]);
  }
  if ((key === "Enter" || key === " ") && cursor !== null) {
    return open;
  }
  const target = targetOf(key, lanes, visible, cursor);
  return target ? () => moveTo(target) : null;
}

function targetOf(key, lanes, visible, cursor) {
  const lane = lanes.findIndex(({ items }) => items.some((item) => item.id === cursor));
  if (lane < 0) {
    return ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "Home", "End"].includes(key) ? firstOf(visible()) : null;
  }
  const { items } = lanes[lane];
  const index = items.findIndex((item) => item.id === cursor);
  switch (key) {
    case "ArrowRight":
      return items[Math.min(items.length - 1, index + 1)];
    case "ArrowLeft":
      return items[Math.max(0, index - 1)];
    case "Home":
      return items[0];
    case "End":
      return items.at(-1);
    case "ArrowDown":
      return across(items[index], lanes[lane + 1]);
    case "ArrowUp":
      return across(items[index], lanes[lane - 1]);
    default:
      return null;
  }
}

/** The first item that a lane shows in sight. */
function firstOf(seen) {
  const first = seen.flatMap((lane) => lane.items)[0];
  return first?.many?.[0] ?? first ?? null;
}

/** What lies over or under an item. */
const across = (item, lane) => lane?.items.find((other) => other.until > item.from) ?? lane?.items.at(-1) ?? null;
