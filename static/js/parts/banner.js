import { counted, text } from "../messages.js";
import { on, state } from "../store.js";
import { tryNow } from "../live.js";

export function mount(banner) {
  const wait = banner.querySelector("[data-banner-wait]");
  banner.querySelector("[data-banner-now]").addEventListener("click", tryNow);
  let timer = 0;

  function draw() {
    clearInterval(timer);
    banner.hidden = state.link !== "lost";
    if (!banner.hidden) {
      tell();
      timer = setInterval(tell, 500);
    }
  }

  function tell() {
    const seconds = Math.ceil(((state.retryAt ?? 0) - Date.now()) / 1000);
    const told = seconds > 0 ? counted("banner.retry", seconds) : text("banner.trying");
    if (wait.textContent !== told) {
      wait.textContent = told;
    }
  }

  on(["link"], draw);
}
