// Follows the page's choosers: what is chosen stands in the address, and every picture shows it.
const byId = (id) => document.getElementById(id);
const all = (what, where = document) => [...where.querySelectorAll(what)];
const settings = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };
const INK = "#1b1f24", CHOSEN = "#b3004b";

async function get(path) {
  const answer = await fetch(path);
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.problem || "The server does not answer as it should.");
  return found;
}

async function wait(key) {
  const found = await get("/api/" + encodeURIComponent(key) + "/progress");
  if (found.state !== "running") { location.reload(); return; }
  byId("progress").max = found.total;
  byId("progress").value = found.done;
  byId("progress-words").textContent = found.done ? found.done + " of " + found.total + " replicates" : "";
  setTimeout(() => wait(key), 300);
}

// Plotly reads tags in labels.
const plain = (words) => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function fillTable(place, table) {
  const row = (cells, tag) => {
    const line = document.createElement("tr");
    cells.forEach((cell, place) => {
      const box = document.createElement(tag);
      box.textContent = cell;
      if (place > 0 && /^[−+\d.–%()\s]*$/.test(cell)) box.className = "number";
      if (tag === "th") box.scope = "col";
      line.append(box);
    });
    return line;
  };
  const head = document.createElement("thead"), body = document.createElement("tbody");
  head.append(row(table.head, "th"));
  table.rows.forEach((cells) => body.append(row(cells.map(String), "td")));
  place.replaceChildren(head, body);
}

// The form of changes: what differs from the scenario goes into the address and is run again on demand.
function whatIf(base, follow, present) {
  const form = byId("what-if"), sliders = all("input[type=range]", form);
  const start = new Map(sliders.map((one) => {
    const value = one.value;
    one.value = one.dataset.base;
    const first = one.value;
    one.value = value;
    return [one, first];
  }));

  function pairs() {
    const found = sliders.filter((one) => one.value !== start.get(one)).map((one) => [one.name, one.value]);
    all("input[type=checkbox]:checked, select", form).forEach((one) => { if (one.value) found.push([one.name, one.value]); });
    return new URLSearchParams(found).toString();
  }

  async function rerun() {
    const button = form.querySelector("button");
    button.disabled = true;
    byId("effect").setAttribute("aria-busy", "true");
    byId("effect-status").textContent = "The negotiation is run again …";
    try {
      const answer = await fetch(base + "/what-if", { method: "POST", body: pairs(), headers: { "Content-Type": "application/x-www-form-urlencoded" } });
      const found = await answer.json();
      if (!answer.ok) throw new Error(found.problem);
      present(found);
      byId("effect-status").textContent = found.figure ? "It has been run again." : found.sentences[0];
      byId("problem").textContent = "";
    } catch (error) {
      byId("effect-status").textContent = "";
      byId("problem").textContent = error.message;
    } finally {
      button.disabled = false;
      byId("effect").removeAttribute("aria-busy");
    }
  }

  const tell = () => sliders.forEach((one) => { byId("value-" + one.name).textContent = one.value; });
  form.addEventListener("input", () => { tell(); follow(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); rerun(); });
  form.addEventListener("reset", () => setTimeout(() => {
    sliders.forEach((one) => { one.value = start.get(one); });
    all("input[type=checkbox]", form).forEach((one) => { one.checked = false; });
    all("select", form).forEach((one) => { one.value = ""; });
    tell();
    follow();
  }));
  tell();
  if (pairs()) rerun();
  return () => (pairs() ? "&" + pairs() : "");
}

function explore(facts) {
  const base = "/api/" + encodeURIComponent(facts.key);
  const state = { text: byId("text").value, country: byId("country").value, round: Number(byId("round").value) };
  const cards = all("[data-chart]:not(#effect)");  // what changes do is shown when it has been run again
  const shown = {};  // what each chart shows now: figure, finding, table
  const asked = {};  // counts questions, so that a late answer is dropped
  let shapes = null, map = null, playing = null;

  const query = () => new URLSearchParams(state).toString();
  const changing = byId("what-if") ? whatIf(base, () => follow(), (found) => present(found)) : () => "";
  const picks = () => all("[data-pick]").map((one) => "&pick-" + one.dataset.pick + "=" + encodeURIComponent(one.value)).join("");

  function follow() {
    history.replaceState(null, "", location.pathname + "?" + query() + picks() + changing());
    all("#views a").forEach((link) => { link.href = link.pathname + "?" + query(); });
  }

  function change(name, value) {
    if (state[name] === value) return;
    state[name] = value;
    byId(name).value = value;
    if (name === "round") showDay();
    follow();
    cards.filter((card) => card.dataset.follows.split(" ").includes(name)).forEach((card) => show(card, name));
  }

  function showDay() {
    byId("day").textContent = facts.days[state.round];
    byId("round").setAttribute("aria-valuetext", facts.days[state.round]);
  }

  // One chart: fetched anew where the text or delegation changed, marked anew where only the round did.
  async function show(card, changed) {
    const name = card.dataset.chart;
    try {
      if (name === "map") { await showMap(); return; }
      if (changed === "round") { mark(name); return; }
      if (name === "network" && shown.network) { draw(name); tell(name, shown.network.finding + neighbours(), shown.network.table); return; }
      const count = (asked[name] = (asked[name] || 0) + 1);
      card.setAttribute("aria-busy", "true");
      const pick = card.querySelector("[data-pick]");
      const found = await get(base + "/picture/" + name + "?" + query() + (pick ? "&pick=" + encodeURIComponent(pick.value) : ""));
      if (count !== asked[name]) return;
      shown[name] = found;
      draw(name);
      tell(name, found.finding + (name === "network" ? neighbours() : ""), found.table);
      if (found.changes) tellChanges(found.changes);
    } catch (error) {
      byId("said-" + name).textContent = error.message;
    } finally {
      card.removeAttribute("aria-busy");
    }
  }

  function draw(name) {
    const place = byId("chart-" + name), figure = shown[name].figure;
    const narrow = place.clientWidth < 480;
    const taller = narrow && figure.data.some((trace) => trace.showlegend) ? 110 : 0;
    const square = figure.layout.meta && figure.layout.meta.square ? place.clientWidth + 60 : Infinity;
    const height = Math.min(figure.layout.height + taller, square);
    const layout = { ...figure.layout, height, shapes: shapesOf(name) };
    const fresh = !place.data;
    Plotly.react(place, name === "network" ? withRing(figure.data) : figure.data, layout, settings);
    if (fresh) place.on("plotly_click", (event) => clicked(name, event.points[0]));
  }

  // An upright line at the chosen round, on charts with a date axis.
  function shapesOf(name) {
    const layout = shown[name].figure.layout, own = layout.shapes || [];
    const card = byId(name), date = facts.dates[state.round];
    if (!card.dataset.follows.includes("round")) return own;
    // Panels overlap a little at their edges; the first one that has the day shows it.
    const panel = Object.keys(layout).filter((axis) => /^xaxis\d*$/.test(axis) && layout[axis].range).find((axis) => {
      const [from, to] = layout[axis].range.map((end) => String(end).slice(0, 10));
      return date >= from && date <= to;
    });
    if (!panel) return own;
    const line = { color: CHOSEN, width: 1.5 };
    return [...own, { type: "line", x0: date, x1: date, xref: panel.replace("axis", ""), y0: 0, y1: 1, yref: "paper", line }];
  }

  function mark(name) {
    if (shown[name]) Plotly.relayout(byId("chart-" + name), { shapes: shapesOf(name) });
  }

  // A ring around the chosen delegation.
  function withRing(data) {
    const label = plain(facts.names[state.country]);
    for (const trace of data) {
      const row = trace.mode === "markers" && trace.text ? trace.text.indexOf(label) : -1;
      if (row >= 0) {
        const size = trace.marker.size[row] + 10;
        return [...data, { type: "scatter", x: [trace.x[row]], y: [trace.y[row]], mode: "markers", hoverinfo: "skip", showlegend: false,
          marker: { symbol: "circle-open", size, color: CHOSEN, line: { width: 3, color: CHOSEN } } }];
      }
    }
    return data;
  }

  // To whom the chosen delegation is joined in the network.
  function neighbours() {
    const row = shown.network.table.rows.find((cells) => cells[0] === facts.names[state.country]);
    if (!row) return "";
    return " " + row[0] + (row[1] === "–" ? " stands alone" : " is in coalition " + row[1]) + (row[3] ? ", joined to " + row[3] : "") + ".";
  }

  function clicked(name, point) {
    if (name === "map" && point.data.meta && point.data.meta.rows) change("country", map.countries[point.data.meta.rows[point.pointIndex]]);
    if (name === "network" && point.text) {
      const found = Object.keys(facts.names).find((key) => plain(facts.names[key]) === point.text);
      if (found) change("country", found);
    }
    if ((name === "support" || name === "why") && facts.dates.includes(String(point.x).slice(0, 10))) {
      change("round", facts.dates.indexOf(String(point.x).slice(0, 10)));
    }
  }

  function tell(name, finding, table) {
    byId("said-" + name).textContent = finding;
    byId("chart-" + name).parentElement.setAttribute("aria-label", finding);
    if (shown[name]) shown[name].table = table;
    fillTable(byId("table-" + name), table);
  }

  // What changes do: a sentence a line.
  function present(found) {
    byId("effect").hidden = !found.figure;
    if (!found.figure) return;
    shown.effect = found;
    draw("effect");
    tell("effect", found.finding, found.table);
    byId("said-effect").replaceChildren(...found.sentences.map((words) => {
      const line = document.createElement("p");
      line.textContent = words;
      return line;
    }));
  }

  function tellChanges(changes) {
    const told = changes.length ? changes : [{ date: "It never changed in the first replicate", sentences: [] }];
    byId("changes").replaceChildren(...told.map((change) => {
      const item = document.createElement("li"), date = document.createElement("b");
      date.textContent = change.date + (change.sentences.length ? ": " : ".");
      item.append(date, change.sentences.join(" "));
      return item;
    }));
  }

  // The map is drawn once; a step sends only what changes.
  async function showMap() {
    const place = byId("chart-map");
    if (!shapes) {
      shapes = Promise.all([get("/static/world.json"), get(base + "/map")]).then(async ([world, found]) => {
        window.PlotlyGeoAssets = { topojson: { world_50m: world } };
        map = found;
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
        await Plotly.newPlot(place, figure.data, figure.layout, settings);
        place.on("plotly_click", (event) => clicked("map", event.points[0]));
      });
    }
    await shapes;
    const codes = map.codes[state.text][state.round];
    const stance = (row) => map.stances[Math.floor(codes[row] / map.steps)];
    const share = (row) => codes[row] % map.steps;
    const words = (row) => plain(map.names[row]) + ": " + stance(row).word + " in " + share(row) + "\u00a0% of replicates";
    const ink = (row) => (share(row) >= map.inks.from ? map.inks.light : map.inks.dark);
    const changing = {
      shapes: (rows) => ({ z: [rows.map((row) => codes[row])], text: [rows.map(words)] }),
      letters: (rows) => ({ text: [rows.map((row) => stance(row).letter)], "textfont.color": [rows.map(ink)] }),
      dots: (rows) => ({ text: [rows.map(words)], "marker.color": [rows.map((row) => codes[row])], "marker.symbol": [rows.map((row) => stance(row).form)] }),
      chosen: () => chosenPlace(),
    };
    map.figure.data.forEach((trace, index) => Plotly.restyle(place, changing[trace.meta.part](trace.meta.rows), [index]));
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
    if (!found) return { lon: [[]], lat: [[]] };
    const place = found.meta.rows.indexOf(row);
    return { lon: [[found.lon[place]]], lat: [[found.lat[place]]] };
  }

  function save(name, kind) {
    const place = byId("chart-" + name), file = facts.key + "-" + name;
    if (kind !== "csv") {
      Plotly.downloadImage(place, { format: kind, filename: file, width: place.clientWidth, height: place.clientHeight, scale: kind === "png" ? 2 : 1 });
      return;
    }
    // A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    const cell = (words) => {
      const safe = /^[=+\-@\t\r]/.test(words) && !/^[+-]?[\d.,]+$/.test(words) ? "'" + words : words;
      return /[",\n\r]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
    };
    const table = shown[name].table;
    const lines = [table.head, ...table.rows].map((cells) => cells.map((one) => cell(String(one))).join(","));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
    link.download = file + ".csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function stop() {
    clearInterval(playing);
    playing = null;
    byId("play").textContent = "Play";
    byId("play").setAttribute("aria-pressed", "false");
  }

  function play() {
    if (playing) { stop(); return; }
    const last = facts.dates.length - 1;
    if (state.round === last) change("round", 0);
    byId("play").textContent = "Stop";
    byId("play").setAttribute("aria-pressed", "true");
    playing = setInterval(() => {
      if (state.round >= last) stop();
      else change("round", state.round + 1);
    }, 700);
  }

  async function listMore() {
    const here = decodeURIComponent(location.pathname.split("/")[3] || "overview");
    for (const [key, title] of await get(base + "/views")) {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = "/of/" + encodeURIComponent(facts.key) + "/" + key + "?" + query();
      link.dataset.view = key;
      link.textContent = title;
      if (key === here) link.setAttribute("aria-current", "page");
      item.append(link);
      byId("views").append(item);
    }
  }

  ["text", "country"].forEach((name) => byId(name).addEventListener("change", () => change(name, byId(name).value)));
  byId("round").addEventListener("input", () => { if (playing) stop(); change("round", Number(byId("round").value)); });
  byId("play").addEventListener("click", play);
  const wanted = new URLSearchParams(location.search);
  all("[data-pick]").forEach((one) => {
    const value = wanted.get("pick-" + one.dataset.pick);
    if (all("option", one).some((option) => option.value === value)) one.value = value;
    one.addEventListener("change", () => { follow(); show(one.closest("[data-chart]")); });
  });
  all("[data-save]").forEach((button) => button.addEventListener("click", () => save(button.closest("[data-chart]").dataset.chart, button.dataset.save)));
  showDay();
  Promise.all(cards.map((card) => show(card))).then(listMore).then(() => { document.body.dataset.ready = "yes"; });
}

const waiting = document.querySelector("[data-waiting]");
if (waiting) wait(waiting.dataset.waiting);
if (byId("facts")) explore(JSON.parse(byId("facts").textContent));
