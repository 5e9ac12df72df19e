// The world map: drawn once; a step sends only what changes.
import { all, byId, get, plain } from "./page.js";
import { base, change, state } from "./linked.js";
import { stands } from "./chosen.js";
import { CHOSEN, inLight, plotlyReady, settings, shown, special, tell } from "./charts.js";

const FADED = 0.18;
const REST = 250;  // milliseconds after which a map that is stepped through is drawn by Plotly again
let ready = null, map = null, resting = null, letters = null;

async function build(place) {
  const [world, found] = await Promise.all([get("/static/world.json"), get(base + "/map")]);
  await plotlyReady;
  window.PlotlyGeoAssets = { topojson: { world_50m: world } };
  map = { ...found, figure: inLight(found.figure) };
  const figure = map.figure;
  figure.data.push({ type: "scattergeo", lon: [], lat: [], mode: "markers", hoverinfo: "skip", showlegend: false, meta: { part: "chosen" },
    marker: { symbol: "circle-open", size: 20, color: CHOSEN, line: { width: 3, color: CHOSEN } } });
  fit(place);
  recode(figure.data);
  await Plotly.newPlot(place, figure.data, figure.layout, settings);
  place.on("plotly_click", (event) => clicked(event.points[0]));
}

// As high as its width asks for, with smaller letters and dots on a phone.
function fit(place) {
  const narrow = place.clientWidth < 480, { data, layout } = map.figure;
  layout.height = Math.round(place.clientWidth * 0.46) + 60;
  for (const trace of data) {
    const { part, area } = trace.meta;
    if (part === "letters") {
      letters = letters || trace.textfont.size;
      trace.textfont = { ...trace.textfont, size: narrow ? area.map((one) => (one >= 1500000 ? 8 : one >= 450000 ? 6 : 0.1)) : letters };
    }
    if (part === "dots") trace.marker = { ...trace.marker, size: narrow ? 5 : 8 };
    if (part === "chosen") trace.marker = { ...trace.marker, size: narrow ? 14 : 20 };
  }
}

const codes = () => map.codes[state.text][state.round];
const stance = (row) => map.stances[Math.floor(codes()[row] / map.steps)];
const share = (row) => codes()[row] % map.steps;
const words = (row) => plain(map.names[row]) + ": " + stance(row).word + " in " + share(row) + "\u00a0% of replicates";
const clear = (row) => (stands(map.countries[row]) ? 1 : FADED);  // members of the chosen coalition stay, others fade
const ink = (row) => (share(row) >= map.inks.from ? map.inks.light : map.inks.dark);

// What each part of the map shows now.
const changing = {
  shapes: (rows) => ({ z: rows.map((row) => codes()[row]), text: rows.map(words), "marker.opacity": rows.map(clear) }),
  letters: (rows) => ({ text: rows.map((row) => stance(row).letter), "textfont.color": rows.map(ink) }),
  dots: (rows) => ({ text: rows.map(words), "marker.color": rows.map((row) => codes()[row]), "marker.opacity": rows.map(clear), "marker.symbol": rows.map((row) => stance(row).form) }),
  chosen: () => chosenPlace(),
};

function recode(data) {
  for (const trace of data) {
    for (const [name, value] of Object.entries(changing[trace.meta.part](trace.meta.rows))) {
      const [part, inner] = name.split(".");
      if (inner) trace[part] = { ...trace[part], [inner]: value };
      else trace[part] = value;
    }
  }
}

// Plotly draws the whole map anew for every change, which takes longer than a step of the slider may. So what is
// on the screen is painted at once, and Plotly follows when the slider rests: it keeps what hovering and saving need.
function paint(place) {
  const [letters, dots] = all(".scatterlayer .trace", place);
  all(".choroplethlayer path", place).forEach((shape, index) => {
    const row = rowOf("shapes", index);
    shape.style.fill = colour(codes()[row]);
    shape.style.opacity = clear(row);
  });
  all("text", letters).forEach((word, index) => {
    const row = rowOf("letters", index);
    word.textContent = stance(row).letter;
    word.style.fill = ink(row);
  });
  all("path.point", dots).forEach((dot, index) => {
    const row = rowOf("dots", index);
    dot.style.fill = colour(codes()[row]);
    dot.style.opacity = clear(row);
  });
  clearTimeout(resting);
  resting = setTimeout(() => redraw(place), REST);
}

const rowOf = (part, index) => map.figure.data.find((trace) => trace.meta.part === part).meta.rows[index];

function colour(code) {
  const { cmin, cmax, colorscale } = map.figure.layout.coloraxis, place = (code - cmin) / (cmax - cmin);
  const after = Math.max(1, colorscale.findIndex(([end]) => end >= place));
  const [[from, first], [to, last]] = [colorscale[after - 1], colorscale[after]];
  const part = to > from ? (place - from) / (to - from) : 1;
  const mixed = [1, 3, 5].map((start) => Math.round((1 - part) * parseInt(first.slice(start, start + 2), 16) + part * parseInt(last.slice(start, start + 2), 16)));
  return "rgb(" + mixed.join(",") + ")";
}

function redraw(place) {
  recode(place.data);
  return Plotly.redraw(place);
}

async function show(card, changed) {
  const place = byId("chart-map"), fresh = !ready;
  ready = ready || build(place);
  await ready;
  if (!fresh && changed === "size") {
    fit(place);
    recode(map.figure.data);
    Plotly.react(place, map.figure.data, { ...map.figure.layout }, settings);
  } else if (!fresh && changed === "country") redraw(place);
  else if (!fresh) paint(place);
  const chosen = map.countries.indexOf(state.country);
  const own = chosen < 0 ? "" : " " + map.names[chosen] + ": " + stance(chosen).word + " in " + share(chosen) + "\u00a0% of replicates.";
  shown.map = { figure: map.figure };
  const together = state.coalition ? " " + ofCoalition() : "";
  tell("map", map.findings[state.text][state.round] + own + together, {
    head: ["delegation", "stance in most replicates", "in how many"],
    rows: map.names.map((name, row) => [name, stance(row).word, share(row) + "\u00a0%"]),
  });
}

function ofCoalition() {
  const rows = map.countries.flatMap((key, row) => (stands(key) ? [row] : []));
  const count = (word) => rows.filter((row) => stance(row).word === word).length;
  return "Of the " + rows.length + " delegations of coalition " + state.coalition + " on the map " + count("endorsing") + " endorse, " + count("studying") + " study and " + count("opposing") + " oppose.";
}

function chosenPlace() {
  const row = map.countries.indexOf(state.country);
  const parts = map.figure.data.filter((trace) => trace.meta.part === "letters" || trace.meta.part === "dots");
  const found = parts.find((trace) => trace.meta.rows.includes(row));
  if (!found) return { lon: [], lat: [] };
  const place = found.meta.rows.indexOf(row);
  return { lon: [found.lon[place]], lat: [found.lat[place]] };
}

function clicked(point) {
  if (point.data.meta && point.data.meta.rows) change("country", map.countries[point.data.meta.rows[point.pointIndex]]);
}

special.map = { show };
