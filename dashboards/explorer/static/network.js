// The network of delegations at the chosen round: who is joined to whom, how strong a tie must be to be drawn,
// and the neighbourhood of the chosen delegation alone.
import { byId, plain } from "./page.js";
import { change, facts, follow, inAddress, state, wanted } from "./linked.js";
import { redraw, shown, special } from "./charts.js";
import { choose, opacities, ring } from "./chosen.js";

const FADED = 0.12, OPAQUE = 0.85;  // dots outside the neighbourhood, and all others
const NAMED = 20;  // delegations that are named in a neighbourhood
const slider = byId("weakest"), alone = byId("alone");

const weakest = () => (slider ? Number(slider.value) : shown.network.meta.shown);
const focused = () => Boolean(alone && alone.checked);
const names = () => shown.network.table.rows.map((cells) => cells[0]);
const chosen = () => names().indexOf(facts.names[state.country]);
const percent = (share) => (share > 0 && share < 0.005 ? "under 1" : share < 1 && share >= 0.995 ? "over 99" : Math.round(100 * share)) + "\u00a0%";

// The ties that are drawn now, as pairs of rows.
function lines() {
  const { pairs } = shown.network.meta, { ties } = shown.network.steps[state.round], least = weakest(), found = [];
  ties.forEach((tie, place) => { if (tie >= least) found.push([pairs[2 * place], pairs[2 * place + 1]]); });
  if (!focused()) return found;
  const near = neighbourhood(found);
  return found.filter(([one, other]) => near.has(one) && near.has(other));
}

// The chosen delegation and those it is joined to.
function neighbourhood(found) {
  const row = chosen();
  return new Set([row, ...found.filter((pair) => pair.includes(row)).flat()]);
}

function drawn(figure) {
  const { meta } = shown.network, dots = figure.data[meta.dots], found = lines(), near = focused() && neighbourhood(found);
  const along = (places) => found.flatMap(([one, other]) => [places[one], places[other], null]);
  const data = [...figure.data];
  data[meta.lines] = { ...data[meta.lines], x: along(dots.x), y: along(dots.y) };
  const opacity = opacities(dots, OPAQUE).map((one, row) => (near && !near.has(row) ? FADED : one));
  data[meta.dots] = { ...dots, marker: { ...dots.marker, opacity } };
  if (near) {
    data[meta.lines] = { ...data[meta.lines], opacity: 0.8, line: { ...data[meta.lines].line, width: 1.5 } };
    data.push(named(dots, [...near].slice(0, NAMED)));
  }
  return [...data, ...ring(figure)];
}

// The codes of delegations, above their dots.
function named(dots, rows) {
  const codes = new Map(Object.entries(facts.names).map(([code, name]) => [name, code])), all = names();
  return {
    type: "scatter", mode: "markers+text", marker: { size: rows.map((row) => dots.marker.size[row]), opacity: 0 }, x: rows.map((row) => dots.x[row]), y: rows.map((row) => dots.y[row]), hoverinfo: "skip", showlegend: false,
    text: rows.map((row) => plain(codes.get(all[row]))), textposition: "top center", textfont: { size: 12, color: "#1b1f24" },
  };
}

// In the neighbourhood alone, only its own are named.
const layout = () => (focused() ? { annotations: [] } : {});

function neighbours() {
  const row = chosen();
  if (row < 0) return "";
  const all = names(), near = lines().filter((pair) => pair.includes(row)).map(([one, other]) => all[one === row ? other : one]);
  const label = shown.network.steps[state.round].labels[row], letter = shown.network.meta.letters[label];
  return " " + all[row] + (letter ? " is in coalition " + letter : " stands alone") + (near.length ? ", joined to " + near.join(", ") : "") + ".";
}

function told() {
  const least = weakest();
  if (least === shown.network.meta.shown) return neighbours();
  const { labels } = shown.network.steps[state.round], { pairs } = shown.network.meta;
  const strong = shown.network.steps[state.round].ties.flatMap((tie, place) => (tie >= least ? [place] : []));
  const inside = strong.filter((place) => labels[pairs[2 * place]] >= 0 && labels[pairs[2 * place]] === labels[pairs[2 * place + 1]]);
  const share = strong.length ? inside.length / strong.length : 0;
  return " With a likeness of " + least + "\u00a0% or more there are " + strong.length + " lines, " + percent(share) + " of them inside a coalition." + neighbours();
}

// The table at the chosen round, for the lines that are drawn.
function table(found) {
  const last = state.round === facts.dates.length - 1;
  if (last && weakest() === shown.network.meta.shown && !focused()) return found.table;
  const all = names(), near = all.map(() => []), { labels } = shown.network.steps[state.round];
  lines().forEach(([one, other]) => { near[one].push(all[other]); near[other].push(all[one]); });
  return {
    head: found.table.head,
    rows: all.map((name, row) => [name, shown.network.meta.letters[labels[row]] || "–", String(near[row].length), near[row].join(", ")]),
  };
}

// A click on a coalition in the legend chooses it, a second one lets it go.
function legend(name) {
  const letter = (/ ([A-Z]+),/.exec(name) || [])[1];
  if (letter in facts.coalitions) change("coalition", state.coalition === letter ? "" : letter);
}

special.network = { legend, data: drawn, layout, finding: told, table, clicked: choose, keeps: (changed) => changed === "country" || changed === "coalition" };

if (slider) {
  const first = slider.value, say = () => { byId("weakest-value").textContent = slider.value + "\u00a0%"; };
  if (wanted.has("weakest")) slider.value = wanted.get("weakest");
  alone.checked = wanted.has("alone");
  inAddress(() => [...(slider.value === first ? [] : [["weakest", slider.value]]), ...(alone.checked ? [["alone", "yes"]] : [])]);
  [slider, alone].forEach((one) => one.addEventListener("input", () => {
    say();
    follow();
    if (shown.network) redraw("network");
  }));
  say();
}
