// A text field with a list of what may be written in it, as WAI-ARIA describes a combobox: the focus stays in the field, and
// nothing is taken that was not chosen.
import { html, render } from "../vendor/lit-html.js";

/** `offers` says what there is now, each with `write`, `hint` and `isPast`; `take` writes one that was chosen. */
export function combobox(box, list, { offers, take }) {
  let offered = [];
  let active = -1;

  function show(choices) {
    offered = choices;
    active = -1;
    draw();
  }

  function draw() {
    list.hidden = offered.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
    render(html`${offered.map(option)}`, list);
    const chosen = active < 0 ? null : list.children[active];
    chosen ? box.setAttribute("aria-activedescendant", chosen.id) : box.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  const option = ({ write, hint, isPast }, index) => html`<li role="option" id=${`${list.id}-${index}`} aria-selected=${String(index === active)} data-index=${index}>
    <code>${isPast ? html`<span class="offer-past" aria-hidden="true">↺</span>` : ""}${write}</code><span class="offer-hint">${hint}</span>
  </li>`;

  /** Down from the field to the first, up to the last, and on to the field again. */
  function move(by) {
    if (list.hidden) {
      show(offers());
    }
    const places = offered.length + 1;
    active = ((active + 1 + by + places) % places) - 1;
    draw();
  }

  function choose(index) {
    const chosen = offered[index];
    show([]);
    take(chosen);
  }

  function close(press) {
    press.stopPropagation();
    show([]);
  }

  const isOpen = () => !list.hidden;
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => active >= 0 && choose(active),
    Tab: () => active >= 0 && choose(active),
    Escape: (press) => isOpen() && close(press),
  };
  box.addEventListener("keydown", (press) => {
    const acts = keys[press.key];
    if (acts && !press.isComposing && acts(press) !== false) {
      press.preventDefault();
    }
  });
  box.addEventListener("input", () => show(offers()));
  box.addEventListener("click", () => (isOpen() ? show([]) : show(offers())));
  box.addEventListener("blur", () => show([]));
  list.addEventListener("pointerdown", (press) => press.preventDefault());
  list.addEventListener("click", (click) => {
    const index = click.target.closest("[data-index]")?.dataset.index;
    if (index !== undefined) {
      choose(Number(index));
    }
  });
  return { close: () => show([]), offer: () => show(offers()) };
}
