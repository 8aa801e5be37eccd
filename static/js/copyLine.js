// A command to type, that a click copies.
import { html } from "../vendor/lit-html.js";
import { text } from "./messages.js";

const SAID_MS = 1200;

export const copyLine = (command) => html`<button type="button" class="copy-line" title=${text("server.copyLine")} aria-label=${`${text("server.copyLine")}: ${command}`} @click=${(click) => copy(click.currentTarget, command)}>
  <code>${command}</code>
  <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 3.5v-1h-8v8h1"/></svg>
</button>`;

/** Copies, and says so where the click was. */
export async function copy(button, what) {
  await navigator.clipboard.writeText(what);
  button.dataset.said = text("server.copied");
  setTimeout(() => delete button.dataset.said, SAID_MS);
}
