import { html, nothing, render } from "../../vendor/lit-html.js";
import * as api from "../api.js";
import * as fields from "../formFields.js";
import * as targets from "../targetField.js";
import { counted, text } from "../messages.js";
import { bytes, duration, number } from "../format.js";
import { onBack } from "../live.js";
import { chosenServer, on, onAsk, state } from "../store.js";
import { exampleMessage } from "../commands.js";
import { byteSign, bytesOf } from "../payload.js";
import { hexDump } from "../hexDump.js";

export function mount(dialog) {
  const form = dialog.querySelector("form");
  const target = form.elements.namedItem("/target/server");
  const answer = dialog.querySelector("#probe-answer");
  const submit = form.querySelector("[data-submit]");
  const payload = form.elements.namedItem("/payload");
  let offeredFor = null;

  /** Another target gets bytes that make a message there; for the same one, what was typed last stays. */
  const freshen = () => {
    if (offeredFor !== target.value) {
      offeredFor = target.value;
      payload.value = exampleMessage(state.servers.get(target.value));
      payload.closest(".field-payload").querySelector("[data-payload-form]").value = "text";
    }
  };

  onAsk("probe", ({ server = chosenServer()?.name }) => {
    targets.choose(form, server);
    freshen();
    fields.clearErrors(form);
    render(nothing, answer);
    dialog.show();
    payload.focus();
    payload.setSelectionRange(payload.value.length, payload.value.length);
  });

  on(["servers"], () => dialog.open && targets.offer(form));
  onBack(() => fields.clearUnreached(form));
  target.addEventListener("change", () => payload.value === exampleMessage(state.servers.get(offeredFor)) && freshen());
  payload.addEventListener("keydown", (press) => {
    if (press.key === "Enter" && !press.shiftKey && !press.isComposing) {
      press.preventDefault();
      submit.disabled || form.requestSubmit(submit);
    }
  });
  form.addEventListener("input", () => fields.arrange(form));
  dialog.addEventListener("click", (click) => click.target.closest("[data-close]") && dialog.close());
  form.addEventListener("submit", async (submitted) => {
    submitted.preventDefault();
    fields.clearErrors(form);
    submit.disabled = true;
    render(html`<p class="probe-small">${text("probe.sending")}</p>`, answer);
    try {
      const request = requestOf(form);
      render(drawn(await api.probe(request), request), answer);
      answer.scrollIntoView({ block: "nearest" });
    } catch (refusal) {
      render(nothing, answer);
      fields.showErrors(form, refusal, { target_not_allowed: "/target/host", not_running: "/target/server" });
    }
    submit.disabled = false;
  });
}

function requestOf(form) {
  const request = fields.read(form);
  return { ...request, payload: request.payload ?? { text: "" } };
}

/** Nothing came, and nothing was to come. */
const isRightSilence = ({ outcome, matches, receivedBytes }) => outcome === "timeout" && matches === true && receivedBytes === 0;

/** Without a connection not one byte has gone out; a datagram goes whether somebody listens or not. */
const wasSent = ({ protocol, connectNanos }) => protocol === "udp" || (connectNanos !== null && connectNanos !== undefined);

/** Outcomes whose reason only the program knows. */
const UNTOLD = new Set(["closed", "failed", "unreachable"]);

const VERDICTS = { answered: "is-good", timeout: "is-missed", closed: "is-missed" };

function drawn(result, request) {
  const isSilence = isRightSilence(result);
  const differs = result.outcome === "answered" && result.matches === false;
  const verdict = isSilence ? "is-good" : differs ? "is-missed" : (VERDICTS[result.outcome] ?? "is-bad");
  const sent = bytesOf(result.sent);
  const received = bytesOf(result.received);
  const same = sent.length === received.length && sent.every((byte, index) => byte === received[index]);
  const markOf = (offset) => (result.firstDifference && offset >= result.firstDifference.offset ? "different" : null);
  return html`
    <p class=${`verdict ${verdict}`}>${sentence(result, request, same)}</p>
    ${UNTOLD.has(result.outcome) && result.detail ? html`<p class="probe-small">${result.detail}</p>` : nothing}
    ${result.firstDifference ? html`<p>${difference(result.firstDifference)}</p>` : nothing}
    ${wasSent(result) ? block("probe.sent", sent, result.sentBytes) : nothing}
    ${received.length > 0 ? block("probe.received", received, result.receivedBytes, markOf) : nothing}
    ${result.outcome === "answered" ? times(result) : nothing}`;
}

function sentence(result, request, same) {
  const { outcome, target, protocol } = result;
  if (outcome !== "answered") {
    const time = duration(outcome === "timeout" && request.timeoutMs ? request.timeoutMs * 1e6 : result.totalNanos);
    if (isRightSilence(result)) {
      return text("probe.silent", { time });
    }
    return text(`probe.${outcome in { timeout: 1, refused: 1, unreachable: 1, closed: 1 } ? outcome : "failed"}`, { time, target });
  }
  const values = {
    time: duration(result.totalNanos),
    bytes: bytes(result.receivedBytes),
    reads: counted(protocol === "udp" ? "probe.datagrams" : "probe.reads", result.reads?.length ?? 1),
  };
  if (result.matches === false) {
    return text("probe.answered.differs", values);
  }
  if (same) {
    return text("probe.answered.same", values);
  }
  return text(result.matches === true ? "probe.answered.asExpected" : "probe.answered", values);
}

function difference({ offset, expected, actual }) {
  if (!isByte(actual)) {
    return counted("probe.difference.shorter", offset, { expected: isByte(expected) ? byteName(expected) : "–" });
  }
  return isByte(expected)
    ? text("probe.difference", { offset: number(offset), expected: byteName(expected), actual: byteName(actual) })
    : text("probe.difference.longer", { offset: number(offset) });
}

/** The program writes -1 where there is no byte. */
const isByte = (value) => value >= 0 && value !== null;

const byteName = (value) => `${value.toString(16).padStart(2, "0")} (${byteSign(value)})`;

const block = (key, content, count, markOf) => html`<div class="labelled">
  <h3>${text(key)} · ${bytes(count ?? content.length)}</h3>
  ${content.length > 0 ? hexDump(content, { label: text(key), most: 256, markOf }) : nothing}
</div>`;

function times(result) {
  const isUdp = result.protocol === "udp";
  const values = { connect: duration(result.connectNanos), first: duration(result.firstByteNanos), total: duration(result.totalNanos) };
  return html`<p class="probe-small">${text(isUdp ? "probe.times.udp" : "probe.times", values)}</p>
    <ol class="probe-small">${(result.reads ?? []).slice(0, 20).map(
      (read) => html`<li>${text(isUdp ? "probe.datagram" : "probe.read", { n: read.n, bytes: bytes(read.length), offset: number(read.offset), time: duration(read.atNanos) })}</li>`,
    )}</ol>`;
}
