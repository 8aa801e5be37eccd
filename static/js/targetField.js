// Whom a test client talks to: a server of the rack that runs, or another address of this machine.
import { state } from "./store.js";
import { addressOf, isRunning } from "./spec.js";
import { arrange } from "./formFields.js";

const select = (form) => form.elements.namedItem("/target/server");
const running = () => [...state.servers.values()].filter(isRunning);

/** Offers the servers that run now; the chosen one stays chosen while it is among them. */
export function offer(form) {
  const target = select(form);
  const chosen = target.value;
  const options = running().map((server) => new Option(`${server.name} · ${addressOf(server)}`, server.name));
  target.replaceChildren(...options, target.querySelector('option[value=""]'));
  target.value = running().some(({ name }) => name === chosen) ? chosen : "";
  arrange(form);
}

/** Chooses that server if it runs, else the first one that does, else another address. */
export function choose(form, name) {
  offer(form);
  select(form).value = (running().find((server) => server.name === name) ?? running()[0])?.name ?? "";
  arrange(form);
}
