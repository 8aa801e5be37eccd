// A form whose fields are named by JSON pointers into the body that they make.
import { escaped, hexBytes, typed } from "./payload.js";
import { text } from "./messages.js";
import { Refusal } from "./api.js";

const controls = (form) => [...form.querySelectorAll("[data-kind]")];
const isShown = (control) => !control.closest("[hidden]");
const segments = (pointer) => pointer.slice(1).split("/");

/** Shows the fields that go with what is chosen, and the word of help for it. */
export function arrange(form) {
  for (const part of form.querySelectorAll("[data-when]")) {
    part.hidden = !part.dataset.when.split("&").every((condition) => holds(form, condition));
  }
  for (const choice of form.querySelectorAll(".field-choice")) {
    const hint = choice.querySelector("[data-choice-hint]");
    if (hint) {
      hint.textContent = choice.querySelector("select").selectedOptions[0]?.dataset.hint ?? "";
      hint.hidden = hint.textContent === "";
    }
  }
  for (const field of form.querySelectorAll(".field-payload")) {
    const isHex = field.querySelector("[data-payload-form]").value === "hex";
    field.querySelector(".field-hint").textContent = text(isHex ? "form.hexHint" : "form.escapes");
  }
}

function holds(form, condition) {
  const [, pointer, not, wanted] = /^(.*?)(!?)=(.*)$/.exec(condition);
  return (chosen(form, pointer) === wanted) !== Boolean(not);
}

function chosen(form, pointer) {
  const control = form.elements.namedItem(pointer);
  return control?.value ?? "";
}

/** The body: what differs from its default, of the fields that are shown; those of kind `none` only arrange others. A wrong hex is told at its field. */
export function read(form) {
  const body = {};
  for (const control of controls(form)) {
    const value = isShown(control) || isFolded(control) ? valueOf(control) : undefined;
    if (value !== undefined) {
      put(body, segments(control.name), value);
    }
  }
  return body;
}

/** Fields in a folded-up part are not on the screen, yet they count. */
const isFolded = (control) => control.closest("details:not([open])") !== null && isShown(control);

function valueOf(control) {
  const { kind, initial } = control.dataset;
  if (kind === "none") {
    return undefined;
  }
  if (kind === "boolean") {
    return String(control.checked) === initial ? undefined : control.checked;
  }
  if (kind === "radio") {
    return control.checked ? control.value : undefined;
  }
  if (kind === "payload") {
    return payloadOf(control);
  }
  const written = control.value.trim();
  if (written === "" || written === initial) {
    return undefined;
  }
  return kind === "number" && /^-?\d+$/.test(written) ? Number(written) : written;
}

function payloadOf(control) {
  const form = control.closest(".field-payload").querySelector("[data-payload-form]").value;
  if (form === "hex") {
    if (hexBytes(control.value) === null) {
      throw new Refusal({ errors: [{ pointer: control.name, detail: text("form.badHex") }] }, 422);
    }
    return { hex: control.value.replace(/\s+/g, "") };
  }
  const isDefault = control.value === control.dataset.initial || control.value === "";
  return isDefault && control.dataset.initial !== "" ? undefined : typed(control.value);
}

function put(body, [first, ...rest], value) {
  if (rest.length === 0) {
    body[first] = value;
  } else {
    body[first] ??= {};
    put(body[first], rest, value);
  }
}

/** Puts a body's values into the fields, defaults where it has none. */
export function fill(form, body) {
  form.reset();
  for (const control of controls(form)) {
    const value = segments(control.name).reduce((inner, key) => inner?.[key], body);
    if (value !== undefined && value !== null) {
      set(control, value);
    }
  }
}

function set(control, value) {
  switch (control.dataset.kind) {
    case "boolean":
      control.checked = value;
      break;
    case "radio":
      control.checked = control.value === value;
      break;
    case "payload":
      setPayload(control, value);
      break;
    case "choice":
      choose(control, value);
      break;
    default:
      control.value = value;
  }
}

/** Whether a payload stands there byte for byte, rather than being made up. */
export const isWritten = (payload) => ["text", "hex", "base64"].some((form) => form in payload);

function setPayload(control, payload) {
  if (!isWritten(payload)) {
    return;
  }
  const isText = payload.text !== undefined;
  control.value = isText ? escaped(payload.text) : payload.hex ?? hexOfBase64(payload.base64);
  control.closest(".field-payload").querySelector("[data-payload-form]").value = isText ? "text" : "hex";
}

const hexOfBase64 = (base64) => Array.from(atob(base64), (character) => character.charCodeAt(0).toString(16).padStart(2, "0")).join("");

/** A word that this page does not know yet becomes a choice of its own, by its plain name. */
function choose(select, value) {
  if (![...select.options].some((option) => option.value === value)) {
    select.add(new Option(value, value));
  }
  select.value = value;
}

/** Takes back that nobody answered. */
export function clearUnreached(form) {
  const problem = form.querySelector("[data-form-problem]");
  problem.hidden ||= problem.dataset.formProblem === "unreached";
}

export function clearErrors(form) {
  form.querySelectorAll("[aria-invalid]").forEach((control) => control.removeAttribute("aria-invalid"));
  form.querySelectorAll(".field-error").forEach((error) => (error.hidden = true));
  form.querySelector("[data-form-problem]").hidden = true;
}

/** Puts each error at its field, the rest at the top, and the focus on the first wrong field. */
export function showErrors(form, refusal, fallback = {}) {
  const pointer = fallback[refusal.code];
  const errors = refusal.fields.length > 0 ? refusal.fields : pointer ? [{ pointer, detail: refusal.message }] : [];
  const homeless = errors.filter((error) => !showError(form, error)).map((error) => `${error.pointer} ${error.detail}`);
  const problem = form.querySelector("[data-form-problem]");
  problem.textContent = errors.length === 0 ? refusal.message : homeless.join(" · ");
  problem.hidden = problem.textContent === "";
  problem.dataset.formProblem = refusal.isUnreached ? "unreached" : "";
  const first = form.querySelector("[aria-invalid]") ?? problem;
  first.focus();
  (first.closest("[data-pointer]") ?? first).scrollIntoView({ block: "nearest" });
}

/** Of two fields that an error may belong to, the one that names more of its place. */
const closer = (one, other) => (one !== null && one.dataset.pointer.length > other.dataset.pointer.length ? one : other);

function showError(form, { pointer, detail }) {
  const fields = [...form.querySelectorAll("[data-pointer]")];
  const near = fields.filter((each) => pointer === each.dataset.pointer || pointer.startsWith(`${each.dataset.pointer}/`) || each.dataset.pointer === `${pointer}/type`);
  const field = near.filter(isShown).reduce(closer, null);
  if (field === null) {
    return false;
  }
  field.closest("details")?.setAttribute("open", "");
  const error = field.querySelector(".field-error");
  error.textContent = detail;
  error.hidden = false;
  field.querySelectorAll("[data-kind]").forEach((control) => control.setAttribute("aria-invalid", "true"));
  return true;
}
