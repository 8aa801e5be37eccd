import { html, nothing, render } from "../../vendor/lit-html.js";
import { counted, text } from "../messages.js";
import { ask, changed, chosenServer, on, onAsk, state } from "../store.js";
import { isRunning } from "../spec.js";
import { commandOf, exampleCommand, isTyped } from "../commands.js";
import { copyLine } from "../copyLine.js";
import { rowWindow } from "../rowWindow.js";
import * as rows from "../rows.js";
import * as traffic from "../traffic.js";

export function mount(panel) {
  const table = panel.querySelector("#traffic-rows");
  const sight = rowWindow(table);
  const { view } = traffic;

  function draw() {
    sight.draw(state.opened, view.following);
    view.top = sight.first();
    const open = state.opened !== null && table.querySelector(`#event-${state.opened}`);
    open ? table.setAttribute("aria-activedescendant", open.id) : table.removeAttribute("aria-activedescendant");
    if (!view.following && sight.isAtTop()) {
      traffic.earlier();
    }
    around(panel, table);
  }

  /** Whoever scrolls up stops following, by however little; whoever comes back to the end follows again. */
  function scrolled() {
    const by = sight.scrolled();
    if (by === 0) {
      return;
    }
    const isFollowing = sight.isAtEnd(by < 0 ? 0 : 1);
    view.fresh = isFollowing ? 0 : view.fresh;
    view.following = isFollowing;
    changed("rows");
  }

  /** Opens the event that far from the open one, or the nearest: gaps are stepped over. */
  function step(by) {
    const held = rows.count();
    const from = state.opened === null ? held : rows.indexOf(state.opened);
    const index = rows.eventNear(Math.max(0, Math.min(held - 1, from + by)), Math.sign(by));
    if (index >= 0) {
      view.following = false;
      sight.reveal(index);
      ask("event", { seq: rows.at(index).event.seq });
    }
  }

  function follow() {
    if (view.paused) {
      traffic.resume();
    }
    view.following = true;
    view.fresh = 0;
    changed("rows");
  }

  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    PageDown: () => step(sight.fits()),
    PageUp: () => step(-sight.fits()),
    Home: () => step(-Infinity),
    End: follow,
    Enter: () => step(0),
  };
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
  new ResizeObserver(() => {
    sight.measure();
    changed("rows");
  }).observe(table);
  onAsk("pause", () => (view.paused ? traffic.resume() : traffic.pause()));
  panel.querySelector("#traffic-pause").addEventListener("click", () => ask("pause"));
  panel.querySelector("#traffic-follow").addEventListener("click", () => {
    follow();
    table.focus({ preventScroll: true });
  });
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
  part("follow").hidden = view.following || isEmpty;
  part("newer").textContent = view.fresh > 0 ? counted("traffic.fresh", view.fresh) : text("traffic.follow");
  part("empty").hidden = !isQuiet || view.loading || view.problem !== null;
  table.hidden = rows.count() === 0;
  render(isQuiet && !view.loading ? emptyText(server) : nothing, part("empty"));
}

function note(view) {
  const waits = traffic.waiting();
  const mode = text(view.paused ? "traffic.paused" : view.following ? "traffic.following" : "traffic.behind");
  const count = view.paused && waits > 0 ? counted("traffic.waiting", waits) : counted("traffic.events", rows.count());
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
