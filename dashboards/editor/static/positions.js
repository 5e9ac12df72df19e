// Where everybody stands on an issue: dots on a worded scale, or a table of numbers.

import { cell } from "./cells.js";
import { choose, labelled, make } from "./dom.js";
import { fieldset, numberIn } from "./fields.js";
import { form, namesOf } from "./names.js";
import { scale } from "./scale.js";
import { draft, facts, onChange } from "./store.js";

const chosen = { issue: "", value: "positions", look: "scale", bloc: "" };
let [redraw, drawn] = [() => {}, ""];
const VALUES = [
  ["positions", "Position"],
  ["salience", "Salience"],
];
const LOOKS = [
  ["scale", "Dots on a scale"],
  ["table", "Table of numbers"],
];

export function positions(panel) {
  if (!draft.document.issues[chosen.issue]) chosen.issue = Object.keys(draft.document.issues)[0];
  const [above, below] = [make("div"), make("div")];
  redraw = () => {
    drawn = signature();
    above.replaceChildren(...(chosen.look === "scale" ? scale(chosen) : table()));
  };
  const draw = () => {
    redraw();
    below.replaceChildren(words());
  };
  const pick = (name, label, options) => {
    const select = choose(options, chosen[name]);
    select.addEventListener("change", () => {
      chosen[name] = select.value;
      draw();
    });
    const field = labelled(label, select);
    field.dataset.pick = name;
    return field;
  };
  panel.append(
    make(
      "div",
      { class: "choosing" },
      pick("issue", "Issue", namesOf("issues")),
      pick("value", "What is shown", VALUES),
      pick("look", "As", LOOKS),
      pick("bloc", "Mark a bloc", [["", "None"], ...namesOf("blocs")]),
    ),
    above,
    below,
  );
  draw();
}

// What is written on the scale: its words, its reversion point, and where the texts lie.
const signature = () => JSON.stringify([draft.document.issues[chosen.issue], draft.marks[chosen.issue]]);
onChange((what) => {
  if (what === "values" && document.querySelector("[data-pick=issue]") && signature() !== drawn) redraw();
});

function table() {
  const { issue } = chosen;
  const rows = namesOf("delegations").map(([key, words]) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, words),
      ...VALUES.map(([name, label]) => {
        const input = make("input", { inputmode: "decimal", "aria-label": `${label} of ${words}` });
        return cell(["delegations", key, name, issue], input, (typed) => numberIn(typed, false));
      }),
    ),
  );
  const head = ["Delegation", "Position, 0–100", "Salience, 0–100"].map((label) => make("th", { scope: "col" }, label));
  return [
    make("p", { class: "how" }, "An empty cell is a value that nobody knows."),
    make(
      "div",
      {
        class: "scroll",
        tabindex: "0",
        role: "region",
        "aria-label": `Positions and salience on ${draft.document.issues[issue].title}`,
      },
      make("table", { class: "grid" }, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)),
    ),
  ];
}

function words() {
  const path = ["issues", chosen.issue];
  return make(
    "details",
    { class: "card" },
    make("summary", {}, "The words of this scale, and its reversion point"),
    fieldset(form(facts, "Issue"), path),
  );
}
