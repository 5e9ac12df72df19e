// What stands beside the dots: the scale in words, the reversion point, and where the texts lie.

import { make } from "./dom.js";
import { draft } from "./store.js";
import { stacked } from "./stacking.js";

const points = (issue) =>
  Object.entries(draft.document.issues[issue].anchors ?? {}).sort(([one], [other]) => one - other);

export function ticks(issue, value) {
  const found = points(issue)
    .map(([at]) => Number(at))
    .filter((at) => at >= 0 && at <= 100);
  const shown = value === "positions" && found.length ? found : [0, 25, 50, 75, 100];
  const line = make("div", { class: "axis", "aria-hidden": "true" });
  for (const at of shown) {
    const tick = make("span", {}, String(at));
    tick.style.left = `${at}%`;
    line.append(tick);
  }
  return line;
}

export function anchors(issue) {
  const found = points(issue);
  const { low_pole: low, high_pole: high } = draft.document.issues[issue];
  if (!found.length)
    return make("p", { class: "poles" }, make("span", {}, low || "0"), make("span", {}, high || "100"));
  const even = found.every(([at], place) => Math.abs(at - (100 * place) / (found.length - 1)) < 1);
  const list = make("dl", { class: even ? "anchors even" : "anchors" });
  list.style.setProperty("--columns", String(found.length));
  for (const [at, words] of found) list.append(make("div", {}, make("dt", {}, at), make("dd", {}, words)));
  return list;
}

export function landmarks(issue) {
  const { reversion, reversion_note: note } = draft.document.issues[issue];
  const line = make("div", { class: "reversion", "aria-hidden": "true" });
  line.style.left = `${reversion}%`;
  const places = Object.entries(draft.marks[issue] ?? {});
  const keys = Object.keys(draft.document.texts);
  const { rows, count } = stacked(places, 600, 26);
  const strip = make("div", { class: "strip", "aria-hidden": "true" });
  strip.style.height = `${Math.max(1, count) * 1.6}rem`;
  for (const [key, at] of places) {
    const mark = make("span", {}, String(keys.indexOf(key) + 1));
    mark.style.left = `${at}%`;
    mark.style.top = `${rows.get(key) * 1.6}rem`;
    strip.append(mark);
  }
  const said = keys.map((key, number) => {
    const at = draft.marks[issue]?.[key];
    return make(
      "li",
      {},
      make("span", { class: "mark", "aria-hidden": "true" }, String(number + 1)),
      ` ${draft.document.texts[key].title}: ${at === undefined ? "silent on this" : at}`,
    );
  });
  const legend = make(
    "ul",
    { class: "legend" },
    make(
      "li",
      {},
      make("span", { class: "dash", "aria-hidden": "true" }),
      ` If nothing is agreed: ${reversion}${note ? ` (${note})` : ""}`,
    ),
    ...said,
  );
  return { line, strip, legend };
}
