// What delegations hand in on paper: a grid of stances and votes, and amendment slips, entered by the desk for them.
import { act, all, byId, clearDraft, el, facts, keepDrafts, named, newKey, onParts, parts, post, start } from "./live.js";

const CHOICES = { stance: ["endorse", "study", "oppose"], vote: ["yes", "abstain", "no"] };
const FIELD = { stance: "stance", vote: "ballot" };
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const cells = facts.rows.map(() => []);
const waiting = new Set();

const cellOf = (seat, kind, text) => cells[facts.rows.indexOf(seat)][facts.columns.findIndex((one) => one.kind === kind && one.text === text)];
const option = (value, words) => el("option", { value }, words);

function grid() {
  const head = el("tr", {}, el("th", { scope: "col" }, "Delegation"), ...facts.columns.map((column, place) => {
    const title = el("th", { scope: "col" }, column.title);
    if (column.kind === "vote") title.append(el("span", { id: "vote-" + place }));
    return title;
  }));
  byId("grid").replaceChildren(el("thead", {}, head), el("tbody", {}, ...facts.rows.map((seat, row) => el("tr", {},
    el("th", { scope: "row" }, named(seat)), ...facts.columns.map((column, place) => cell(seat, row, column, place))))));
}

function cell(seat, row, column, place) {
  const name = "cell-" + row + "-" + place;
  const choose = el("select", { id: name, ariaLabel: named(seat) + ", " + column.title }, option("", "–"), ...CHOICES[column.kind].map((word) => option(word, word)));
  const told = el("span", { id: name + "-told", className: "told" });
  choose.setAttribute("aria-describedby", told.id);
  choose.addEventListener("change", () => enter(choose));
  choose.addEventListener("keydown", (event) => keyed(event, row, place));
  cells[row][place] = { choose, told, seat, ...column };
  choose.dataset.row = row;
  choose.dataset.place = place;
  return el("td", {}, choose, told);
}

function keyed(event, row, place) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = STEPS[event.key];
  if (step) {
    event.preventDefault();
    const next = (cells[row + step[0]] || [])[place + step[1]];
    if (next) next.choose.focus();
    return;
  }
  const { choose, kind } = cells[row][place], word = CHOICES[kind].find((one) => one[0] === event.key.toLowerCase());
  if (event.key.length === 1 && event.key !== " ") event.preventDefault();
  if (word) { choose.value = word; enter(choose); }
}

const at = (choose) => cells[Number(choose.dataset.row)][Number(choose.dataset.place)];

function tell(one, words, wrong) {
  one.told.textContent = words;
  one.told.classList.toggle("wrong", wrong);
  one.choose.setAttribute("aria-invalid", String(wrong));
}

async function enter(choose) {
  const one = at(choose), value = choose.value;
  if (!value) { show(one); return; }
  waiting.add(choose);
  tell(one, "…", false);
  try {
    await act(one.kind, { text: one.text, [FIELD[one.kind]]: value }, { seat: one.seat });
    tell(one, "kept", false);
    if (parts.seats[one.seat].played === "model") await act("hand", { seat: one.seat, played: "people" });
  } catch (error) {
    tell(one, error.message, true);
  }
  waiting.delete(choose);
  show(one);
}

// What the room holds for a cell.
function show(one) {
  if (waiting.has(one.choose)) return;
  one.choose.value = one.kind === "vote" ? (parts.votes[one.text] || { ballots: {} }).ballots[one.seat] || "" : CHOICES.stance.find((stance) => parts.support[one.text][stance].some(([seat]) => seat === one.seat)) || "";
}

function votes() {
  facts.columns.forEach((column, place) => {
    if (column.kind !== "vote") return;
    const vote = parts.votes[column.text], draft = parts.drafts[column.text], open = vote && vote.open;
    const words = draft.outcome || (open ? "Close the vote" : "Call the vote"), old = byId("vote-" + place).firstChild;
    if (old && old.textContent === words) return;
    const made = draft.outcome ? el("span", { className: "quiet" }, words) : el("button", { type: "button" }, words);
    made.addEventListener("click", () => doIt(open ? "close-vote" : "call-vote", { text: column.text }));
    byId("vote-" + place).replaceChildren(made);
  });
}

async function doIt(kind, payload, more) {
  try {
    const number = await act(kind, payload, more);
    byId("problem").textContent = "";
    return number;
  } catch (error) {
    byId("problem").textContent = error.message;
    return 0;
  }
}

async function paste(table, seat = "", column = 0) {
  const asked = { table, seat, column, key: newKey() };
  let answer, found;
  for (let tries = 0; !found && tries < 5; tries += 1) {
    try {
      answer = await post("/desk/" + facts.code + "/paper", asked);
      found = await answer.json();
    } catch {
      await new Promise((on) => setTimeout(on, 1000));
    }
  }
  if (!found || !answer.ok) { byId("problem").textContent = found ? found.problem : "No connection; nothing of the table was confirmed. Paste it again."; return false; }
  byId("problem").textContent = "";
  found.cells.forEach((told) => tell(cellOf(told.seat, told.kind, told.text), told.problem || "kept", Boolean(told.problem)));
  const wrong = found.cells.filter((told) => told.problem).map((told) => named(told.seat) + ", " + parts.drafts[told.text].title + ", " + told.kind + ": " + told.problem);
  byId("problems").replaceChildren(...[found.cells.length - wrong.length + " of " + found.cells.length + " cells are kept.", ...wrong, ...found.problems].map((words) => el("li", {}, words)));
  return true;
}

function slip() {
  const fill = (id, pairs) => {
    const old = byId(id).value;
    byId(id).replaceChildren(...pairs.map(([value, words]) => option(value, words)));
    if (pairs.some(([value]) => value === old)) byId(id).value = old;
  };
  if (byId("slip").contains(document.activeElement) && document.activeElement.tagName === "SELECT") return;
  fill("slip-seat", facts.rows.map((seat) => [seat, named(seat)]));
  fill("slip-text", Object.entries(parts.drafts).filter(([, draft]) => !draft.outcome).map(([key, draft]) => [key, draft.title]));
  articles(fill);
}

function articles(fill) {
  const draft = parts.drafts[byId("slip-text").value];
  fill("slip-article", draft ? Object.entries(draft.articles).filter(([, one]) => !one.agreed).map(([number, one]) => [number, one.title === "Article " + number ? one.title : number + " " + one.title]) : []);
  places(draft && draft.articles[byId("slip-article").value]);
}

// Where its words lie, of 100, with what that means; the desk is the chair, so that no second look is needed.
function places(article) {
  const key = byId("slip-text").value + "/" + byId("slip-article").value;
  if (byId("slip-places").dataset.for === key) return;
  byId("slip-places").dataset.for = key;
  const issues = article ? [...new Set(Object.values(article.wordings).flatMap((one) => Object.keys(one.places)))].filter((issue) => facts.issues[issue]) : [];
  byId("slip-places").replaceChildren(...issues.map((issue) => {
    const about = facts.issues[issue], range = el("input", { type: "range", id: "slip-" + issue, min: 0, max: 100, step: 5, value: Math.round(article.wordings.tabled.places[issue] ?? 50) });
    const told = el("output", { htmlFor: range.id });
    const said = () => { told.textContent = range.value + " of 100: " + nearest(about, range.value); };
    range.dataset.issue = issue;
    range.addEventListener("input", said);
    said();
    return el("div", { className: "scale" }, el("label", { htmlFor: range.id }, about.title), range, told);
  }));
}

function nearest(about, value) {
  const points = Object.keys(about.anchors);
  return points.length ? about.anchors[points.reduce((best, one) => (Math.abs(one - value) < Math.abs(best - value) ? one : best))] : "";
}

async function handIn(event) {
  event.preventDefault();
  const seat = byId("slip-seat").value, text = byId("slip-text").value, article = byId("slip-article").value;
  const given = Object.fromEntries(all("input", byId("slip-places")).map((range) => [range.dataset.issue, Number(range.value)]));
  byId("slip-done").textContent = "";
  const number = await doIt("propose", { text, article, words: byId("slip-words").value, places: given }, { seat });
  if (!number || !await doIt("confirm", { text, article, wording: "proposal-" + number, places: given, accept: true })) return;
  clearDraft(byId("slip-words"));
  byId("slip-done").textContent = named(seat) + "’s words are in brackets.";
}

function silence() {
  const now = parts.silence, open = Boolean(now && !now.over);
  byId("silence").hidden = !open;
  if (!open) return;
  const objections = Object.keys(now.objections);
  byId("silent").textContent = "The " + parts.drafts[now.text].title + " lies under silence. " + (objections.length ? "Objections: " + objections.map(named).join(", ") + "." : "Nobody has objected.");
}

grid();
byId("objecting").append(...facts.rows.map((seat) => option(seat, named(seat))));
onParts((changed) => {
  const about = (...names) => names.some((name) => changed.includes(name));
  if (about("programme")) byId("part").textContent = parts.programme.title;
  if (about("support", "votes")) cells.flat().forEach(show);
  if (about("votes", "drafts")) votes();
  if (about("drafts")) slip();
  if (about("silence")) silence();
  if (about("seats")) byId("people").disabled = Object.values(parts.seats).every((one) => one.played === "people");
});
document.addEventListener("paste", (event) => {
  const cell_ = event.target.closest && event.target.closest("#grid select");
  if (!cell_) return;
  event.preventDefault();
  paste(event.clipboardData.getData("text/plain"), at(cell_).seat, Number(cell_.dataset.place));
});
byId("paste").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await paste(byId("table").value)) byId("table").value = "";
});
byId("people").addEventListener("click", async () => {
  for (const seat of facts.rows) if (parts.seats[seat].played === "model") await doIt("hand", { seat, played: "people" });
});
["slip-text", "slip-article"].forEach((id) => byId(id).addEventListener("change", () => { byId(id).blur(); slip(); }));
byId("slip").addEventListener("submit", handIn);
byId("objection").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await doIt("object", { words: byId("reason").value }, { seat: byId("objecting").value })) clearDraft(byId("reason"));
});
keepDrafts();
start();
