import * as api from "../api.js";
import * as fields from "../formFields.js";
import { text } from "../messages.js";
import { onBack } from "../live.js";
import { ask, onAsk, putServer, state } from "../store.js";
import { go } from "../route.js";
import { patchOf } from "../spec.js";
import { examplePort } from "../commands.js";

/** Where a refusal without fields belongs. */
const PLACES = { port_in_use: "/port", port_forbidden: "/port", name_taken: "/name", address_unavailable: "/host" };

/** The fields that are folded away until they say something. */
const MORE = ["note", "host", "autoStart", "socket", "limits", "capture"];

/** What the very first server is offered, so that the command on the page fits it. */
const FIRST = { port: examplePort };

export function mount(dialog) {
  const form = dialog.querySelector("form");
  const submit = form.querySelector("[data-submit]");
  let edited = null;

  onAsk("serverForm", ({ server = null }) => {
    edited = server;
    fields.clearErrors(form);
    fields.fill(form, server?.spec ?? (state.servers.size === 0 ? FIRST : {}));
    form.querySelector("details").open = MORE.some((key) => key in (server?.spec ?? {}));
    form.elements.namedItem("/name").readOnly = server !== null;
    form.querySelector("[data-edit-note]").hidden = server === null;
    offerRules(form, server?.spec.behavior?.type === "rules");
    dialog.querySelector("h2").textContent = server ? text("form.title.edit", { name: server.name }) : text("form.title");
    submit.textContent = text(server ? "form.save" : "form.start");
    fields.arrange(form);
    dialog.showModal();
    form.elements.namedItem(server ? "/behavior/type" : "/port").focus();
  });

  onBack(() => fields.clearUnreached(form));
  form.addEventListener("input", () => fields.arrange(form));
  dialog.addEventListener("click", (click) => click.target.closest("[data-close]") && dialog.close());
  form.addEventListener("submit", async (submitted) => {
    submitted.preventDefault();
    fields.clearErrors(form);
    submit.disabled = true;
    try {
      done(edited, await save(form, edited, fields.read(form)));
      dialog.close();
    } catch (refusal) {
      fields.showErrors(form, refusal, PLACES);
    }
    submit.disabled = false;
  });
}

/** Rules can't be written here: they are only offered to a server that has them. */
function offerRules(form, has) {
  const option = form.elements.namedItem("/behavior/type").querySelector("option[value=rules]");
  option.hidden = !has;
  option.disabled = !has;
}

function save(form, edited, spec) {
  return edited ? api.patchServer(edited.name, changesOf(form, edited.spec, spec)) : api.createServer(spec);
}

/** The form knows not every field of a spec: what it does not show stays as it is. */
function changesOf(form, before, now) {
  const kept = { ...unshown(form, before, ""), ...now, name: before.name };
  for (const part of ["socket", "limits", "capture", "behavior"]) {
    if (before[part] && before[part].type === now[part]?.type) {
      const rest = unshown(form, before[part], `/${part}`);
      if (now[part] || Object.keys(rest).length > 0) {
        kept[part] = { ...rest, ...now[part] };
      }
    }
  }
  if (before.behavior === undefined && now.behavior?.type === "echo") {
    delete kept.behavior;
  }
  if (before.protocol === undefined && now.protocol === "tcp") {
    delete kept.protocol;
  }
  const patch = patchOf(before, kept);
  delete patch.name;
  return patch;
}

function unshown(form, body, pointer) {
  const shows = (key) => [...form.elements].some(({ name }) => name === `${pointer}/${key}` || name.startsWith(`${pointer}/${key}/`));
  return Object.fromEntries(Object.entries(body).filter(([key]) => !shows(key)));
}

function done(edited, server) {
  putServer(server);
  if (edited === null) {
    go({ view: "server", server: server.name, filter: "" });
  } else if (server.status.lastChange) {
    ask("told", server.status.lastChange);
  }
}
