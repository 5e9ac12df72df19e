// What the class answered before and after, in counts, and the switch that asks it.
import { act, byId, el, facts, onParts, parts } from "./live.js";

const row = (head, cells) => el("tr", {}, el("th", { scope: "row" }, head), ...cells.map((cell) => el("td", {}, String(cell))));
const across = (words, columns) => el("tr", {}, el("th", { scope: "rowgroup", colSpan: columns, className: "across" }, words));

function table(moments) {
  const { statements, marks } = facts.questions;
  return el("table", { className: "counts" },
    el("thead", {}, el("tr", {}, ...["", ...marks].map((words) => el("th", { scope: "col" }, words)))),
    el("tbody", {}, ...statements.flatMap(([key, words]) => [across(words, marks.length + 1), ...moments.map((one) => row(one.moment, one.counts[key]))])));
}

function answers() {
  const moments = parts.answers, counted = moments.filter((one) => Object.keys(one.counts).length);
  byId("answers").replaceChildren(...(moments.some((one) => one.answered) ? [
    el("p", { className: "quiet" }, moments.map((one) => one.title + ": " + one.answered + " answered").join(". ") + ". Counts appear from three answers on."),
    ...(counted.length ? [el("details", {}, el("summary", {}, "What the class answered"), table(counted), ...counted.flatMap((one) => [el("p", {}, facts.questions.open[one.moment]), el("ul", {}, ...one.words.map((words) => el("li", {}, words)))]))] : []),
  ] : []));
}

onParts((changed) => {
  if (changed.includes("answers")) answers();
  if (changed.includes("desk")) byId("asks").setAttribute("aria-pressed", String(parts.desk.asks));
});
byId("asks").addEventListener("click", async () => {
  try {
    await act("questionnaire", { on: !parts.desk.asks });
    byId("problem").textContent = "";
  } catch (error) {
    byId("problem").textContent = error.message;
  }
});
