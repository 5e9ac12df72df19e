// The page of a delegation.
import { act, all, byId, clearDraft, el, facts, keepDrafts, named, onParts, parts, start } from "./live.js";

const STANCES = { endorse: "Endorse", study: "Study", oppose: "Oppose" };

function say(words) { byId("problem").textContent = words; }

async function doIt(kind, payload) {
  try { await act(kind, payload); say(""); return true; } catch (error) { say(error.message); return false; }
}

const mine = (text) => Object.keys(STANCES).find((stance) => parts.support[text][stance].some(([seat]) => seat === facts.seat));

function programme() {
  byId("part").textContent = parts.programme.title;
  byId("task").textContent = parts.programme.task;
}

function texts() {
  byId("texts").replaceChildren(...Object.entries(parts.drafts).map(([key, draft]) => el("section", { className: "text" },
    el("h2", {}, draft.title),
    el("p", { className: "counts" }, Object.keys(STANCES).map((stance) => STANCES[stance] + " " + parts.support[key][stance].length).join(" · ")),
    draft.outcome ? el("p", {}, "This text is " + draft.outcome + ".") : facts.guest ? null : el("div", { className: "three" }, ...Object.entries(STANCES).map(([stance, words]) => {
      const button = el("button", { type: "button" }, words);
      button.dataset.stance = stance;
      button.dataset.text = key;
      button.setAttribute("aria-pressed", String(mine(key) === stance));
      return button;
    })),
    vote(key))));
}

function vote(key) {
  const now = parts.votes[key];
  if (!now || !now.open || facts.guest) return null;
  return el("div", { className: "three ballot" }, ...["yes", "abstain", "no"].map((ballot) => {
    const button = el("button", { type: "button" }, "Vote " + ballot);
    button.dataset.ballot = ballot;
    button.dataset.text = key;
    button.setAttribute("aria-pressed", String(now.ballots[facts.seat] === ballot));
    return button;
  }));
}

const lines = () => byId("lines").replaceChildren(...parts.lines.slice().reverse().map((line) => el("li", {}, line[3])));

onParts((changed) => {
  if (changed.includes("programme")) programme();
  if (["support", "drafts", "votes"].some((one) => changed.includes(one))) texts();
  if (changed.includes("lines")) lines();
});

byId("texts").addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.stance) {
    const reason = byId("reason");
    if (await doIt("stance", { text: button.dataset.text, stance: button.dataset.stance, reason: reason.value })) clearDraft(reason);
  }
  if (button.dataset.ballot) doIt("vote", { text: button.dataset.text, ballot: button.dataset.ballot });
});
keepDrafts();
start();
