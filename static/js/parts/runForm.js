import * as api from "../api.js";
import * as fields from "../formFields.js";
import * as target from "../targetField.js";
import { onBack } from "../live.js";
import { chosenServer, on, onAsk } from "../store.js";
import { go } from "../route.js";
import { put } from "../runs.js";

/** Where a refusal without fields belongs. */
const PLACES = { not_running: "/target/server", target_not_allowed: "/target/host" };

export function mount(dialog) {
  const form = dialog.querySelector("form");
  const submit = form.querySelector("[data-submit]");
  const arrange = () => {
    const choice = form.elements.namedItem("/verify");
    const isElsewhere = form.elements.namedItem("/target/server").value === "";
    choice.options[0].hidden = isElsewhere;
    if (isElsewhere && choice.value === "") {
      choice.value = "echo";
    }
    fields.arrange(form);
  };

  onAsk("runForm", ({ server = chosenServer()?.name, spec = null }) => {
    fields.clearErrors(form);
    form.reset();
    target.choose(form, server);
    if (spec) {
      show(form, spec);
    }
    arrange();
    dialog.showModal();
    submit.focus();
  });

  on(["servers"], () => {
    if (dialog.open) {
      target.offer(form);
      arrange();
    }
  });
  onBack(() => fields.clearUnreached(form));
  form.addEventListener("input", arrange);
  dialog.addEventListener("click", (click) => click.target.closest("[data-close]") && dialog.close());
  form.addEventListener("submit", async (submitted) => {
    submitted.preventDefault();
    fields.clearErrors(form);
    submit.disabled = true;
    try {
      const run = await api.startRun(specOf(form));
      put(run);
      dialog.close();
      go({ view: "run", run: run.id });
    } catch (refusal) {
      fields.showErrors(form, refusal, PLACES);
    }
    submit.disabled = false;
  });
}

const USUAL_BYTES = 64;

/** The fields of sizes are two, the interface has one pair; a seed goes with a number of bytes. */
function specOf(form) {
  const { payload, ...spec } = fields.read(form);
  if (payload?.sizeBytes) {
    return { ...spec, payload: { ...payload, sizeBytes: [payload.sizeBytes[0] ?? 0, payload.sizeBytes[1] ?? 0] } };
  }
  return payload ? { ...spec, payload: fields.isWritten(payload) ? payload : { randomBytes: USUAL_BYTES, ...payload } } : spec;
}

/** Puts what was asked for another time into the fields. */
function show(form, spec) {
  fields.fill(form, spec);
  const { count, durationMs, payload = {} } = spec;
  const choose = (name, value) => (form.elements.namedItem(name).value = value);
  choose("/target/server", spec.target.server ?? "");
  choose("ends", durationMs ? (count ? "first" : "time") : "count");
  choose("payload", payload.sizeBytes ? "sizes" : fields.isWritten(payload) ? "bytes" : "random");
  form.querySelector("details").open = "inFlight" in spec || "seed" in payload;
}
