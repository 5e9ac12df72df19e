// Variants that are kept in this tab: side by side against the scenario, each to be shown again or removed.
import { byId, post } from "./page.js";
import { base, facts, onChange, state } from "./linked.js";
import { plotlyReady, put } from "./charts.js";
import { controls } from "./controls.js";
import { onAnswer, query } from "./asking.js";

const MOST = 6, PLACE = "plenary-kept-" + facts.key;
let kept = JSON.parse(sessionStorage.getItem(PLACE) || "[]"), count = 0, edited = false;

const field = byId("kept-name");
const complain = (words) => { byId("keep-problem").textContent = words; };

function stored() {
  sessionStorage.setItem(PLACE, JSON.stringify(kept));
  list();
  return compare();
}

async function compare() {
  const mine = ++count;
  const pairs = kept.flatMap((one) => [["name", one.name], ["variant", one.pairs]]);
  try {
    const found = await post(base + "/kept?" + query({ text: state.text }), query(pairs));
    await plotlyReady;
    if (mine === count) put("kept", found);
  } catch (error) {
    if (mine === count) complain(error.message);
  }
}

function list() {
  byId("kept-list").replaceChildren(...kept.map((one, place) => {
    const row = document.createElement("div"), name = document.createElement("input");
    row.setAttribute("role", "listitem");
    name.value = one.name;
    name.maxLength = 80;
    name.setAttribute("aria-label", "Name of kept variant " + (place + 1));
    name.addEventListener("change", () => { one.name = name.value.trim() || "Variant " + (place + 1); stored(); });
    row.append(name, button("Show again", one, () => controls.take([...new URLSearchParams(one.pairs)])));
    row.append(button("Remove", one, () => { kept = kept.filter((other) => other !== one); complain(""); stored(); field.focus(); }));
    return row;
  }));
}

function button(words, one, act) {
  const found = document.createElement("button");
  found.type = "button";
  found.textContent = words;
  found.setAttribute("aria-label", words + ": " + one.name);
  found.addEventListener("click", act);
  return found;
}

byId("keeping").addEventListener("submit", (event) => {
  event.preventDefault();
  const pairs = query(controls.pairs());
  if (!pairs) { complain("Nothing is changed yet, so there is nothing to keep."); return; }
  if (kept.length >= MOST) { complain("Six variants are kept; remove one first."); return; }
  if (kept.some((one) => one.pairs === pairs)) { complain("This variant is kept already."); return; }
  complain("");
  kept.push({ name: field.value.trim() || "Variant " + (kept.length + 1), pairs });
  edited = false;
  stored();
});
field.addEventListener("input", () => { edited = Boolean(field.value); });
onAnswer(({ changes }) => {
  if (changes && !edited) field.value = changes.map((one) => one.words).join("; ").slice(0, 80);
});
onChange((name) => { if (name === "text" && kept.length) compare(); });
list();
if (kept.length) compare();
