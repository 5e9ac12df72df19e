"use strict";
// Draws the pictures of the report and follows its choosers. Everything comes from the block `report-data`.
const report = JSON.parse(document.getElementById("report-data").textContent);
const settings = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };

function byId(id) { return document.getElementById(id); }

function signed(value) { return (value < 0 ? "−" : "+") + Math.abs(value).toFixed(3); }

function draw(name, figure, finding) {
  const place = byId("chart-" + name);
  place.parentElement.setAttribute("aria-label", finding);
  // On a phone the legend takes several lines, so the picture gets taller.
  const taller = place.clientWidth < 480 && figure.data.some((trace) => trace.showlegend) ? 110 : 0;
  return Plotly.react(place, figure.data, { ...figure.layout, height: figure.layout.height + taller }, settings);
}

function fillTable(name, table) {
  const place = byId("table-" + name);
  const row = (cells, tag) => {
    const line = document.createElement("tr");
    cells.forEach((cell, index) => {
      const box = document.createElement(tag);
      box.textContent = cell;
      if (index > 0 && /^[−+\d.–% ]*$/.test(cell)) box.className = "number";
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
    series[name] = report.why.values[country][text][index] || report.why.dates.map(() => 0);
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
    Math.round(100 * endorses) + " % of all replicates. Its appeal is then " + signed(total) + " (it opposes below " +
    signed(lower) + ", endorses from " + signed(upper) + ")" + (parts.length ? ", made of " + parts.join(", ") : "") + ".";
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
  showChanges((report.why.changes[country] || {})[text] || []);
  const names = [...report.why.parts, "sum", "oppose_cut", "endorse_cut"];
  fillTable("why", {
    head: ["date", ...names.map((name) => report.why.words[name])],
    rows: report.why.dates.map((date, place) => [date, ...names.map((name) => signed(series[name][place]))]),
  });
}

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
