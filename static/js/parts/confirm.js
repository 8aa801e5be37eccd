import { onBack } from "../live.js";
import { onAsk } from "../store.js";

// A question before what can't be taken back: `{title, text, yes, act}`, where `act` does it.
export function mount(dialog) {
  const problem = dialog.querySelector("#confirm-problem");
  const yes = dialog.querySelector("[data-confirm]");
  let act = async () => {};
  let isUnreached = false;

  onAsk("confirm", (asked) => {
    act = asked.act;
    dialog.querySelector("#confirm-title").textContent = asked.title;
    dialog.querySelector("#confirm-text").textContent = asked.text;
    yes.textContent = asked.yes;
    problem.hidden = true;
    dialog.showModal();
  });

  yes.addEventListener("click", async () => {
    try {
      await act();
      dialog.close();
    } catch (refusal) {
      problem.textContent = refusal.message;
      problem.hidden = false;
      isUnreached = refusal.isUnreached;
    }
  });

  onBack(() => (problem.hidden ||= isUnreached));
}
