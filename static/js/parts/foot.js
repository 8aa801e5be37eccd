import { html, nothing, render } from "../../vendor/lit-html.js";
import { counted, text } from "../messages.js";
import { number, percent, rate, size } from "../format.js";
import { on, state } from "../store.js";

const DOTS = { live: "running", lost: "failed", connecting: "starting" };

export function mount(foot) {
  foot.replaceChildren();
  on(["rates", "link", "program"], () => render(drawn(), foot));
}

function drawn() {
  const { link, log, watching, all, program } = state;
  return html`
    <span class="foot-item" role="status"><span class=${`dot dot-${DOTS[link]}`} aria-hidden="true"></span>${text(`foot.${link}`)}</span>
    ${log ? figures(log, watching, all.now) : nothing}
    ${program ? html`<span class="foot-item foot-about foot-wide">${about(program)}</span>` : nothing}`;
}

function figures(log, watching, rates) {
  const lost = log.eventsLost ?? log.lost ?? 0;
  return html`
    ${figure("foot.seq", number(log.latestSeq), "foot-wide")}
    ${figure("foot.in", `${rate(rates?.messagesInPerSecond)}/s`)}
    ${figure("foot.out", `${rate(rates?.messagesOutPerSecond)}/s`)}
    ${figure("foot.log", text("foot.log.of", { bytes: size(log.bytes), capacity: size(log.capacityBytes) }), "foot-wide")}
    ${figure("foot.lostBefore", number(lost), lost > 0 ? "is-missed" : "foot-wide")}
    ${watching ? cost(watching) : nothing}`;
}

/** Opens all there is to say of it, the page's own figures too. */
const cost = ({ viewers, cpuPercent }) => html`<button type="button" class="foot-item foot-opens" popovertarget="watching">
  <span class="foot-wide">${counted("foot.viewers", viewers)}, </span>${text("foot.watching")} <strong>${percent(cpuPercent)}</strong>
</button>`;

const figure = (key, value, more = "") => html`<span class=${`foot-item ${more}`}>${text(key)} <strong>${value}</strong></span>`;

const about = (program) =>
  [program.transport, program.java ? `Java ${String(program.java).split(".")[0]}` : null, program.version].filter(Boolean).join(" · ");
