// The page for the projector: what everybody in the room should see, large.
import { byId, el, facts, named, onParts, parts, start } from "./live.js";

const STANCES = { endorse: ["E", "endorsing"], study: ["S", "studying"], oppose: ["O", "opposing"] };
const BALLOTS = { yes: ["E", "yes"], abstain: ["S", "abstaining"], no: ["O", "no"] };
const NAMED = 9;  // delegations of a group that are named
const LARGE = 5;  // texts of which the rolling text shows the open articles

function columns(groups, of) {
  return el("div", { className: "groups" }, ...Object.entries(groups).map(([key, [letter, words]]) => el("div", { className: "group" },
    el("p", { className: "count " + letter }, el("b", {}, String(of[key].length)), " " + words),
    el("p", { className: "names" }, of[key].map(named).join(", ")))));
}

function support() {
  const voting = Object.entries(parts.votes).find(([, vote]) => vote.open) || Object.entries(parts.votes).pop();
  byId("support").replaceChildren(...Object.entries(parts.drafts).map(([text, draft]) => {
    if (voting && voting[0] === text) {
      const cast = Object.fromEntries(Object.keys(BALLOTS).map((ballot) => [ballot, Object.keys(voting[1].ballots).filter((seat) => voting[1].ballots[seat] === ballot)]));
      return el("article", {}, el("h2", {}, draft.title + (draft.outcome ? ": " + draft.outcome : ": vote")), columns(BALLOTS, cast));
    }
    const stand = Object.fromEntries(Object.keys(STANCES).map((stance) => [stance, parts.support[text][stance].map(([seat]) => seat)]));
    return el("article", {}, el("h2", {}, draft.title + (draft.outcome ? ": " + draft.outcome : "")), columns(STANCES, stand));
  }));
}

// Who stands together: delegations that say the same of every text, the largest group first; width tells its size.
function coalitions() {
  const texts = Object.keys(parts.drafts), groups = new Map();
  for (const seat of Object.keys(parts.seats)) {
    const letters = texts.map((text) => STANCES[Object.keys(STANCES).find((stance) => parts.support[text][stance].some(([one]) => one === seat))][0]).join("");
    groups.set(letters, [...(groups.get(letters) || []), seat]);
  }
  const sorted = [...groups].sort((one, two) => two[1].length - one[1].length), alone = sorted.filter(([, seats]) => seats.length === 1).length;
  byId("coalitions").replaceChildren(
    el("h2", {}, "Who stands together"),
    el("div", { className: "coalitions" }, ...sorted.filter(([, seats]) => seats.length > 1).map(([letters, seats]) => {
      const names = seats.slice(0, NAMED).map(named).join(", ") + (seats.length > NAMED ? " and " + (seats.length - NAMED) + " more" : "");
      const box = el("div", { className: "coalition" }, el("p", {}, ...[...letters].map((letter) => el("b", { className: "letter " + letter }, letter)), " " + seats.length), el("p", { className: "names" }, names));
      box.style.flexGrow = seats.length;
      return box;
    })),
    alone ? el("p", { className: "quiet" }, alone === 1 ? "One stands alone." : alone + " stand alone.") : "");
}

// The rolling text: what stands, and in brackets what is still open.
function rolling() {
  const open = Object.entries(parts.drafts).filter(([, draft]) => !draft.outcome).slice(0, LARGE);
  byId("text").replaceChildren(...open.map(([, draft]) => el("article", {}, el("h2", {}, draft.title), ...Object.values(draft.articles).map((article) => {
    const others = Object.entries(article.wordings).filter(([key, one]) => key !== article.standing && one.status === "open");
    const standing = article.wordings[article.standing];
    return el("p", {}, el("b", {}, standing.delete ? "(left out)" : standing.words), article.agreed ? " (agreed)" : "", ...others.map(([, one]) => el("span", { className: "open" }, " [" + (one.delete ? "leave it out" : one.words) + "]")));
  }))));
}

function acts() {
  const { speaking, waiting } = parts.floor, silence = parts.silence;
  const quiet = silence && !silence.over ? "Silence on the " + parts.drafts[silence.text].title + (Object.keys(silence.objections).length ? ": broken." : ": nobody has objected.") : "";
  byId("speaking").textContent = quiet || (speaking ? named(speaking) + " has the floor." : "") + (waiting.length ? " Next: " + waiting.slice(0, 4).map(named).join(", ") + "." : "");
  byId("lines").replaceChildren(...parts.lines.slice(-3).reverse().map((line) => el("li", {}, line[3])));
}

onParts(() => {
  if (parts.programme.spotlight === "debrief" && parts.programme.name === "debrief") { location.assign(facts.live.replace(/live$/, "debrief#followed")); return; }
  byId("part").textContent = parts.programme.title;
  byId("task").textContent = parts.programme.task;
  document.querySelector("main").dataset.spotlight = parts.programme.spotlight || (parts.programme.part < 0 ? "join" : "");
  const seats = Object.values(parts.seats);
  byId("present").textContent = seats.filter((one) => one.played === "people").length + " of " + seats.length + " seats taken";
  support();
  coalitions();
  rolling();
  acts();
});
start();
