import { html, nothing, render } from "../../vendor/lit-html.js";
import { text } from "../messages.js";
import { on, onAsk, state } from "../store.js";
import { filterOf, go, typedPosition } from "../route.js";
import { combobox } from "../combobox.js";
import { wordsAt } from "../filterWords.js";
import { past, remember } from "../filterHistory.js";
import { view } from "../traffic.js";

const MOST_PAST = 6;

export function mount(form, error) {
  const box = form.querySelector("input");
  const clear = form.querySelector("[data-filter-clear]");
  const pending = form.querySelector("[data-filter-pending]");
  const list = combobox(box, form.querySelector("#traffic-filter-offers"), { offers: () => offers(box), take });

  function tell() {
    const isPending = box.value.trim() !== state.route.filter.trim();
    pending.hidden = !isPending;
    form.classList.toggle("is-pending", isPending);
  }

  function apply() {
    list.close();
    go({ filter: box.value.trim() });
  }

  function take({ from, until, write, caret, isWhole, isPast }) {
    // A value is whole: one blank behind it, and on to the next term.
    const rest = isWhole ? box.value.slice(until).trimStart() : box.value.slice(until);
    box.value = box.value.slice(0, from) + write + rest;
    box.setSelectionRange(caret, caret);
    tell();
    if (isPast) {
      apply();
    } else if (!isWhole) {
      list.offer();
    }
  }

  form.addEventListener("submit", (submit) => {
    submit.preventDefault();
    apply();
  });
  clear.addEventListener("click", () => go({ filter: "" }));
  box.addEventListener("input", tell);
  box.addEventListener("keydown", (press) => {
    if (press.key === "Escape" && !press.defaultPrevented) {
      // What was typed is given up first; then Esc closes what is open, as everywhere.
      if (form.classList.contains("is-pending")) {
        press.stopPropagation();
      }
      box.value = state.route.filter;
      tell();
      document.getElementById("traffic-rows").focus();
    }
  });
  onAsk("filter", () => box.select());
  on(["route"], () => {
    box.value = state.route.filter;
    tell();
    clear.hidden = state.route.filter === "";
  });
  on(["rows", "route"], () => judge(box, error));
}

/** Past filters come first in an empty field; then what can be written comes before them. */
function offers(box) {
  const typed = box.value.trimStart();
  const before = past()
    .filter((filter) => filter.startsWith(typed) && filter !== typed.trim())
    .slice(0, MOST_PAST)
    .map((filter) => ({ from: 0, until: box.value.length, write: filter, caret: filter.length, hint: text("traffic.filter.past"), isPast: true }));
  const words = wordsAt(box.value, box.selectionStart ?? box.value.length);
  return typed === "" ? [...before, ...words] : [...words, ...before];
}

/** Says what is wrong with the filter; one that is understood is remembered. */
function judge(box, error) {
  const { filter, problem, loading } = view;
  problem ? box.setAttribute("aria-invalid", "true") : box.removeAttribute("aria-invalid");
  error.hidden = problem === null;
  render(problem ? problemText(problem) : nothing, error);
  if (problem === null && !loading && filter === filterOf(state.route) && state.route.filter.trim() !== "") {
    remember(state.route.filter.trim());
  }
}

/** What is wrong, and the character at which the filter stops making sense. */
function problemText(problem) {
  if (problem.position === null) {
    return problem.message;
  }
  const typed = state.route.filter.trim();
  const position = Math.max(0, Math.min(typed.length, typedPosition(state.route, problem.position)));
  const wrong = position < typed.length ? String.fromCodePoint(typed.codePointAt(position)) : " ";
  const written = html`<code>${typed.slice(0, position)}<mark>${wrong}</mark>${typed.slice(position + wrong.length)}</code>`;
  return html`${problem.fields[0]?.detail ?? problem.message}${written}`;
}
