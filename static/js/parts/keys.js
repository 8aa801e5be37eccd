import { ask, onAsk, state } from "../store.js";
import { showsTraffic } from "../route.js";

export function mount(dialog) {
  onAsk("keys", () => dialog.showModal());
  document.addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.metaKey || press.altKey || document.querySelector("dialog[open]:modal")) {
      return;
    }
    if (press.key === "Escape") {
      close();
    } else if (!isTyping(press.target)) {
      answer(press);
    }
  });
}

function answer(press) {
  const isTraffic = showsTraffic(state.route);
  if (press.key === "?") {
    ask("keys");
  } else if (press.key === "/" && isTraffic) {
    ask("filter");
  } else if (press.key === " " && isTraffic && !isPressable(press.target)) {
    ask("pause");
  } else {
    return;
  }
  press.preventDefault();
}

/** Closes what is open, the uppermost first. */
function close() {
  const sheet = document.querySelector("dialog[open]");
  if (sheet) {
    sheet.close();
  } else if (state.opened !== null) {
    ask("event", { seq: null });
  }
}

const isTyping = (target) => target.closest("input, textarea, select") !== null;
const isPressable = (target) => target.closest("button, summary, a") !== null;
