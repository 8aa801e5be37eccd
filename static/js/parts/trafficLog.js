import { html, nothing, render } from "../../vendor/lit-html.js";
import { counted, text } from "../messages.js";
import { ask, changed, chosenServer, on, onAsk, state } from "../store.js";
import { go, typedPosition } from "../route.js";
import { isRunning } from "../spec.js";
import { commandOf, exampleCommand, isTyped } from "../commands.js";
import { copyLine } from "../copyLine.js";
import { drawRow } from "../rowDrawing.js";
import * as rows from "../rows.js";
import * as traffic from "../traffic.js";

const AROUND = 8;

export function mount(panel) {
  const table = panel.querySelector("#traffic-rows");
  const space = table.querySelector(".traffic-space");
  const shown = table.querySelector(".traffic-window");
  const columns = table.querySelector(".traffic-columns");
  let rowHeight = 0;
  let length = 0;

  function draw() {
    const all = rows.all();
    rowHeight = columns.offsetHeight || rowHeight || 26;
    keepPlace(all.length);
    const fits = Math.ceil(table.clientHeight / rowHeight);
    const from = Math.max(0, Math.min(Math.floor(table.scrollTop / rowHeight), all.length - fits) - AROUND);
    const until = Math.min(all.length, from + fits + 2 * AROUND);
    shown.style.setProperty("--first", from);
    render(html`${all.slice(from, until).map((row, index) => drawRow(row, from + index, state.opened))}`, shown);
    table.setAttribute("aria-rowcount", String(all.length + 1));
    const open = state.opened !== null && shown.querySelector(`#event-${state.opened}`);
    open ? table.setAttribute("aria-activedescendant", open.id) : table.removeAttribute("aria-activedescendant");
    around(panel, table);
  }

  /** Rows that went at the start must not move those that are being read. */
  function keepPlace(now) {
    if (now !== length || traffic.view.dropped > 0) {
      space.style.setProperty("--rows", now);
      if (!traffic.view.following && traffic.view.dropped > 0) {
        table.scrollTop -= traffic.view.dropped * rowHeight;
      }
      traffic.view.dropped = 0;
      length = now;
    }
    if (traffic.view.following) {
      table.scrollTop = table.scrollHeight;
    }
  }

  async function scrolled() {
    const atEnd = table.scrollTop + table.clientHeight >= table.scrollHeight - rowHeight;
    if (atEnd !== traffic.view.following && table.clientHeight > 0) {
      traffic.view.following = atEnd;
    }
    if (table.scrollTop < rowHeight && !atEnd) {
      const came = await traffic.earlier();
      length += came;
      space.style.setProperty("--rows", length);
      table.scrollTop += came * rowHeight;
    }
    changed("rows");
  }

  function step(by) {
    const events = rows.all();
    let index = state.opened === null ? events.length : rows.indexOf(state.opened);
    do {
      index += by;
    } while (events[index] && !events[index].event);
    if (events[index]) {
      traffic.view.following = false;
      reveal(index);
      ask("event", { seq: events[index].event.seq });
    }
  }

  function reveal(index) {
    const top = index * rowHeight;
    const height = table.clientHeight - 2 * rowHeight;
    if (top < table.scrollTop) {
      table.scrollTop = top;
    } else if (top > table.scrollTop + height) {
      table.scrollTop = top - height;
    }
  }

  function follow() {
    if (traffic.view.paused) {
      traffic.resume();
    }
    traffic.view.following = true;
    changed("rows");
  }

  const keys = { ArrowDown: () => step(1), ArrowUp: () => step(-1), PageDown: () => step(10), PageUp: () => step(-10), End: follow, Enter: () => step(0) };
  table.addEventListener("keydown", (press) => {
    if (keys[press.key] && !(press.key === "Enter" && state.opened === null)) {
      press.preventDefault();
      keys[press.key]();
    }
  });
  table.addEventListener("click", (click) => {
    const seq = click.target.closest("[data-seq]")?.dataset.seq;
    if (seq) {
      ask("event", { seq: Number(seq) });
    }
  });
  table.addEventListener("scroll", scrolled, { passive: true });
  new ResizeObserver(() => changed("rows")).observe(table);
  onAsk("pause", () => (traffic.view.paused ? traffic.resume() : traffic.pause()));
  panel.querySelector("#traffic-pause").addEventListener("click", () => ask("pause"));
  panel.querySelector("#traffic-follow").addEventListener("click", follow);
  mountFilter(panel);
  on(["rows", "opened", "route", "servers"], draw);
  on(["rates"], () => around(panel, table));
}

/** The line above the table, its buttons and what stands there while it is empty. */
function around(panel, table) {
  const { view } = traffic;
  const server = chosenServer();
  const isEmpty = rows.holdsNoEvents();
  const isQuiet = isEmpty || (state.route.filter.trim() === "" && rows.holdsNoTraffic());
  const part = (id) => panel.querySelector(`#traffic-${id}`);
  panel.classList.toggle("with-servers", state.route.view !== "server");
  part("title").textContent = text(state.route.view === "server" ? "traffic.title" : "traffic.title.all");
  part("note").textContent = note(view);
  part("pause").firstElementChild.textContent = text(view.paused ? "traffic.resume" : "traffic.pause");
  part("pause").setAttribute("aria-pressed", String(view.paused));
  part("follow").hidden = view.following || view.paused || isEmpty;
  part("filter-error").hidden = view.problem === null;
  render(view.problem ? problemText(view.problem) : nothing, part("filter-error"));
  part("empty").hidden = !isQuiet || view.loading || view.problem !== null;
  table.hidden = rows.all().length === 0;
  render(isQuiet && !view.loading ? emptyText(server) : nothing, part("empty"));
}

/** What is wrong with the filter, and the character at which it stops making sense. */
function problemText(problem) {
  if (problem.position === null) {
    return problem.message;
  }
  const typed = [...`${state.route.filter.trim()} `];
  const position = Math.max(0, Math.min(typed.length - 1, typedPosition(state.route, problem.position)));
  const written = html`<code>${typed.slice(0, position).join("")}<mark>${typed[position]}</mark>${typed.slice(position + 1).join("")}</code>`;
  return html`${problem.fields[0]?.detail ?? problem.message}${written}`;
}

function note(view) {
  const waits = traffic.waiting();
  const mode = text(view.paused ? "traffic.paused" : view.following ? "traffic.following" : "traffic.behind");
  const count = view.paused && waits > 0 ? counted("traffic.waiting", waits) : counted("traffic.events", rows.all().length);
  return `${mode} · ${count}`;
}

function emptyText(server) {
  if (state.route.filter.trim() !== "") {
    return html`<p>${text("traffic.empty.filter")}</p>`;
  }
  if (state.route.view === "server") {
    return server && !isRunning(server)
      ? html`<p>${text("traffic.empty.stopped")}</p>`
      : html`<p>${text(!server || isTyped(server) ? "traffic.empty.server" : "traffic.empty.server.whole")}</p>${server ? copyLine(commandOf(server)) : nothing}`;
  }
  const running = [...state.servers.values()].filter(isRunning);
  if (running.length === 0) {
    return html`<p>${text("traffic.empty.none")}</p>`;
  }
  return html`<p>${text("traffic.empty.all")}</p>${running.slice(0, 3).map((each) => copyLine(commandOf(each) || exampleCommand))}`;
}

function mountFilter(panel) {
  const form = panel.querySelector("#traffic-filter");
  const box = form.querySelector("input");
  const clear = form.querySelector("[data-filter-clear]");
  const pending = form.querySelector("[data-filter-pending]");
  const tell = () => {
    const isPending = box.value.trim() !== state.route.filter.trim();
    pending.hidden = !isPending;
    form.classList.toggle("is-pending", isPending);
  };
  form.addEventListener("submit", (submit) => {
    submit.preventDefault();
    go({ filter: box.value.trim() });
  });
  clear.addEventListener("click", () => go({ filter: "" }));
  box.addEventListener("keydown", (press) => {
    if (press.key === "Escape") {
      // What was typed is given up first; then Esc closes what is open, as everywhere.
      if (form.classList.contains("is-pending")) {
        press.stopPropagation();
      }
      box.value = state.route.filter;
      tell();
      panel.querySelector("#traffic-rows").focus();
    }
  });
  box.addEventListener("input", tell);
  onAsk("filter", () => box.select());
  on(["route"], () => {
    box.value = state.route.filter;
    tell();
    clear.hidden = state.route.filter === "";
  });
  on(["rows", "route"], () => (traffic.view.problem ? box.setAttribute("aria-invalid", "true") : box.removeAttribute("aria-invalid")));
}
