// Candidate texts: their articles, and the options in brackets.

import { make } from "./dom.js";
import { adder, chooser, firstOf, takeAway } from "./entries.js";
import { fieldset } from "./fields.js";
import { form, namesOf } from "./names.js";
import { dotted, draft, facts } from "./store.js";

const MAIN = ["title", "sponsors", "status", "tabled"];
const open = new Set(); // the articles that are unfolded
let chosen = "";

export function texts(panel) {
  chosen = firstOf("texts", chosen);
  const place = make("div");
  const draw = (key) => {
    chosen = key;
    place.replaceChildren(...one(key));
  };
  const first = Object.keys(draft.document.issues)[0];
  const begin = () => ({ title: "A new text", articles: { 1: { wording: "", places: { [first]: 50 } } } });
  panel.append(
    make(
      "div",
      { class: "choosing" },
      chooser("Text", namesOf("texts"), chosen, draw),
      adder("text", ["texts"], begin, (key) => (chosen = key)),
    ),
    place,
  );
  draw(chosen);
}

function one(key) {
  const path = ["texts", key];
  const text = draft.document.texts[key];
  const specs = form(facts, "Text");
  const few = specs.filter((spec) => MAIN.includes(spec.key));
  const many = specs.filter((spec) => !MAIN.includes(spec.key));
  const begin = () => ({ wording: "", places: { [Object.keys(draft.document.issues)[0]]: 50 } });
  return [
    make(
      "section",
      { class: "card" },
      make("h2", {}, "The text"),
      fieldset(few, path),
      make("details", {}, make("summary", {}, "More about this text"), fieldset(many, path)),
      takeAway("Take this text away", path),
    ),
    make(
      "div",
      { class: "stack" },
      ...Object.keys(text.articles).map((name) => article([...path, "articles", name], name, text.articles[name])),
    ),
    make(
      "section",
      { class: "card" },
      adder(
        "article",
        [...path, "articles"],
        begin,
        (name) => open.add(dotted([...path, "articles", name])),
        free(text.articles),
      ),
    ),
  ];
}

// The next number that no entry has.
function free(table, before = "") {
  let number = Object.keys(table).length + 1;
  while (`${before}${number}` in table) number += 1;
  return `${before}${number}`;
}

function article(path, name, now) {
  const specs = form(facts, "Article", [
    "title",
    "wording",
    "places",
    "chosen",
    "strength",
    "part",
    "agreed",
    "funded",
  ]);
  const options = Object.keys(now.options ?? {});
  const wordings = [["tabled", "the tabled wording"], ...options.map((key) => [key, key])];
  const details = make(
    "details",
    { class: "card article" },
    make(
      "summary",
      {},
      make("strong", {}, `Article ${name}`),
      " ",
      make("span", { "data-text": dotted([...path, "title"]) }, now.title ?? ""),
      " ",
      make("small", {}, bracketed(options.length)),
    ),
    fieldset(specs, path, { chosen: { choices: wordings } }),
    ...options.map((key) =>
      option(
        [...path, "options", key],
        key,
        options.filter((other) => other !== key),
      ),
    ),
    adder(
      "option",
      [...path, "options"],
      () => ({ wording: "", places: { ...now.places } }),
      undefined,
      free(now.options ?? {}, "alternative-"),
    ),
    takeAway(`Take article ${name} away`, path),
  );
  details.open = open.has(dotted(path));
  details.addEventListener("toggle", () => (details.open ? open.add(dotted(path)) : open.delete(dotted(path))));
  return details;
}

const bracketed = (count) => (count ? `${count} ${count > 1 ? "options" : "option"} in brackets` : "no options");

function option(path, name, others) {
  const specs = form(facts, "Option", ["wording", "places", "proposed_by", "amends", "delete"]);
  return make(
    "fieldset",
    { class: "option" },
    make("legend", {}, `[ ${name} ]`),
    fieldset(specs, path, { amends: { choices: others.map((key) => [key, key]) } }),
    takeAway(`Take ${name} away`, path),
  );
}
