// One of several entries of a keyed table is chosen, added or taken away.

import { button, choose, fresh, labelled, make } from "./dom.js";
import { alter, draft, seen } from "./store.js";

const KEY = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

// The chooser of an entry; `draw` draws the one that is chosen.
export function chooser(noun, options, chosen, draw) {
  const select = choose(options, chosen);
  select.addEventListener("change", () => draw(select.value));
  return labelled(noun, select);
}

// A button that takes an entry away, and asks by turning into a second one.
export function takeAway(words, path) {
  const said = make("p", { class: "said-of-it", role: "alert" });
  const first = button(words, () => {
    first.hidden = true;
    sure.hidden = stay.hidden = false;
    stay.focus();
  });
  const sure = button("Yes, take it away", async () => say(said, await alter([{ path, value: null }])), {
    class: "risky",
  });
  const stay = button("Keep it", () => {
    sure.hidden = stay.hidden = true;
    first.hidden = false;
    first.focus();
  });
  sure.hidden = stay.hidden = true;
  return make("div", { class: "acts" }, first, sure, stay, said);
}

// A small form that adds an entry under a key of the user's; `entry` makes it of the key.
export function adder(noun, path, entry, then = () => {}, suggested = "") {
  const input = make("input", { id: fresh("key"), autocomplete: "off", value: suggested });
  const said = make("p", { class: "said-of-it", role: "alert", id: fresh("said") });
  input.setAttribute("aria-describedby", said.id);
  const add = async (event) => {
    event.preventDefault();
    const key = input.value.trim();
    if (!KEY.test(key)) return say(said, [{ said: "Name it with letters, digits, - and _, at most 64." }]);
    if (key in (seen(path) ?? {})) return say(said, [{ said: `There is ${key} already.` }]);
    then(key);
    say(said, await alter([{ path: [...path, key], value: entry(key) }]));
  };
  const submit = make("button", { type: "submit" }, `Add ${noun}`);
  return make(
    "form",
    { class: "adding", on: { submit: add } },
    make("label", { for: input.id }, `Name of a new ${noun}`),
    input,
    submit,
    said,
  );
}

export function say(element, problems) {
  element.textContent = problems.map(({ column, said }) => (column ? `${column}: ${said}` : said)).join("\n");
}

export const firstOf = (table, wanted) =>
  draft.document[table]?.[wanted] ? wanted : Object.keys(draft.document[table] ?? {})[0];
