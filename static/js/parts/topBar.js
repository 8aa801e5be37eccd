import { counted, text } from "../messages.js";
import { changed, on, state } from "../store.js";
import { isAboutRuns } from "../route.js";
import { underWay } from "../runs.js";

const THEMES = ["system", "light", "dark"];

export function mount(bar) {
  const button = bar.querySelector("[data-theme-switch]");
  name(button);
  button.addEventListener("click", () => {
    choose(THEMES[(THEMES.indexOf(current()) + 1) % THEMES.length]);
    name(button);
  });
  bar.querySelectorAll("[data-language]").forEach((link) =>
    link.addEventListener("click", () => link.setAttribute("href", `/?lang=${link.lang}${location.hash}`)),
  );
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => changed("theme"));
  on(["route"], () => {
    const here = isAboutRuns(state.route) ? "runs" : "rack";
    bar.querySelectorAll("[data-place]").forEach((link) => (link.dataset.place === here ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
  });
  on(["runs"], () => tellRuns(bar.querySelector("[data-runs-under-way]")));
  if (location.search !== "") {
    history.replaceState(null, "", `/${location.hash}`);
  }
}

function tellRuns(badge) {
  const count = underWay().length;
  badge.hidden = count === 0;
  badge.textContent = String(count);
  badge.title = counted("topBar.runs.underWay", count);
}

const current = () => document.documentElement.dataset.theme ?? "system";

function choose(theme) {
  if (theme === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  changed("theme");
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Storage is off: the theme lasts as long as the page.
  }
}

function name(button) {
  const label = text(`topBar.theme.${current()}`);
  button.setAttribute("aria-label", label);
  button.title = label;
}
