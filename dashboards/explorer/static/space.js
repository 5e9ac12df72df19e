// The issue space: a ring around the chosen delegation, the way it went, and where it stands.
import { facts, state } from "./linked.js";
import { CHOSEN, shown, special } from "./charts.js";
import { choose, chosenDot, opacities, ring } from "./chosen.js";

const DOTS = 1;  // place of the trace of delegations

// Where the delegations are after a round, across or up.
function places(name, round) {
  const { figure, steps } = shown.space, changes = steps[round].traces[DOTS] || {};
  return changes[name] || figure.data[DOTS][name];
}

function way(row) {
  const rounds = [...Array(state.round + 1).keys()];
  return {
    type: "scatter", mode: "lines", hoverinfo: "skip", showlegend: false, line: { color: CHOSEN, width: 2 },
    x: rounds.map((round) => places("x", round)[row]),
    y: rounds.map((round) => places("y", round)[row]),
  };
}

function drawn(figure) {
  const found = chosenDot(figure), data = [...figure.data], dots = data[DOTS];
  if (state.coalition) data[DOTS] = { ...dots, marker: { ...dots.marker, opacity: opacities(dots, 1) } };
  return found ? [...data, way(found.row), ...ring(figure)] : data;
}

const signed = (value) => (value < 0 ? "−" : "+") + Math.abs(value).toFixed(1);

function whereabouts(found) {
  const dot = chosenDot(found.figure);
  if (!dot) return "";
  const { trace, row } = dot, first = [places("x", 0)[row], places("y", 0)[row]];
  const moved = Math.hypot(trace.x[row] - first[0], trace.y[row] - first[1]);
  return " " + facts.names[state.country] + " lies " + signed(trace.x[row]) + " across and " + signed(trace.y[row])
    + " up, seen from the average position" + (state.round ? ", " + moved.toFixed(1) + " points from where it spoke at the opening." : ".");
}

special.space = { data: drawn, finding: whereabouts, clicked: choose, keeps: (changed) => changed === "country" || changed === "coalition" };
