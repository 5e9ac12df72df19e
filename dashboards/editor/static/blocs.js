// Blocs: members, coordinator, discipline.

import { make } from "./dom.js";
import { adder, chooser, firstOf, takeAway } from "./entries.js";
import { fieldset } from "./fields.js";
import { form, namesOf } from "./names.js";
import { draft, facts } from "./store.js";

let chosen = "";

export function blocs(panel) {
  chosen = firstOf("blocs", chosen);
  const place = make("div");
  const draw = (key) => {
    chosen = key;
    const path = ["blocs", key];
    const names = make(
      "p",
      { class: "how" },
      (draft.document.blocs[key].members ?? []).map((one) => draft.document.delegations[one]?.name ?? one).join(", "),
    );
    place.replaceChildren(
      make(
        "section",
        { class: "card" },
        make("h2", { "data-text": `blocs.${key}.name` }, draft.document.blocs[key].name),
        names,
        fieldset(form(facts, "Bloc"), path),
        takeAway("Take this bloc away", path),
      ),
    );
  };
  const begin = (key) => ({ name: key, members: [] });
  const adding = adder("bloc", ["blocs"], begin, (key) => (chosen = key));
  panel.append(
    make(
      "div",
      { class: "choosing" },
      chosen ? chooser("Bloc", namesOf("blocs"), chosen, draw) : make("p", {}, "There is no bloc yet."),
      adding,
    ),
    place,
  );
  if (chosen) draw(chosen);
}
