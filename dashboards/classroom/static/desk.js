// The control desk: programme, decisions, seats, the chair's words, and the last acts with a way back.
import { act, all, byId, clearDraft, el, facts, keepDrafts, named, nearest, onParts, parts, post, start } from "./live.js";

const SILENCE = 2;  // minutes of a silence procedure
const LETTERS = { endorse: "E", study: "S", oppose: "O" };

async function doIt(kind, payload = {}) {
  try {
    await act(kind, payload);
    byId("problem").textContent = "";
    return true;
  } catch (error) {
    byId("problem").textContent = error.message;
    return false;
  }
}

const button = (words, action, name = "") => {
  const made = el("button", { type: "button", className: name }, words);
  made.addEventListener("click", action);
  return made;
};

function programme() {
  const now = parts.programme;
  byId("part").textContent = now.title;
  byId("programme").replaceChildren(...now.parts.map(([title, minutes], place) => {
    const line = el("li", {}, button(title, () => doIt("part", { part: place })), el("span", { className: "quiet" }, minutes + " min"));
    if (place === now.part) line.setAttribute("aria-current", "step");
    return line;
  }));
  byId("next").disabled = now.part + 1 >= now.parts.length;
  byId("next").textContent = now.part < 0 ? "Begin" : "Next";
  byId("pause").textContent = now.paused ? "Go on" : "Pause";
  byId("pause").disabled = now.part < 0;
}

function decisions() {
  const which = byId("which"), keys = Object.keys(parts.drafts);
  const text = keys.includes(which.value) ? which.value : keys[0];
  which.replaceChildren(...keys.map((key) => el("option", { value: key, selected: key === text }, parts.drafts[key].title)));
  const draft = parts.drafts[text], vote = parts.votes[text], silence = parts.silence;
  const counts = Object.keys(LETTERS).map((stance) => parts.support[text][stance].length + " " + stance);
  byId("standing").textContent = counts.join(", ") + "." + (draft.outcome ? " It is " + draft.outcome + "." : "");
  const offered = [];
  if (silence && !silence.over && silence.text === text) {
    offered.push(button("End the silence", () => doIt("close-silence"), "first"));
    offered.push(el("span", { className: "quiet" }, Object.keys(silence.objections).length ? "Broken by " + Object.keys(silence.objections).map(named).join(", ") : "Nobody has objected."));
  } else if (vote && vote.open) {
    offered.push(button("Close the vote", () => doIt("close-vote", { text }), "first"));
    offered.push(el("span", { className: "quiet" }, Object.keys(vote.ballots).length + " of " + Object.keys(parts.seats).length + " have voted."));
  } else if (!draft.outcome) {
    offered.push(button("Put it under silence", () => doIt("open-silence", { text, minutes: SILENCE })));
    offered.push(button("Call the vote", () => doIt("call-vote", { text })));
  }
  byId("decisions").replaceChildren(...offered);
  if (!byId("articles").contains(document.activeElement)) articles(text, draft);
}

const wordsOf = (one) => (one.delete ? "Leave this article out." : one.words);

// The chair's text: any open wording can be put into an article, and an article can be closed.
function articles(text, draft) {
  byId("articles").replaceChildren(...Object.entries(draft.articles).map(([number, article]) => {
    const name = "stands-" + number;
    const choose = el("select", { id: name, disabled: article.agreed || Boolean(draft.outcome) }, ...Object.entries(article.wordings).filter(([, one]) => one.status === "open").map(([key, one]) => el("option", { value: key, selected: key === article.standing }, wordsOf(one))));
    choose.addEventListener("change", () => doIt("chair-text", { text, wordings: { [number]: choose.value } }));
    return el("div", {}, el("label", { htmlFor: name }, article.title), choose, article.agreed ? el("span", { className: "quiet" }, "Agreed.") : button("Agreed", () => doIt("agree", { text, article: number, wording: article.standing })));
  }));
}

// Proposals wait for the chair to say where they lie.
function awaiting() {
  if (byId("awaiting").contains(document.activeElement)) return;
  const found = Object.entries(parts.drafts).flatMap(([text, draft]) => Object.entries(draft.articles).flatMap(([number, article]) => Object.entries(article.wordings).filter(([, one]) => one.status === "awaiting").map(([key, one]) => ({ text, number, article, key, one }))));
  byId("awaiting").replaceChildren(...(found.length ? found.map(({ text, number, article, key, one }) => {
    const scales = Object.entries(one.places).map(([issue, place]) => {
      const name = key + "-" + issue, about = facts.issues[issue];
      const range = el("input", { type: "range", id: name, min: 0, max: 100, step: 5, value: place });
      const told = el("output", { htmlFor: name }, nearest(about, place));
      range.dataset.issue = issue;
      range.addEventListener("input", () => { told.textContent = nearest(about, range.value); });
      return el("div", { className: "scale" }, el("label", { htmlFor: name }, about.title), range, told);
    });
    const box = el("div", { className: "bracket" }, el("p", {}, named(one.by[0]) + " on " + article.title + " of the " + parts.drafts[text].title + ": [" + one.words + "]"), ...scales);
    const decide = (accept) => {
      document.activeElement.blur();
      doIt("confirm", { text, article: number, wording: key, accept, places: Object.fromEntries(all("input", box).map((range) => [range.dataset.issue, Number(range.value)])) });
    };
    box.append(el("p", { className: "row" }, button("Confirm", () => decide(true), "first"), button("Refuse", () => decide(false))));
    return box;
  }) : [el("p", { className: "quiet" }, "None.")]));
}

function seats() {
  const people = {};
  parts.people.forEach(([seat, , name]) => { (people[seat] = people[seat] || []).push(name || "somebody"); });
  const all_ = Object.values(parts.seats), played = all_.filter((one) => one.played === "people").length;
  byId("present").textContent = played + " of " + all_.length + " played by people, " + all_.filter((one) => one.there).length + " connected.";
  const open = all("details[open]", byId("seats")).map((one) => one.dataset.seat);
  if (byId("seats").contains(document.activeElement) && document.activeElement.tagName !== "SUMMARY") document.activeElement.blur();
  byId("seats").replaceChildren(...Object.entries(parts.seats).map(([key, seat]) => {
    const stances = Object.values(parts.support).map((support) => Object.keys(LETTERS).find((stance) => support[stance].some(([one]) => one === key)));
    const idle = parts.idle[key] >= 120 ? ", quiet for " + Math.floor(parts.idle[key] / 60) + " min" : "";
    const state = seat.played === "model" ? "model" : seat.there ? "here" + idle : "away";
    const fold = el("details", { open: open.includes(key) },
      el("summary", {}, el("span", { className: "seat-name" }, seat.name), el("span", { className: "state " + (seat.played === "model" ? "model" : seat.there ? "here" : "away") }, state), el("span", { className: "letters" }, stances.map((one) => LETTERS[one]).join(" "))),
      el("p", { className: "quiet" }, (people[key] || []).join(", ")),
      el("p", { className: "row" },
        button(seat.played === "model" ? "Give to people" : "Hand to the model", () => doIt("hand", { seat: key, played: seat.played === "model" ? "people" : "model" })),
        button(seat.muted ? "Unmute" : "Mute", () => doIt("mute", { seat: key, muted: !seat.muted })),
        button("Give the floor", () => doIt("give-floor", { seat: key })),
        button("Clear the seat", () => clear(key))));
    fold.dataset.seat = key;
    return el("li", {}, fold);
  }));
}

async function clear(seat) {
  const answer = await post("/desk/" + facts.code + "/clear", { seat });
  byId("problem").textContent = answer.ok ? "" : (await answer.json()).problem;
}

function floor() {
  const { speaking, waiting } = parts.floor;
  byId("floor").replaceChildren(
    el("span", {}, speaking ? named(speaking) + " has the floor." : "Nobody has the floor."),
    ...(speaking ? [button("Take it back", () => doIt("give-floor", { seat: "" }))] : []),
    ...waiting.slice(0, 3).map((seat) => button("Give it to " + named(seat), () => doIt("give-floor", { seat }))),
    waiting.length > 3 ? el("span", { className: "quiet" }, waiting.length - 3 + " more wait.") : "");
}

function room() {
  const desk = parts.desk;
  byId("lock").setAttribute("aria-pressed", String(desk.locked));
  byId("mute").setAttribute("aria-pressed", String(desk.muted));
  byId("advice").setAttribute("aria-pressed", String(desk.advice));
  byId("spotlight").value = desk.spotlight;
  all("#event option").forEach((one) => { one.disabled = desk.happened.includes(one.value); });
}

function lines() {
  byId("lines").replaceChildren(...parts.lines.slice().reverse().map(([number, , , words]) => el("li", { className: "row" }, el("span", {}, words), button("Undo", () => doIt("undo", { number }), "small"))));
}

function talks() {
  const offers = parts.trades.map((one) => [one.number, named(one.giver) + " offers " + named(one.taker) + ": " + one.gives + "; in return for " + one.asks + (one.answer ? " (" + one.answer + ")" : "")]);
  const notes = parts.notes.map((one) => [one.number, named(one.sender) + " to " + named(one.to) + ": " + one.words]);
  byId("talks").replaceChildren(...[...offers, ...notes].sort((one, two) => two[0] - one[0]).map(([, words]) => el("li", {}, words)));
}

onParts((changed) => {
  const about = (...names) => names.some((name) => changed.includes(name));
  if (about("programme")) programme();
  if (about("drafts", "support", "votes", "silence")) decisions();
  if (about("drafts")) awaiting();
  if (about("seats", "people", "support", "idle")) seats();
  if (about("floor")) floor();
  if (about("desk")) room();
  if (about("lines")) lines();
  if (about("trades", "notes")) talks();
});

byId("next").addEventListener("click", () => doIt("part", { part: parts.programme.part + 1 }));
byId("pause").addEventListener("click", () => doIt(parts.programme.paused ? "resume" : "pause"));
all("[data-minutes]").forEach((one) => one.addEventListener("click", () => doIt("extend", { minutes: Number(one.dataset.minutes) })));
byId("which").addEventListener("change", decisions);
byId("lock").addEventListener("click", () => doIt("lock", { on: !parts.desk.locked }));
byId("mute").addEventListener("click", () => doIt("mute", { seat: "", muted: !parts.desk.muted }));
byId("advice").addEventListener("click", () => doIt("advice", { on: !parts.desk.advice }));
byId("spotlight").addEventListener("change", () => doIt("spotlight", { what: byId("spotlight").value }));
byId("speak").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await doIt("chair", { words: byId("speech").value })) clearDraft(byId("speech"));
});
byId("happen").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await doIt("event", { event: byId("event").value, words: byId("event-words").value })) { clearDraft(byId("event-words")); byId("event").value = ""; }
});
keepDrafts();
start();
