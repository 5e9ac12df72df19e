// The table of all numbers: fetched once a round, searched, sorted and turned over here.
import { all, byId, get, saveTable } from "./page.js";
import { base, change, facts, follow, inAddress, onChange, query, state, wanted } from "./linked.js";

const PAGE = 50;  // rows at once, so that large rooms stay fluid
const DESCENDING = "-";
const titles = new Map(all("#text option").map((one) => [one.value, one.textContent]));

let columns = [], rows = [], page = 0, sort = "", count = 0;

const shownColumns = () => columns.map((one, place) => ({ ...one, place })).filter((one) => one.among === "always" || byId("asked").querySelector("[data-set=" + one.among + "]").checked);

const columnOf = (key) => columns.findIndex((one) => one.key === key);

// A cell in words.
function words(column, value) {
  if (value === null || value === "") return "–";
  if (column.key === "text") return titles.get(value) || value;
  if (column.kind === "share") return (100 * value).toFixed(0) + "\u00a0%";
  if (column.kind === "gain") return value.toFixed(3).replace("-", "−");
  return String(value);
}

function found() {
  const asked = byId("find").value.toLowerCase().split(/\s+/).filter(Boolean);
  const texts = columns.map((one, place) => ({ ...one, place })).filter((one) => one.kind === "text");
  const text = columnOf("text");
  const kept = rows.filter((row) => {
    if (byId("one-text").checked && row[text] !== state.text) return false;
    const told = asked.length ? texts.map((one) => words(one, row[one.place])).join("\n").toLowerCase() : "";
    return asked.every((word) => told.includes(word));
  });
  return sorted(kept);
}

// Missing cells come last, whichever way.
function sorted(kept) {
  const place = columnOf(sort.replace(DESCENDING, "")), sign = sort.startsWith(DESCENDING) ? -1 : 1;
  if (place < 0) return kept;
  const column = columns[place];
  const missing = (value) => value === null || value === "";
  const compare = new Intl.Collator("en").compare;
  return [...kept].sort((one, other) => {
    const a = one[place], b = other[place];
    if (missing(a) || missing(b)) return missing(a) - missing(b);
    return sign * (column.kind === "text" ? compare(words(column, a), words(column, b)) : a - b);
  });
}

function draw() {
  if (!columns.length) return;
  const kept = found(), seen = shownColumns(), last = Math.max(0, Math.ceil(kept.length / PAGE) - 1);
  page = Math.min(page, last);
  const here = kept.slice(page * PAGE, (page + 1) * PAGE);
  const body = document.createElement("tbody");
  body.append(...here.map((row) => line(row, seen)));
  byId("rows").replaceChildren(head(seen), body);
  byId("rows-status").textContent = (kept.length === rows.length ? "All " + rows.length + " rows" : kept.length + " of " + rows.length + " rows") + " after the round that ends on " + facts.days[state.round] + ".";
  byId("page-words").textContent = here.length ? "Rows " + (page * PAGE + 1) + " to " + (page * PAGE + here.length) + " of " + kept.length : "No row has all of these words.";
  byId("page-back").disabled = page === 0;
  byId("page-on").disabled = page === last;
}

function head(seen) {
  const top = document.createElement("thead"), line = document.createElement("tr");
  seen.forEach((column) => {
    const box = document.createElement("th"), button = document.createElement("button");
    const own = sort.replace(DESCENDING, "") === column.key, down = sort.startsWith(DESCENDING);
    box.scope = "col";
    if (column.kind !== "text") box.className = "number";
    if (own) box.setAttribute("aria-sort", down ? "descending" : "ascending");
    button.type = "button";
    button.dataset.sort = column.key;
    button.textContent = column.title + (own ? (down ? " ▼" : " ▲") : "");
    button.addEventListener("click", () => order(column));
    box.append(button);
    line.append(box);
  });
  top.append(line);
  return top;
}

function line(row, seen) {
  const line = document.createElement("tr");
  seen.forEach((column, place) => {
    const box = document.createElement(place ? "td" : "th");
    box.textContent = words(column, row[column.place]);
    if (!place) box.scope = "row";
    if (column.kind !== "text") box.className = "number";
    else box.title = box.textContent;
    line.append(box);
  });
  line.dataset.country = row[columnOf("iso3")];
  if (line.dataset.country === state.country) line.className = "chosen";
  return line;
}

// Words from A, numbers from the highest; once more the other way round.
function order(column) {
  const first = column.kind === "text" ? column.key : DESCENDING + column.key;
  const other = column.kind === "text" ? DESCENDING + column.key : column.key;
  sort = sort === first ? other : first;
  page = 0;
  follow();
  draw();
  byId("rows").querySelector("[data-sort=" + column.key + "]").focus();
}

async function fetchRows() {
  const mine = (count += 1);
  try {
    const answer = await get(base + "/table?" + query());
    if (mine !== count) return;
    ({ columns, rows } = answer);
    const key = sort.replace(DESCENDING, "");
    if (key && columnOf(key) < 0) throw new Error("There is no column “" + key + "” to sort by; there are: " + columns.map((one) => one.key).join(", ") + ".");
    byId("problem").textContent = "";
  } catch (error) {
    if (mine !== count) return;
    byId("problem").textContent = error.message;
    sort = "";
  }
  draw();
}

function turn(step) {
  page += step;
  draw();
  byId("rows").parentElement.scrollTop = 0;
}

const asAsked = () => [
  ...(byId("find").value ? [["find", byId("find").value]] : []),
  ...(sort ? [["sort", sort]] : []),
  ...(byId("one-text").checked ? [["alone", "1"]] : []),
  ...all("[data-set]").filter((one) => !one.checked).map((one) => ["without", one.dataset.set]),
];

byId("find").value = wanted.get("find") || "";
byId("one-text").checked = wanted.get("alone") === "1";
all("[data-set]").forEach((one) => { one.checked = !wanted.getAll("without").includes(one.dataset.set); });
sort = wanted.get("sort") || "";
inAddress(asAsked);
byId("asked").addEventListener("input", () => { page = 0; follow(); draw(); });
byId("asked").addEventListener("submit", (event) => event.preventDefault());
byId("page-back").addEventListener("click", () => turn(-1));
byId("page-on").addEventListener("click", () => turn(1));
byId("rows").addEventListener("click", (event) => {
  const row = event.target.closest("tbody tr");
  if (row) change("country", row.dataset.country);
});
byId("rows-csv").addEventListener("click", () => saveTable({
  head: columns.map((one) => one.key),
  rows: found().map((row) => row.map((value) => (value === null ? "" : value))),
}, facts.key + "-rows-" + facts.dates[state.round]));
onChange((name) => { if (name === "round") fetchRows(); else draw(); });
fetchRows();
