// Events in the order of their dates; each shows the fields that its kind needs.

import { make } from "./dom.js";
import { adder, takeAway } from "./entries.js";
import { fieldset } from "./fields.js";
import { form } from "./names.js";
import { dotted, draft, edit, facts, seen } from "./store.js";

const ALL = ["date", "type", "nature", "sentence"];
const OF = {
  note: [],
  table_text: ["text"],
  trust_shock: ["sponsor", "delta", "targets"],
  assurance: ["sponsor", "delta", "targets", "kind", "text"],
  position_change: ["issue", "delta", "targets"],
  salience_change: ["issue", "delta", "targets"],
  statement: ["text", "speaker", "on_behalf_of", "wording", "delta", "targets", "reported_by"],
  bilateral: ["parties", "until", "weight", "within", "text", "wording", "delta"],
};
const open = new Set();

export function events(panel) {
  const found = Object.entries(draft.document.events ?? {}).sort(([, one], [, other]) =>
    one.date.localeCompare(other.date),
  );
  const begin = () => ({ date: draft.document.calendar[0].start, type: "note", nature: "exogenous", sentence: "" });
  panel.append(
    make(
      "section",
      { class: "card" },
      adder("event", ["events"], begin, (key) => open.add(key)),
    ),
    make("div", { class: "stack" }, ...found.map(([key, event]) => one(key, event))),
  );
  if (!found.length) panel.append(make("p", { class: "how" }, "There is no event yet."));
}

function one(key, event) {
  const path = ["events", key];
  const summary = make(
    "summary",
    {},
    make("strong", { "data-text": dotted([...path, "date"]) }, event.date),
    " ",
    make("span", { "data-text": dotted([...path, "sentence"]) }, event.sentence || key),
    " ",
    make("small", {}, event.type.replace("_", " ")),
  );
  const place = make("div");
  const details = make("details", { class: "card" }, summary, place);
  const fill = () => details.open && place.replaceChildren(fields(path, fill), takeAway("Take this event away", path));
  details.addEventListener("toggle", () => {
    if (details.open) open.add(key);
    else open.delete(key);
    if (!place.children.length) fill();
  });
  details.open = open.has(key);
  fill();
  return details;
}

// Another kind has other fields, which are there as soon as it is chosen.
function fields(path, again) {
  const retype = async (value) => {
    const saved = edit([{ path: [...path, "type"], value }]);
    again();
    document.querySelector(`[data-path="${CSS.escape(dotted([...path, "type"]))}"] select`).focus();
    await saved;
  };
  const specs = form(facts, "Event", [...ALL, ...OF[seen([...path, "type"])], "provenance"]);
  return fieldset(specs, path, { type: { commit: retype } });
}
