import { html, nothing, render } from "../../vendor/lit-html.js";
import { captureAll, isUdp, looked, tryFraming } from "../connection.js";
import * as fields from "../formFields.js";
import { text } from "../messages.js";
import { on, onAsk, state } from "../store.js";

export function mount(form) {
  const problem = form.querySelector("[data-way-out]");
  let seen = "";
  let isKept = false;

  const draw = () => render(wayOut(looked.whatIf?.problem, isKept, keep), problem);
  const keep = async () => {
    await captureAll().then(() => (isKept = true), (refusal) => fields.showErrors(form, refusal));
    draw();
  };
  onAsk("whatIf", () => {
    form.hidden = !form.hidden;
    if (!form.hidden) {
      fields.arrange(form);
      form.querySelector("select").focus();
    }
  });
  on(["route", "lanes"], () => {
    const now = `${looked.id} ${looked.way}`;
    if (now !== seen || isUdp() || state.route.view !== "connection") {
      seen = now;
      isKept = false;
      form.hidden = true;
      fields.clearErrors(form);
    }
    if (looked.whatIf?.problem?.code === "not_captured") {
      form.hidden = false;
    }
    draw();
  });
  form.addEventListener("input", () => fields.arrange(form));
  form.querySelector("[data-close]").addEventListener("click", () => (form.hidden = true));
  form.addEventListener("submit", async (submitted) => {
    submitted.preventDefault();
    fields.clearErrors(form);
    try {
      const { framing = {} } = fields.read(form);
      const tried = await tryFraming({ type: "raw", ...framing });
      if (tried?.problem && tried.problem.code !== "not_captured") {
        fields.showErrors(form, asFieldsOf(tried.problem));
      }
    } catch (refusal) {
      fields.showErrors(form, refusal);
    }
  });
}

/** The body is the framing alone; the form names its fields as the server's does. */
function asFieldsOf(refusal) {
  refusal.fields = refusal.fields.map((field) => ({ ...field, pointer: `/framing${field.pointer}` }));
  return refusal;
}

/** Bytes that were not kept: what to do so that the next ones are. */
function wayOut(problem, isKept, keep) {
  if (problem?.code !== "not_captured") {
    return nothing;
  }
  return html`<div class="lanes-hint" role="alert"><p>${text(isKept ? "whatIf.kept" : "whatIf.notCaptured", { server: looked.connection.server })}</p>
    ${isKept ? nothing : html`<button type="button" class="button button-small" title=${problem.message} @click=${keep}>${text("whatIf.keep")}</button>`}</div>`;
}
