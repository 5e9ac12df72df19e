// Asks what the changes do as soon as they rest, and shows it; of two questions the older one is dropped.
import { byId, post } from "./page.js";
import { base, change, follow, inAddress, state } from "./linked.js";
import { plotlyReady, put, relight, say } from "./charts.js";
import { controls, steps } from "./controls.js";

const REST = 150;  // milliseconds without another change
const page = [...crypto.getRandomValues(new Uint32Array(2))].map((one) => one.toString(36)).join("");
const listeners = [];
let number = 0, waiting = null, asking = null;

// `listener(found)` is called when an answer has come; `found.changes` are the changes in words.
export const onAnswer = (listener) => listeners.push(listener);
export const query = (pairs) => new URLSearchParams(pairs).toString();

// The address changes at once; it is run again when nothing more has changed for a moment.
function changed() {
  follow();
  clearTimeout(waiting);
  number += 1;
  if (asking) asking.abort();
  waiting = setTimeout(() => ask(steps[0]), REST);
}

async function ask(replicates) {
  const mine = ++number, first = replicates === steps[0], here = new AbortController();
  asking = here;
  if (first) byId("effects").setAttribute("aria-busy", "true");
  if (first) byId("effect-status").textContent = "The negotiation is run again …";
  const where = query({ page, number: mine, replicates, text: state.text });
  try {
    const found = await post(base + "/what-if?" + where, query(controls.pairs()), here.signal);
    await plotlyReady;
    if (mine !== number) return;
    present(found);
    if (found.more) ask(found.more);
  } catch (error) {
    if (mine !== number) return;
    byId("effect-status").textContent = "";
    byId("what-if-problem").textContent = error.message;
    listeners.forEach((listener) => listener(error.found || {}));
  } finally {
    if (mine === number) byId("effects").removeAttribute("aria-busy");
  }
}

function present(found) {
  byId("what-if-problem").textContent = "";
  byId("brief").textContent = found.brief;
  byId("effect-status").textContent = found.replicates + " replicates" + (found.more ? ", refining …" : "");
  for (const name of ["effect", "course", "moved"]) put(name, found[name]);
  say("said-effect", found.effect.sentences);
  listeners.forEach((listener) => listener(found));
  document.body.dataset.answered = String(Number(document.body.dataset.answered || 0) + 1);
}

// Ask from now on, at first for what the address asks for.
export function start() {
  controls.onChange(changed);
  inAddress(controls.pairs);
  byId("text-shown").addEventListener("change", () => { change("text", byId("text-shown").value); changed(); });
  relight(["effect", "course", "moved", "kept"]);
  return ask(steps[0]);
}
