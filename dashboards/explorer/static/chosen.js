// The chosen delegation in pictures of dots: a ring around it, and a click that chooses another.
import { plain } from "./page.js";
import { change, facts, state } from "./linked.js";
import { CHOSEN } from "./charts.js";

// Where the chosen delegation is among the dots: its trace and its place there.
export function chosenDot(figure) {
  const label = plain(facts.names[state.country]);
  for (const trace of figure.data) {
    const row = trace.mode === "markers" && trace.text ? trace.text.indexOf(label) : -1;
    if (row >= 0) return { trace, row };
  }
  return null;
}

export function ring(figure) {
  const found = chosenDot(figure);
  if (!found) return [];
  const { trace, row } = found, size = trace.marker.size[row] + 10;
  return [{
    type: "scatter", x: [trace.x[row]], y: [trace.y[row]], mode: "markers", hoverinfo: "skip", showlegend: false,
    marker: { symbol: "circle-open", size, color: CHOSEN, line: { width: 3, color: CHOSEN } },
  }];
}

export function choose(point) {
  const found = point.text && Object.keys(facts.names).find((key) => plain(facts.names[key]) === point.text);
  if (found) change("country", found);
}
