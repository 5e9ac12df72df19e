// What is chosen in pictures of dots: a ring around the delegation, a click that chooses another, and the members of
// the coalition before all others.
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

const FADED = 0.15;

// Whether a delegation stays as it is; others fade while a coalition is chosen.
export const stands = (key) => !state.coalition || facts.coalitions[state.coalition].includes(key);

// How opaque dots are: those outside the chosen coalition fade.
export function opacities(dots, opaque) {
  const keys = new Map(Object.entries(facts.names).map(([key, name]) => [plain(name), key]));
  return dots.text.map((name) => (stands(keys.get(name)) ? opaque : FADED));
}
