// Title, question, prose, rule, calendar and the parameters of the model.

import { button, make } from "./dom.js";
import { field, fieldset } from "./fields.js";
import { form, namesOf } from "./names.js";
import { alter, draft, edit, facts, seen } from "./store.js";

const card = (title, ...children) => make("section", { class: "card" }, make("h2", {}, title), ...children);
const WORDS = ["title", "question", "story"];
const MORE = ["look_for", "teacher_notes", "objectives", "sources", "limits"];
const MAIN = ["name", "quota", "vetoes", "days"];
const FIRST = [
  "drafting",
  "redraft_days",
  "trust_weight",
  "peer_weight",
  "precision",
  "endorse_threshold",
  "oppose_threshold",
  "commitment",
  "openness",
  "instruction_rate",
];

export function about(panel) {
  const more = form(facts, "Scenario", MORE);
  panel.append(
    card(
      "What it is about",
      fieldset(form(facts, "Scenario", WORDS), []),
      unfold("More for readers", fieldset(more, [])),
    ),
    card(
      "Calendar",
      make("p", { class: "how" }, "Stretches of rounds of equal length, one after the other."),
      stretches(),
    ),
    card(
      "Decision rule",
      make("p", { class: "how" }, "Held against public stances after every round."),
      rule("rule"),
      unfold("A recorded vote at the end", vote()),
    ),
    card(
      "Parameters of the model",
      make("p", { class: "how" }, "Most of them are assumed. Advice on ranges is advice, not a limit."),
      dynamics(),
    ),
  );
}

const unfold = (words, ...children) => make("details", {}, make("summary", {}, words), ...children);

function rule(name) {
  const specs = form(facts, "Rule");
  const few = specs.filter(({ key }) => MAIN.includes(key));
  const many = specs.filter(({ key }) => !MAIN.includes(key));
  return make("div", {}, fieldset(few, [name]), unfold("All that a rule may leave open", fieldset(many, [name])));
}

function vote() {
  if (draft.document.final_vote) {
    return make(
      "div",
      {},
      rule("final_vote"),
      button("No vote at the end", () => alter([{ path: ["final_vote"], value: null }])),
    );
  }
  return button("Hold a vote at the end", () => alter([{ path: ["final_vote"], value: { name: "simple-majority" } }]));
}

function stretches() {
  const now = () => seen(["calendar"]) ?? [];
  const rows = now().map((_, number) => {
    const commit = (key) => ({
      commit: (value) =>
        edit([{ path: ["calendar"], value: now().map((one, at) => (at === number ? { ...one, [key]: value } : one)) }]),
    });
    const specs = form(facts, "Stretch");
    const options = Object.fromEntries(specs.map(({ key }) => [key, commit(key)]));
    const gone = button(
      "Take away",
      () => alter([{ path: ["calendar"], value: now().filter((_, at) => at !== number) }]),
      { "aria-label": `Take away stretch ${number + 1}` },
    );
    return make(
      "div",
      { class: "stretch" },
      fieldset(specs, ["calendar", String(number)], options),
      now().length > 1 ? gone : null,
    );
  });
  const add = button("Add a stretch", () =>
    alter([{ path: ["calendar"], value: [...now(), { start: end(now().at(-1)), length: "month", rounds: 3 }] }]),
  );
  return make("div", {}, ...rows, add);
}

// The first day after a stretch.
function end({ start, length, rounds }) {
  const day = new Date(`${start}T00:00:00Z`);
  if (length === "month") day.setUTCMonth(day.getUTCMonth() + rounds);
  else day.setUTCDate(day.getUTCDate() + rounds * { day: 1, week: 7, fortnight: 14 }[length]);
  return day.toISOString().slice(0, 10);
}

function dynamics() {
  const specs = form(facts, "Dynamics").map((one) => ({ ...one, hint: `${one.hint} Usual: ${one.default}.`.trim() }));
  const force = field(form(facts, "Scenario", ["force_issue"])[0], ["force_issue"], { choices: namesOf("issues") });
  const few = FIRST.map((name) => specs.find(({ key }) => key === name));
  const many = specs.filter(({ key }) => !FIRST.includes(key));
  return make(
    "div",
    {},
    fieldset(few, ["dynamics"]),
    unfold("All other parameters", make("div", { class: "fields" }, force), fieldset(many, ["dynamics"])),
  );
}
