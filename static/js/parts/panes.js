import { on, state } from "../store.js";

// On a narrow screen a server's page shows one of its panes at a time.
export function mount(panes) {
  const bench = panes.closest(".bench");
  const choose = (pane) => {
    bench.dataset.pane = pane;
    panes.querySelectorAll("button").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.paneChoice === pane)));
  };
  panes.addEventListener("click", (click) => {
    const pane = click.target.closest("button")?.dataset.paneChoice;
    if (pane) {
      choose(pane);
    }
  });
  on(["route"], () => {
    panes.hidden = state.route.view !== "server";
    choose("traffic");
  });
}
