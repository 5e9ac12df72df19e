// The controls of the form of changes. Each shows the value of what is chosen beside it: of a delegation on an
// issue, of an article. What differs from the scenario is a pair of a name and what is written in the address.
import { all, byId } from "./page.js";

const told = JSON.parse(byId("changing").textContent);
const form = byId("what-if");
const known = new Map(told.controls.map((one) => [one.name, one]));
const asked = new Map();  // by name and choice: name, choice, value
const listeners = [];
export const steps = told.steps;

const keyOf = (name, choice) => name + "/" + choice;
const boxOf = (name) => form.querySelector(`[data-control="${name}"]`);
const valueOf = (name) => boxOf(name).querySelector("[data-value]");
const written = (one) => (one.choice ? one.choice + "/" + one.value : one.value);

// Which value a control shows: that of the choices beside it, or of the value of another control.
function choiceOf(name) {
  const { by } = known.get(name);
  if (by) return valueOf(by).value;
  return all("[data-choice]", boxOf(name)).map((one) => one.value).join("/");
}

function baseOf(name, choice) {
  const { base } = known.get(name);
  return base[choice] ?? base[""];
}

// Show a control as the changes have it, or as the scenario has it.
function show(name) {
  const one = known.get(name), box = boxOf(name), value = valueOf(name), choice = choiceOf(name);
  if (one.by) box.hidden = !(choice in one.base);
  const mine = asked.get(keyOf(name, choice)), own = baseOf(name, choice);
  if (value.tagName === "SELECT") {
    const options = one.options[choice];
    if (options) value.replaceChildren(...options.map(([key, words]) => new Option(words, key)));
    value.value = mine ? mine.value : own ?? "";
  } else {
    value.value = mine ? mine.value : own ?? (Number(value.min) + Number(value.max)) / 2;
    say(name, mine ? mine.value : own);
  }
  box.classList.toggle("moved", Boolean(mine));
}

// The value of a slider in words, and where on a worded scale it lies.
function say(name, value) {
  const box = boxOf(name), { marks } = known.get(name), issue = choiceOf(name).split("/").pop();
  const words = value === undefined ? "not known" : String(Number(Number(value).toPrecision(6))).replace("-", "−");
  byId("output-" + name).textContent = words;
  if (!marks[issue]) return;
  const scale = marks[issue], places = Object.keys(scale).map(Number);
  box.querySelector("[data-low]").textContent = scale[Math.min(...places)] || "";
  box.querySelector("[data-high]").textContent = scale[Math.max(...places)] || "";
  const near = places.reduce((best, place) => (Math.abs(place - value) < Math.abs(best - value) ? place : best), places[0]);
  box.querySelector("[data-mark]").textContent = value === undefined ? "" : "Near " + near + ": " + scale[near];
  valueOf(name).setAttribute("aria-valuetext", words + ", near: " + scale[near]);
}

function set(name, choice, value) {
  const key = keyOf(name, choice), { base } = known.get(name);
  asked.delete(key);
  if (value !== "" && String(value) !== String(base[choice] ?? base[""])) asked.set(key, { name, choice, value });
  if (name === "rule") dropOthers();
}

// Numbers of a rule that is not the chosen one would do nothing.
function dropOthers() {
  for (const [key, one] of asked) if (known.get(one.name).by === "rule" && one.choice !== valueOf("rule").value) asked.delete(key);
}

function showAll() {
  known.forEach((one, name) => { if (!one.switches) show(name); });
  all("input[type=checkbox]", form).forEach((one) => { one.checked = asked.has(keyOf(one.name, one.value)); });
}

function moved(event) {
  const box = event.target.closest("[data-control]");
  if (event.target.type === "checkbox") {
    const { name, value, checked } = event.target;
    asked.delete(keyOf(name, value));
    if (checked) asked.set(keyOf(name, value), { name, choice: "", value });
  } else if (event.target.matches("[data-value]")) {
    const name = box.dataset.control, value = event.target.value;
    // A slider snaps to its steps: back where the scenario has it, nothing is changed.
    const start = event.target.type === "range" ? snapped(event.target, baseOf(name, choiceOf(name))) : undefined;
    set(name, choiceOf(name), value === start ? "" : value);
    if (event.target.type !== "range") showAll();
    else {
      say(name, value === start ? baseOf(name, choiceOf(name)) : value);
      box.classList.toggle("moved", value !== start);
    }
  } else if (box) { show(box.dataset.control); return; }
  notify();
}

// Where a slider stands for a value.
function snapped(slider, value) {
  if (value === undefined) return undefined;
  const copy = slider.cloneNode();
  copy.value = value;
  return copy.value;
}

const notify = () => listeners.forEach((listener) => listener());

// Take what pairs ask for instead of all that is asked for now.
function take(pairs) {
  asked.clear();
  for (const [name, words] of pairs) {
    const one = known.get(name);
    if (!one) continue;
    const cut = one.switches || !(one.by || boxOf(name).querySelector("[data-choice]")) ? -1 : words.lastIndexOf("/");
    const choice = words.slice(0, Math.max(cut, 0)), value = words.slice(cut + 1);
    asked.set(keyOf(name, one.switches ? value : choice), { name, choice, value });
  }
  const rule = [...asked.values()].find((one) => one.name === "rule");
  if (rule) valueOf("rule").value = rule.value;
  showAll();
}

// Turn the choices of a control to one change, so that it can be moved on.
function lead(name, choice) {
  const box = boxOf(name);
  if (!box || !choice) return;
  const choosers = all("[data-choice]", box), parts = choosers.length === 1 ? [choice] : choice.split("/");
  choosers.forEach((one, place) => { one.value = parts[place]; });
  show(name);
}

form.addEventListener("input", moved);
form.addEventListener("submit", (event) => event.preventDefault());
take(told.asked);
told.asked.forEach(([name, words]) => lead(name, words.slice(0, Math.max(words.lastIndexOf("/"), 0))));

export const controls = {
  pairs: () => [...asked.values()].map((one) => [one.name, written(one)]),
  words: told.asked.map(([name, written, words]) => ({ name, written, words })),
  take: (pairs) => { take(pairs); notify(); },
  clear: () => { take([]); notify(); },
  remove: (name, words) => { take(controls.pairs().filter((pair) => pair[0] !== name || pair[1] !== words)); notify(); },
  onChange: (listener) => listeners.push(listener),
};
