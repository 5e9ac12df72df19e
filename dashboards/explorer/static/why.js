// When the chosen delegation changed its stance, and why, beneath the chart of its reasons.
import { byId } from "./page.js";
import { special } from "./charts.js";

function arrived({ changes }) {
  const told = changes.length ? changes : [{ date: "It never changed in the first replicate", sentences: [] }];
  byId("changes").replaceChildren(...told.map((change) => {
    const item = document.createElement("li"), date = document.createElement("b");
    date.textContent = change.date + (change.sentences.length ? ": " : ".");
    item.append(date, change.sentences.join(" "));
    return item;
  }));
}

special.why = { arrived };
