// Delegations: strategy and capability in a table, everything else of the one that is chosen.

import { choose, make } from "./dom.js";
import { adder, chooser, firstOf, takeAway } from "./entries.js";
import { cell } from "./cells.js";
import { fieldset } from "./fields.js";
import { form, namesOf } from "./names.js";
import { draft, facts } from "./store.js";

let chosen = "";

export function delegations(panel) {
  chosen = firstOf("delegations", chosen);
  const place = make("div");
  const draw = (key) => {
    chosen = key;
    const path = ["delegations", key];
    place.replaceChildren(
      fieldset(
        form(facts, "Delegation").filter((spec) => !["strategy", "capability"].includes(spec.key)),
        path,
      ),
      takeAway("Take this delegation away", path),
    );
  };
  const issues = Object.keys(draft.document.issues);
  const begin = (key) => ({ name: key, salience: Object.fromEntries(issues.map((issue) => [issue, 50])) });
  panel.append(
    make("section", { class: "card" }, make("h2", {}, "Strategy and capability"), table()),
    make(
      "section",
      { class: "card" },
      make("h2", {}, "One delegation"),
      make(
        "div",
        { class: "choosing" },
        chooser("Delegation", namesOf("delegations"), chosen, draw),
        adder("delegation", ["delegations"], begin, (key) => (chosen = key)),
      ),
      place,
    ),
  );
  draw(chosen);
}

function table() {
  const [strategy] = form(facts, "Delegation", ["strategy"]);
  const rows = namesOf("delegations").map(([key, words]) => {
    const select = choose(
      strategy.choices.map((one) => [one, one]),
      "",
      { "aria-label": `Strategy of ${words}` },
    );
    const capability = make("input", { inputmode: "decimal", "aria-label": `Capability of ${words}` });
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, words),
      cell(["delegations", key, "strategy"], select, (value) => value),
      cell(["delegations", key, "capability"], capability),
    );
  });
  const head = ["Delegation", "Strategy", "Capability, 0–100"].map((words) => make("th", { scope: "col" }, words));
  return make(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": "Strategy and capability" },
    make("table", { class: "grid" }, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)),
  );
}
