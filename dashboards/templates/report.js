"use strict";
// Draws the pictures of the report and follows its choosers. Everything comes from the block `report-data`.
const report = unpacked(JSON.parse(document.getElementById("report-data").textContent));
const settings = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };

function byId(id) { return document.getElementById(id); }

// Long lists of words and of whole numbers come as Base64 VLQ, the length of their rows first: dashboards/packing.py.
function unpacked(document) {
  const unpack = (value) => {
    if (Array.isArray(value)) return value.map(unpack);
    if (value === null || typeof value !== "object") return value;
    if ("packedWords" in value) {
      const [wide, ...places] = numbersOf(value.packedWords);
      return inRows(places.map((place) => document.words[place]), wide);
    }
    if ("packedNumbers" in value) {
      const [wide, ...steps] = numbersOf(value.packedNumbers);
      let number = 0;
      return inRows(steps.map((step) => (number += step)), wide);
    }
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unpack(one)]));
  };
  return unpack(document.packed);
}

function numbersOf(code) {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", numbers = [];
  let number = 0, shift = 0;
  for (const letter of code) {
    const digit = digits.indexOf(letter);
    number += (digit & 31) << shift;
    shift += 5;
    if (digit < 32) {
      numbers.push(number & 1 ? -(number >> 1) : number >> 1);
      number = shift = 0;
    }
  }
  return numbers;
}

function inRows(cells, wide) {
  if (!wide) return cells;
  return Array.from({ length: cells.length / wide }, (_, row) => cells.slice(row * wide, (row + 1) * wide));
}

function signed(value) { return (value < 0 ? "−" : "+") + Math.abs(value).toFixed(3); }

function draw(name, figure, finding) {
  const place = byId("chart-" + name);
  place.parentElement.setAttribute("aria-label", finding);
  // On a phone the legend takes several lines, so the picture gets taller.
  const taller = place.clientWidth < 480 && figure.data.some((trace) => trace.showlegend) ? 110 : 0;
  const square = figure.layout.meta && figure.layout.meta.square ? place.clientWidth + 60 : Infinity;
  const height = Math.min(figure.layout.height + taller, square);
  return Plotly.react(place, figure.data, { template: report.look, ...figure.layout, height }, settings);
}

function fillTable(name, table) {
  const place = byId("table-" + name);
  const row = (cells, tag) => {
    const line = document.createElement("tr");
    cells.forEach((cell, index) => {
      const box = document.createElement(tag);
      box.textContent = cell;
      if (index > 0 && /^[−+\d.–%\s]*$/.test(cell)) box.className = "number";
      if (tag === "th") box.scope = "col";
      line.append(box);
    });
    return line;
  };
  const head = document.createElement("thead");
  head.append(row(table.head, "th"));
  const body = document.createElement("tbody");
  table.rows.forEach((cells) => body.append(row(cells.map(String), "td")));
  place.replaceChildren(head, body);
}

function showPicture(name) {
  const chooser = byId("choose-" + name);
  const picture = report.pictures[name][chooser ? chooser.value : ""];
  draw(name, picture.figure, picture.finding);
  fillTable(name, picture.table);
  const said = byId("said-" + name);
  if (said) said.textContent = picture.finding;
}

// The why-chart has one figure and a table of numbers for every delegation and text.
function whySeries(country, text) {
  const series = {};
  report.why.series.forEach((name, index) => {
    series[name] = report.why.values[country][text][index].map((value) => value / report.why.unit);
  });
  return series;
}

function whyFinding(country, text, series) {
  const last = report.why.dates.length - 1;
  const total = series.sum[last], upper = series.endorse_cut[last], lower = series.oppose_cut[last];
  const [stance, endorses] = report.why.stands[country][text];
  const parts = report.why.parts
    .map((name) => [report.why.words[name], series[name][last]])
    .filter((part) => Math.abs(part[1]) >= 0.005)
    .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]))
    .map((part) => part[0] + " " + signed(part[1]));
  return report.why.names[country] + " on the " + report.why.titles[text] + ": " + stance + " at the end, and endorsing in " +
    Math.round(100 * endorses) + "\u00a0% of all replicates. Its appeal is then " + signed(total) + " (it opposes below " +
    signed(lower) + ", endorses from " + signed(upper) + ")" + (parts.length ? ", made of " + parts.join(", ") : "") + ". The language that fits: " + rungOf(country, text) + ".";
}

function rungOf(country, text) {
  return report.why.rungs[country][Object.keys(report.why.titles).indexOf(text)];
}

function showRung(reached) {
  document.querySelectorAll(".ladder li").forEach((item) => {
    if (item.dataset.rung === reached) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
  });
}

function showChanges(changes) {
  byId("changes").replaceChildren(...changes.map((change) => {
    const item = document.createElement("li");
    const date = document.createElement("b");
    date.textContent = change.date + ": ";
    item.append(date, change.sentences.join(" "));
    return item;
  }));
  byId("no-changes").hidden = changes.length > 0;
}

function showWhy() {
  const country = byId("choose-country").value, text = byId("choose-why").value;
  const series = whySeries(country, text);
  const figure = report.why.figure;
  figure.data.forEach((trace) => {
    const meta = trace.meta, stretch = report.why.columns[meta.column - 1];
    const values = series[meta.series].slice(stretch[0], stretch[1]);
    trace.y = meta.side > 0 ? values.map((v) => Math.max(v, 0)) : meta.side < 0 ? values.map((v) => Math.min(v, 0)) : values;
  });
  const finding = whyFinding(country, text, series);
  draw("why", figure, finding);
  byId("said-why").textContent = finding;
  showRung(rungOf(country, text));
  showChanges((report.why.changes[country] || {})[text] || []);
  const names = [...report.why.parts, "sum", "oppose_cut", "endorse_cut"];
  fillTable("why", {
    head: ["date", ...names.map((name) => report.why.words[name])],
    rows: report.why.dates.map((date, place) => [date, ...names.map((name) => signed(series[name][place]))]),
  });
}

// The map is drawn once; a step of its slider sends only what changes.
function showMap() {
  const map = report.map, text = byId("choose-map").value, round = Number(byId("round-map").value);
  const codes = map.codes[text][round], place = byId("chart-map");
  const stance = (row) => map.stances[Math.floor(codes[row] / map.steps)];
  const share = (row) => codes[row] % map.steps;
  const words = (row) => plainText(map.names[row]) + ": " + stance(row).word + " in " + share(row) + "\u00a0% of replicates";
  const ink = (row) => (share(row) >= map.inks.from ? map.inks.light : map.inks.dark);
  const changing = {
    shapes: (rows) => ({ z: [rows.map((row) => codes[row])], text: [rows.map(words)] }),
    letters: (rows) => ({ text: [rows.map((row) => stance(row).letter)], "textfont.color": [rows.map(ink)] }),
    dots: (rows) => ({
      text: [rows.map(words)],
      "marker.color": [rows.map((row) => codes[row])],
      "marker.symbol": [rows.map((row) => stance(row).form)],
    }),
  };
  map.figure.data.forEach((trace, index) => {
    Plotly.restyle(place, changing[trace.meta.part](trace.meta.rows), [index]);
  });
  const finding = map.findings[text][round];
  place.parentElement.setAttribute("aria-label", finding);
  byId("said-map").textContent = finding;
  byId("date-map").textContent = map.dates[round];
  byId("round-map").setAttribute("aria-valuetext", map.dates[round]);
  fillTable("map", {
    head: ["delegation", "stance in most replicates", "in how many"],
    rows: map.names.map((name, row) => [name, stance(row).word, share(row) + "\u00a0%"]),
  });
}

// Plotly reads tags in labels.
function plainText(words) { return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;"); }

function startMap() {
  const place = byId("chart-map"), figure = report.map.figure, narrow = place.clientWidth < 480;
  figure.layout.height = Math.round(place.clientWidth * 0.44) + 60;
  // On a phone small letters would cover the states that they stand for.
  if (narrow) {
    figure.data.forEach((trace) => {
      if (trace.meta.part === "letters") trace.textfont.size = trace.meta.area.map((area) => (area >= 1500000 ? 8 : area >= 450000 ? 6 : 0.1));
      if (trace.meta.part === "dots") trace.marker.size = 5;
    });
  }
  Plotly.newPlot(place, figure.data, { template: report.look, ...figure.layout }, settings).then(showMap);
  byId("choose-map").addEventListener("change", showMap);
  byId("round-map").addEventListener("input", showMap);
}

function listContents() {
  byId("contents").replaceChildren(...[...document.querySelectorAll("main > section")].map((section) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.setAttribute("href", "#" + section.id);
    link.textContent = section.querySelector("h2").textContent;
    item.append(link);
    return item;
  }));
}

// The lists of acts are in the page; the choosers hide what is about others.
function showActs() {
  const who = byId("choose-actor").value, text = byId("choose-about").value;
  const shown = ["acts", "votes"].map((kind) => {
    const list = byId("list-" + kind);
    const left = [...list.children].filter((item) => {
      item.hidden = (who && !item.dataset.who.split(" ").includes(who)) || (text && item.dataset.text !== text);
      return !item.hidden;
    }).length;
    list.classList.toggle("long", left > 12);
    return left;
  });
  const named = byId("choose-actor").selectedOptions[0].textContent;
  byId("said-acts").textContent = (who ? named : "Everybody together") + ": " + shown[0] + (shown[0] === 1 ? " act" : " acts") +
    " before the vote and " + shown[1] + (shown[1] === 1 ? " explanation" : " explanations") + " of it.";
}

listContents();
showActs();
["choose-actor", "choose-about"].forEach((id) => byId(id).addEventListener("change", showActs));
if (report.map) startMap();
Object.keys(report.pictures).forEach((name) => {
  showPicture(name);
  const chooser = byId("choose-" + name);
  if (chooser) chooser.addEventListener("change", () => showPicture(name));
});
showWhy();
["choose-country", "choose-why"].forEach((id) => byId(id).addEventListener("change", showWhy));

const charts = () => [...document.querySelectorAll(".chart")];
window.addEventListener("beforeprint", () => charts().forEach((chart) => Plotly.relayout(chart, { width: 680 })));
window.addEventListener("afterprint", () => charts().forEach((chart) => Plotly.relayout(chart, { width: null, autosize: true })));
