// One field: its label, its control, its hint, and a place for what is wrong with it.

import { button, choose, fresh, make } from "./dom.js";
import { namesOf } from "./names.js";
import { dotted, edit, onChange, problems, seen } from "./store.js";

const WIDE = {
  kinds: ["prose", "places", "words", "speakers"],
  keys: ["title", "question", "sentence", "note", "members", "provenance"],
};
const shown = new Map(); // the fields on the page, by dotted path
export const clear = () => shown.clear();

export function numberIn(words, needed = true) {
  const plain = words.trim().replace("−", "-").replace(",", ".");
  if (plain === "") return needed ? "" : null;
  return Number.isFinite(Number(plain)) ? Number(plain) : plain;
}

export const asWords = (value) => (value == null ? "" : String(value));

// A field of the form at a path of the draft. `commit` sends its value in another way, `choices` are those of now.
export function field(spec, path, { commit, choices } = {}) {
  const send = commit ?? ((value) => edit([{ path, value }]));
  const id = fresh(`field-${spec.key}`);
  const control = controlOf(spec, path, send, choices, id);
  const range = spec.range && spec.range !== "a number" ? `${spec.range[0].toUpperCase()}${spec.range.slice(1)}.` : "";
  const hint = [range, spec.hint].filter(Boolean).join(" ");
  const said = make("p", { class: "said-of-it", id: `${id}-said`, role: "alert" });
  const describing = [hint && `${id}-hint`, said.id].filter(Boolean).join(" ");
  const wide = WIDE.kinds.includes(spec.kind) || WIDE.keys.includes(spec.key) ? " wide" : "";
  const small = hint ? make("small", { id: `${id}-hint` }, hint) : null;
  let whole;
  if (control.many) {
    const legend = make("legend", {}, spec.label);
    whole = make(
      "fieldset",
      { class: `field many ${spec.kind}${wide}`, "aria-describedby": describing },
      legend,
      small,
      control.element,
      said,
    );
  } else if (spec.kind === "truth") {
    control.input.setAttribute("aria-describedby", describing);
    whole = make("div", { class: "field truth" }, control.element, make("label", { for: id }, spec.label), small, said);
  } else {
    control.input.setAttribute("aria-describedby", describing);
    whole = make(
      "div",
      { class: `field${wide}` },
      make("label", { for: id }, spec.label),
      control.element,
      small,
      said,
    );
  }
  whole.dataset.path = dotted(path);
  register(dotted(path), control.input ?? whole, said, () => control.show(seen(path) ?? spec.default));
  return whole;
}

// Make a control of one's own show what is wrong with the value at a path.
export function register(path, input, said, show) {
  shown.set(path, { input, said, show });
  show();
}

export const fieldset = (specs, path, options = {}) =>
  make("div", { class: "fields" }, ...specs.map((spec) => field(spec, [...path, spec.key], options[spec.key] ?? {})));

function controlOf(spec, path, send, choices, id) {
  if (spec.kind === "truth") {
    const input = make("input", { type: "checkbox", id, on: { change: () => send(input.checked) } });
    return { element: input, input, show: (value) => (input.checked = value === true) };
  }
  if (spec.kind === "choice" || choices || (spec.of && spec.kind === "line")) {
    const options = choices ?? spec.choices?.map((one) => [String(one), String(one)]) ?? namesOf(spec.of);
    const values = new Map((spec.choices ?? []).map((one) => [String(one), one]));
    const input = choose(spec.needed ? options : [["", "–"], ...options], "", { id });
    input.addEventListener("change", () => send(input.value === "" ? null : (values.get(input.value) ?? input.value)));
    return { element: input, input, show: (value) => (input.value = asWords(value)) };
  }
  if (spec.kind === "list") return listOf(spec, send, id);
  if (spec.kind === "places") return places(path, id);
  if (spec.kind === "words") return words(path);
  if (spec.kind === "speakers") return speakers(path);
  return typed(spec, send, id);
}

function typed(spec, send, id) {
  const prose = spec.kind === "prose";
  const input = make(prose ? "textarea" : "input", { id, autocomplete: "off", rows: prose ? 4 : null });
  if (spec.kind === "date") input.type = "date";
  if (spec.kind === "number") input.inputMode = "decimal";
  const value = () => {
    if (spec.kind === "number") return numberIn(input.value, spec.needed);
    if (spec.kind === "date") return input.value || (spec.needed ? "" : null);
    return input.value;
  };
  input.addEventListener("change", () => send(value()));
  return { element: input, input, show: (now) => (input.value = asWords(now)) };
}

function listOf(spec, send, id) {
  const input = make("input", { id, autocomplete: "off" });
  const read = () => input.value.split(/[,;\s]+/).filter(Boolean);
  const adding = choose([["", "Add …"], ...namesOf(spec.of)], "", {
    "aria-label": `Add to ${spec.label.toLowerCase()}`,
  });
  adding.addEventListener("change", () => {
    if (adding.value && !read().includes(adding.value)) send([...read(), adding.value]);
    adding.value = "";
  });
  input.addEventListener("change", () => send(read()));
  const element = make("div", { class: "list" }, input, adding);
  return { element, input, show: (value) => (input.value = (value ?? []).join(", ")) };
}

// Rows of a keyed table of values: a label, a control, and what is wrong; one more can be added.
function rowsOf(path, { row, adding }) {
  const rows = make("div", { class: "rows" });
  const element = make("div", {}, rows, adding ?? "");
  let drawn = null;
  const show = (value) => {
    const keys = JSON.stringify(Object.keys(value ?? {}));
    if (keys !== drawn) rows.replaceChildren(...Object.keys(value ?? {}).map((key) => row(key)));
    drawn = keys;
    for (const key of Object.keys(value ?? {})) shown.get(dotted([...path, key]))?.show();
  };
  return { many: true, element, show };
}

function valueRow(path, words, input, read) {
  const said = make("p", { class: "said-of-it", id: fresh("said"), role: "alert" });
  input.id = fresh("value");
  input.setAttribute("aria-describedby", said.id);
  input.addEventListener("change", () => edit([{ path, value: read(input.value) }]));
  register(dotted(path), input, said, () => (input.value = asWords(seen(path))));
  return make("div", { class: "row" }, make("label", { for: input.id }, words), input, said);
}

function places(path) {
  const titles = new Map(namesOf("issues"));
  const adding = choose([["", "Add a place on …"], ...titles], "", { "aria-label": "Add a place on an issue" });
  adding.addEventListener("change", () => {
    if (adding.value) edit([{ path: [...path, adding.value], value: 50 }]);
    adding.value = "";
  });
  const row = (key) =>
    valueRow([...path, key], titles.get(key) ?? key, make("input", { inputmode: "decimal" }), (typedIn) =>
      numberIn(typedIn, false),
    );
  return rowsOf(path, { row, adding });
}

function words(path) {
  const at = make("input", {
    inputmode: "decimal",
    "aria-label": "Where a new point lies, 0 to 100",
    placeholder: "0–100",
  });
  const said = make("input", { "aria-label": "The new point in words", placeholder: "In words" });
  const add = button("Add a point", () => {
    const place = numberIn(at.value);
    if (typeof place !== "number" || place < 0 || place > 100) return at.focus();
    edit([{ path: [...path, String(place)], value: said.value }]);
    at.value = said.value = "";
  });
  const row = (key) => valueRow([...path, key], `At ${key}`, make("input", {}), (typedIn) => typedIn || null);
  return rowsOf(path, { row, adding: make("div", { class: "adding" }, at, said, add) });
}

function speakers(path) {
  const adding = choose([["", "Add a speaker towards …"], ...namesOf("parties")], "", {
    "aria-label": "Add a speaker towards a partner",
  });
  adding.addEventListener("change", () => {
    const [first] = seen([...path.slice(0, -1), "members"]) ?? [];
    if (adding.value && first) edit([{ path: [...path, adding.value], value: first }]);
    adding.value = "";
  });
  const row = (key) =>
    valueRow(
      [...path, key],
      `Towards ${key}`,
      choose([["", "nobody"], ...namesOf("delegations")], ""),
      (chosen) => chosen || null,
    );
  return rowsOf(path, { row, adding });
}

// What is wrong, beside the field it concerns, or beside the one that was changed last. Words that stay are left
// alone, so that nobody has them read out again.
function mark() {
  const words = new Map([...shown.values()].map(({ said }) => [said, []]));
  const wrong = new Set();
  for (const { column, from, said } of problems()) {
    const at = nearest(column) ?? nearest(from);
    if (!at) continue;
    const own = !column || column === at.path || column.startsWith(`${at.path}.`);
    words.get(at.said).push(own ? said : `${column}: ${said}`);
    wrong.add(at.input);
  }
  for (const [said, lines] of words) if (said.textContent !== lines.join("\n")) said.textContent = lines.join("\n");
  for (const { input } of shown.values()) {
    if (wrong.has(input)) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}

function nearest(path) {
  for (let at = path; at; at = at.includes(".") ? at.slice(0, at.lastIndexOf(".")) : "") {
    if (shown.has(at)) return { path: at, ...shown.get(at) };
  }
  return null;
}

onChange((what) => {
  if (what === "values") {
    for (const one of shown.values())
      if (document.activeElement !== one.input || one.input.type === "checkbox") one.show();
  }
  if (what !== "waiting") mark();
});
export { mark };
