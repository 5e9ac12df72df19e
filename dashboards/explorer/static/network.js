// The network of delegations: a ring around the chosen one, and to whom it is joined.
import { plain } from "./page.js";
import { change, facts, state } from "./linked.js";
import { CHOSEN, special } from "./charts.js";

function withRing(figure) {
  const label = plain(facts.names[state.country]);
  for (const trace of figure.data) {
    const row = trace.mode === "markers" && trace.text ? trace.text.indexOf(label) : -1;
    if (row >= 0) {
      const size = trace.marker.size[row] + 10;
      return [...figure.data, { type: "scatter", x: [trace.x[row]], y: [trace.y[row]], mode: "markers", hoverinfo: "skip", showlegend: false,
        marker: { symbol: "circle-open", size, color: CHOSEN, line: { width: 3, color: CHOSEN } } }];
    }
  }
  return figure.data;
}

function neighbours(found) {
  const row = found.table.rows.find((cells) => cells[0] === facts.names[state.country]);
  if (!row) return "";
  return " " + row[0] + (row[1] === "–" ? " stands alone" : " is in coalition " + row[1]) + (row[3] ? ", joined to " + row[3] : "") + ".";
}

function clicked(point) {
  const found = point.text && Object.keys(facts.names).find((key) => plain(facts.names[key]) === point.text);
  if (found) change("country", found);
}

special.network = { data: withRing, finding: neighbours, clicked, keeps: (changed) => changed === "country" };
