import { text } from "../messages.js";

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
  if (location.search !== "") {
    history.replaceState(null, "", `/${location.hash}`);
  }
}

const current = () => document.documentElement.dataset.theme ?? "system";

function choose(theme) {
  if (theme === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
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
