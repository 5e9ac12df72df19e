// The world map: drawn once; a step sends only what changes.
import { byId, get, plain } from "./page.js";
import { base, change, state } from "./linked.js";
import { CHOSEN, inLight, settings, shown, special, tell } from "./charts.js";

let ready = null, map = null;

async function build(place) {
  const [world, found] = await Promise.all([get("/static/world.json"), get(base + "/map")]);
  window.PlotlyGeoAssets = { topojson: { world_50m: world } };
  map = { ...found, figure: inLight(found.figure) };
  const figure = map.figure, narrow = place.clientWidth < 480;
  figure.layout.height = Math.round(place.clientWidth * 0.46) + 60;
  if (narrow) {
    figure.data.forEach((trace) => {
      if (trace.meta.part === "letters") trace.textfont.size = trace.meta.area.map((area) => (area >= 1500000 ? 8 : area >= 450000 ? 6 : 0.1));
      if (trace.meta.part === "dots") trace.marker.size = 5;
    });
  }
  figure.data.push({ type: "scattergeo", lon: [], lat: [], mode: "markers", hoverinfo: "skip", showlegend: false, meta: { part: "chosen" },
    marker: { symbol: "circle-open", size: narrow ? 14 : 20, color: CHOSEN, line: { width: 3, color: CHOSEN } } });
  recode(figure.data);
  await Plotly.newPlot(place, figure.data, figure.layout, settings);
  place.on("plotly_click", (event) => clicked(event.points[0]));
}

const codes = () => map.codes[state.text][state.round];
const stance = (row) => map.stances[Math.floor(codes()[row] / map.steps)];
const share = (row) => codes()[row] % map.steps;
const words = (row) => plain(map.names[row]) + ": " + stance(row).word + " in " + share(row) + "\u00a0% of replicates";
const ink = (row) => (share(row) >= map.inks.from ? map.inks.light : map.inks.dark);

// What each part of the map shows now.
const changing = {
  shapes: (rows) => ({ z: rows.map((row) => codes()[row]), text: rows.map(words) }),
  letters: (rows) => ({ text: rows.map((row) => stance(row).letter), "textfont.color": rows.map(ink) }),
  dots: (rows) => ({ text: rows.map(words), "marker.color": rows.map((row) => codes()[row]), "marker.symbol": rows.map((row) => stance(row).form) }),
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

async function show() {
  const place = byId("chart-map"), fresh = !ready;
  ready = ready || build(place);
  await ready;
  if (!fresh) {
    const before = place.data.map((trace) => ({ ...trace }));
    recode(place.data);
    const differs = (trace, index) => JSON.stringify([trace.z, trace.text, trace.lon, trace.marker]) !== JSON.stringify([before[index].z, before[index].text, before[index].lon, before[index].marker]);
    if (place.data.some(differs)) Plotly.redraw(place);
  }
  const chosen = map.countries.indexOf(state.country);
  const own = chosen < 0 ? "" : " " + map.names[chosen] + ": " + stance(chosen).word + " in " + share(chosen) + "\u00a0% of replicates.";
  shown.map = { figure: map.figure };
  tell("map", map.findings[state.text][state.round] + own, {
    head: ["delegation", "stance in most replicates", "in how many"],
    rows: map.names.map((name, row) => [name, stance(row).word, share(row) + "\u00a0%"]),
  });
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
