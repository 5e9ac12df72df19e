// Draws every chart of the page, says what it shows, and saves it.
import { all, byId, fillTable, get, saveTable } from "./page.js";
import { base, change, facts, follow, inAddress, onChange, query, state, wanted } from "./linked.js";

export const CHOSEN = "#b3004b";
export const settings = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };
export const shown = {};  // what each chart shows now: figure, finding, table, perhaps steps by round

// Pictures are fetched while the browser still reads Plotly's large script.
export const plotlyReady = window.Plotly ? Promise.resolve() : new Promise((done) => byId("plotly").addEventListener("load", done));

// Charts with ways of their own register here: `show(card, changed)` draws all of it; `data(figure)` and
// `finding(found)` add to what is drawn and said; `layout(figure)` and `table(found)` are shown instead of
// what came; `clicked(point)` answers a click; `keeps(changed)` tells what needs no new picture.
export const special = {};

const asked = {};  // counts questions, so that a late answer is dropped
const dark = matchMedia("(prefers-color-scheme: dark)");
const ON_DARK = {
  "#1b1f24": "#e8ebee", "#5b6470": "#a9b2bc", "#6b7280": "#98a2ad", "#d9dde2": "#3a424c", "#eceff2": "#262d35",
  "#ffffff": "#14181d", "#efeeea": "#2a313a", "#00304d": "#9fd4f5", "#7a3300": "#ffb27a", "#0072b2": "#3d9ad6", "#d55e00": "#ee7d2b", "#b3004b": "#ff5c9a",
};

// A figure in the colours of a dark screen; saved pictures keep their white ground.
export function inLight(figure) {
  if (!dark.matches) return figure;
  const written = JSON.stringify(figure).replace(/"(#[0-9a-f]{6})"/gi, (whole, colour) => '"' + (ON_DARK[colour.toLowerCase()] || colour) + '"');
  return JSON.parse(written.replace(/rgba\(255, ?255, ?255/g, "rgba(20,24,29"));
}

export async function show(card, changed) {
  const name = card.dataset.chart, own = special[name] || {};
  try {
    if (own.show) { await own.show(card, changed); return; }
    if (changed === "round" || changed === "size") { soon(name); return; }
    if (own.keeps && own.keeps(changed) && shown[name]) { redraw(name); return; }
    const count = (asked[name] = (asked[name] || 0) + 1);
    card.setAttribute("aria-busy", "true");
    const pick = card.querySelector("[data-pick]");
    const found = await get(base + "/picture/" + name + "?" + query() + (pick ? "&pick=" + encodeURIComponent(pick.value) : ""));
    await plotlyReady;
    if (count !== asked[name]) return;
    shown[name] = found;
    redraw(name);
    if (own.arrived) own.arrived(found);
  } catch (error) {
    byId("said-" + name).textContent = error.message;
  } finally {
    card.removeAttribute("aria-busy");
  }
}

// A slider on its way through the rounds leaves those out for which there is no time.
const due = new Set();

function soon(name) {
  if (due.has(name)) return;
  due.add(name);
  requestAnimationFrame(() => setTimeout(() => {
    due.delete(name);
    if (shown[name]) redraw(name);
  }));
}

// What is shown at the chosen round: the picture itself where it has no steps.
export function atRound(name) {
  const found = shown[name], step = found.steps && found.steps[state.round];
  if (!step) return found;
  const changes = step.traces || {};
  const data = found.figure.data.map((trace, index) => (changes[index] ? merged(trace, changes[index]) : trace));
  return { ...found, figure: { ...found.figure, data }, finding: step.finding ?? found.finding, table: step.table ?? found.table };
}

// A trace with other values; a name with dots leads into it ("marker.color").
function merged(trace, changes) {
  const copy = { ...trace };
  for (const [name, value] of Object.entries(changes)) {
    const way = name.split("."), last = way.pop();
    let place = copy;
    for (const part of way) { place[part] = { ...place[part] }; place = place[part]; }
    place[last] = value;
  }
  return copy;
}

export function redraw(name) {
  const own = special[name] || {}, now = atRound(name);
  draw(name, now.figure);
  tell(name, now.finding + (own.finding ? own.finding(now) : ""), own.table ? own.table(now) : now.table);
}

export function draw(name, figure) {
  const place = byId("chart-" + name), own = special[name] || {};
  const narrow = place.clientWidth < 480;
  const taller = narrow && figure.data.some((trace) => trace.showlegend) ? 110 : 0;
  const square = figure.layout.meta && figure.layout.meta.square ? place.clientWidth + 60 : Infinity;
  const height = Math.min(figure.layout.height + taller, square);
  const layout = { ...figure.layout, ...(own.layout ? own.layout(figure) : {}), height, shapes: shapesOf(name, figure) };
  const fresh = !place.data;
  const lit = inLight({ data: own.data ? own.data(figure) : figure.data, layout });
  Plotly.react(place, lit.data, lit.layout, settings);
  if (!fresh) return;
  place.on("plotly_click", (event) => clicked(name, event.points[0]));
  place.on("plotly_legendclick", (event) => {
    if (own.legend) own.legend(event.node.textContent);
    return !own.legend;
  });
}

// An upright line at the chosen round, on charts with a date axis.
function shapesOf(name, figure) {
  const layout = figure.layout, own = layout.shapes || [];
  const card = byId(name), date = facts.dates[state.round];
  if (!card.dataset.follows.includes("round")) return own;
  // Panels overlap a little at their edges; the first one that has the day shows it.
  const panel = Object.keys(layout).filter((axis) => /^xaxis\d*$/.test(axis) && isDated(layout[axis])).find((axis) => {
    const [from, to] = layout[axis].range.map((end) => String(end).slice(0, 10));
    return date >= from && date <= to;
  });
  if (!panel) return own;
  const line = { color: CHOSEN, width: 1.5 };
  return [...own, { type: "line", x0: date, x1: date, xref: panel.replace("axis", ""), y0: 0, y1: 1, yref: "paper", line }];
}

const isDated = (axis) => axis.range && /^\d{4}-\d\d-\d\d/.test(String(axis.range[0]));

function clicked(name, point) {
  const own = special[name] || {};
  if (own.clicked) { own.clicked(point); return; }
  const day = String(point.x).slice(0, 10);
  if (byId(name).dataset.follows.includes("round") && facts.dates.includes(day)) change("round", facts.dates.indexOf(day));
}

export function tell(name, finding, table) {
  byId("said-" + name).textContent = finding;
  byId("chart-" + name).parentElement.setAttribute("aria-label", finding);
  shown[name].told = table;
  const place = byId("table-" + name), fold = place.closest("details");
  if (fold.open) fillTable(place, table);
  else place.replaceChildren();
}

function save(name, kind) {
  const place = byId("chart-" + name), file = facts.key + "-" + name;
  if (kind === "csv") { saveTable(shown[name].told, file); return; }
  const own = special[name] || {}, figure = dark.matches && !own.show ? atRound(name).figure : place;
  Plotly.downloadImage(figure, { format: kind, filename: file, width: place.clientWidth, height: place.clientHeight, scale: kind === "png" ? 2 : 1 });
}

// A picture in its card; a card without one is hidden.
export function put(name, picture) {
  byId(name).hidden = !(picture && picture.figure);
  if (byId(name).hidden) { delete shown[name]; return; }
  shown[name] = picture;
  draw(name, picture.figure);
  tell(name, picture.finding, picture.table);
}

// Sentences, a line each.
export function say(id, sentences) {
  byId(id).replaceChildren(...sentences.map((words) => {
    const line = document.createElement("p");
    line.textContent = words;
    return line;
  }));
}

// Charts that a script of the page's own draws follow the look of the screen too.
export const relight = (names) => dark.addEventListener("change", () => names.forEach((name) => { if (shown[name]) draw(name, shown[name].figure); }));

// Draw the charts of the page that wait for no button, and keep them in step with what is chosen.
export function start(cards) {
  const chosen = (one) => ["pick-" + one.dataset.pick, one.value];
  inAddress(() => all("[data-pick]").map(chosen));
  all("[data-pick]").forEach((one) => {
    const value = wanted.get("pick-" + one.dataset.pick);
    if (all("option", one).some((option) => option.value === value)) one.value = value;
    one.addEventListener("change", () => { follow(); show(one.closest("[data-chart]")); });
  });
  all("[data-save]").forEach((button) => button.addEventListener("click", () => save(button.closest("[data-chart]").dataset.chart, button.dataset.save)));
  all("[data-chart] details").forEach((fold) => fold.addEventListener("toggle", () => {
    const place = fold.querySelector("table[id]"), found = place && shown[place.id.replace("table-", "")];
    if (fold.open && found && found.told) fillTable(place, found.told);
  }));
  onChange((name) => cards.filter((card) => card.dataset.follows.split(" ").includes(name)).forEach((card) => show(card, name)));
  let width = innerWidth, resized = null;
  addEventListener("resize", () => {
    clearTimeout(resized);
    if (innerWidth !== width) resized = setTimeout(() => { width = innerWidth; cards.forEach((card) => { if (shown[card.dataset.chart]) show(card, "size"); }); }, 150);
  });
  dark.addEventListener("change", () => cards.forEach((card) => { if (shown[card.dataset.chart]) show(card, "round"); }));
  return Promise.all(cards.map((card) => show(card)));
}
