import * as api from "../api.js";
import { counted, text } from "../messages.js";
import { onBack } from "../live.js";
import { onAsk, removeServer, state } from "../store.js";
import { go } from "../route.js";

// A question before what can't be taken back.
export function mount(dialog) {
  const problem = dialog.querySelector("#confirm-problem");
  let server = null;
  let isUnreached = false;

  onAsk("confirm", (asked) => {
    server = asked.server;
    dialog.querySelector("#confirm-title").textContent = text("confirm.delete.title", { name: server.name });
    dialog.querySelector("#confirm-text").textContent = counted("confirm.delete.text", server.status.connections ?? 0);
    problem.hidden = true;
    dialog.showModal();
  });

  dialog.querySelector("[data-confirm]").addEventListener("click", async () => {
    try {
      await api.deleteServer(server.name);
      dialog.close();
      removeServer(server.name);
      if (state.route.server === server.name) {
        go({ view: "rack", server: null, filter: "" });
      }
    } catch (refusal) {
      problem.textContent = refusal.message;
      problem.hidden = false;
      isUnreached = refusal.isUnreached;
    }
  });

  onBack(() => (problem.hidden ||= isUnreached));
}
