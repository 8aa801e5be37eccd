// Buttons that copy bytes in one of several forms.
import { html, nothing } from "../vendor/lit-html.js";
import { FORMS } from "./byteForms.js";
import { copy } from "./copyLine.js";
import { text } from "./messages.js";

export const copyAs = (bytes) => html`<div class="copy-as" role="group" aria-label=${text("copyAs")}>
  <span class="copy-as-label" aria-hidden="true">${text("copyAs")}</span>
  ${Object.entries(FORMS).map(([form, written]) => button(form, bytes, written))}
</div>`;

function button(form, bytes, written) {
  const isText = form === "text" && written(bytes) === null;
  return isText
    ? nothing
    : html`<button type="button" class="button button-small" data-copy=${form} aria-label=${text("copyAs.form", { form: text(`copyAs.${form}`) })} @click=${(click) => copy(click.currentTarget, written(bytes))}><span>${text(`copyAs.${form}`)}</span></button>`;
}
