// Follows the choosers of the report on the screen.
function signed(value) { return (value < 0 ? "−" : "+") + Math.abs(value).toFixed(3); }

// The headline follows what is chosen; where there is none the section is headed by what it is about.
function headed(name, headline) {
  const place = byId("head-" + name);
  if (!place) return;
  place.textContent = headline || place.dataset.about;
  place.previousElementSibling.hidden = !headline;
}

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
      if (index > 0 && /^[−+±\d.,–%()→\s]*$/.test(cell)) box.className = "number";
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
  byId("said-" + name).textContent = picture.finding;
  byId("said-" + name).hidden = picture.finding === picture.headline + ".";
  headed(name, picture.headline);
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
  headed("why", report.why.names[country] + " endorses the text in " + Math.round(100 * report.why.stands[country][text][1]) + "\u00a0% of replicates");
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
  const place = byId("chart-map"), changing = mapped(text, round);
  map.figure.data.forEach((trace, index) => {
    Plotly.restyle(place, changing[trace.meta.part](trace.meta.rows), [index]);
  });
  const finding = map.findings[text][round];
  place.parentElement.setAttribute("aria-label", finding);
  byId("said-map").textContent = finding;
  headed("map", map.headlines[text][round]);
  byId("date-map").textContent = map.dates[round];
  byId("round-map").setAttribute("aria-valuetext", map.dates[round]);
  fillTable("map", {
    head: ["delegation", "stance in most replicates", "in how many"],
    rows: map.names.map((name, row) => [name, changing.stance(row).word, changing.share(row) + "\u00a0%"]),
  });
}

function startMap() {
  const place = byId("chart-map"), figure = fitMap(report.map.figure, place.clientWidth);
  Plotly.newPlot(place, figure.data, { template: report.look, ...figure.layout }, settings).then(showMap);
  byId("choose-map").addEventListener("change", showMap);
  byId("round-map").addEventListener("input", showMap);
}

// The contents stand open beside the report where there is room, and mark where the reader is.
function startContents() {
  const wide = window.matchMedia("(min-width: 78rem)"), box = document.querySelector("#contents details");
  const fit = () => { box.open = wide.matches; };
  fit();
  wide.addEventListener("change", fit);
  const links = new Map([...box.querySelectorAll("a")].map((link) => [link.getAttribute("href").slice(1), link]));
  links.forEach((link) => link.addEventListener("click", () => { if (!wide.matches) box.open = false; }));
  const watch = new IntersectionObserver((seen) => {
    seen.filter((one) => one.isIntersecting).forEach((one) => {
      links.forEach((link, name) => {
        if (name === one.target.id) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    });
  }, { rootMargin: "-15% 0px -80% 0px" });
  document.querySelectorAll("main > section").forEach((section) => watch.observe(section));
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
  headed("acts", shown[0] + (shown[0] === 1 ? " act leads" : " acts lead") + " to the vote" + (who ? " that concern " + named : "") + " in the first replicate");
  byId("said-acts").textContent = (who ? named : "Everybody together") + ": " + shown[0] + (shown[0] === 1 ? " act" : " acts") +
    " before the vote and " + shown[1] + (shown[1] === 1 ? " explanation" : " explanations") + " of it.";
}

startContents();
drawCover();
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

// On paper figures fit the page, and short tables that are folded on the screen stand open.
const charts = () => [...document.querySelectorAll(".chart")], SHORT = 20;
let opened = [];
window.addEventListener("beforeprint", () => {
  charts().forEach((chart) => Plotly.relayout(chart, { width: 680 }));
  opened = [...document.querySelectorAll("main details:not([open])")].filter((box) => {
    const lines = box.querySelectorAll("tr").length;
    return lines > 0 && lines <= SHORT + 1;
  });
  opened.forEach((box) => { box.open = true; });
});
window.addEventListener("afterprint", () => {
  charts().forEach((chart) => Plotly.relayout(chart, { width: null, autosize: true }));
  opened.forEach((box) => { box.open = false; });
});
