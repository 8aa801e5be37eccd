// The stretch of the table that is in sight: all rows are of one height, and of those only the ones in view and a few around
// them are drawn, however many there are.
import { html, render } from "../vendor/lit-html.js";
import { repeat } from "../vendor/directives/repeat.js";
import { drawRow } from "./rowDrawing.js";
import * as rows from "./rows.js";

const AROUND = 8;

/**
 * Which element draws which row. A row that stays in sight keeps its element, and one that went lends it to one that came:
 * scrolling moves a few elements, and a leap writes into all of them without moving any.
 */
function elements() {
  let most = 0;
  let offset = 0;
  let first = 0;
  let end = 0;
  const slotOf = (number) => (((number + offset) % most) + most) % most;

  return (from, many) => {
    const isLeap = from >= end || from + many <= first;
    if (many > most) {
      most = many;
    } else if (isLeap && most > 0) {
      offset = slotOf(first) - from;
    }
    first = from;
    end = from + many;
    return slotOf;
  };
}

export function rowWindow(table) {
  const slots = elements();
  const columns = table.querySelector(".traffic-columns");
  const space = table.querySelector(".traffic-space");
  const shown = table.querySelector(".traffic-window");
  let rowHeight = 26;
  let height = 0;
  let top = 0;
  let start = 0;
  let count = 0;

  function measure() {
    rowHeight = columns.offsetHeight || rowHeight;
    height = table.clientHeight;
    top = table.scrollTop;
  }

  /** The heading stands above the rows and takes the height of one. */
  const bottom = () => Math.max(0, (count + 1) * rowHeight - height);
  const fits = () => Math.max(1, Math.floor(height / rowHeight) - 1);

  /** Draws at the end, or where it stood: rows that came or went at the start don't move those that are read. */
  function draw(chosen, isAtEnd) {
    const before = top;
    count = rows.count();
    top = isAtEnd ? bottom() : Math.min(bottom(), Math.max(0, top + (start - rows.start()) * rowHeight));
    start = rows.start();
    const from = Math.max(0, Math.floor(top / rowHeight) - AROUND);
    const until = Math.min(count, from + fits() + 2 * AROUND + 2);
    space.style.height = `${count * rowHeight}px`;
    shown.style.transform = `translateY(${from * rowHeight}px)`;
    const places = Array.from({ length: until - from }, (_, place) => from + place);
    const slot = slots(start + from, places.length);
    render(html`${repeat(places, (index) => slot(start + index), (index) => drawRow(rows.at(index), index, chosen))}`, shown);
    table.setAttribute("aria-rowcount", String(count + 1));
    if (top !== before) {
      table.scrollTop = top;
      top = table.scrollTop;
    }
  }

  /** How far somebody scrolled since the last look: below zero is up. */
  function scrolled() {
    const by = table.scrollTop - top;
    top = table.scrollTop;
    return by;
  }

  /** Scrolls no further than needed to have that row in sight. */
  function reveal(index) {
    const upper = index * rowHeight;
    const lower = upper - (fits() - 1) * rowHeight;
    table.scrollTop = Math.min(upper, Math.max(lower, table.scrollTop));
    scrolled();
  }

  return {
    measure,
    draw,
    scrolled,
    reveal,
    fits,
    /** The number of the first row in sight. */
    first: () => start + Math.floor(top / rowHeight),
    isAtTop: () => top < rowHeight,
    /** Whether the end is in sight, to within that many rows. */
    isAtEnd: (within) => top >= bottom() - Math.max(2, within * rowHeight),
  };
}
