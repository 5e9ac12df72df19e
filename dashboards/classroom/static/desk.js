// The control desk.
import { act, all, byId, el, named, onParts, parts, start } from "./live.js";

async function doIt(kind, payload = {}) {
  try { await act(kind, payload); byId("problem").textContent = ""; } catch (error) { byId("problem").textContent = error.message; }
}

onParts(() => {
  byId("part").textContent = parts.programme.title;
  byId("seats").replaceChildren(...Object.entries(parts.seats).map(([key, seat]) => el("li", {}, seat.name + ": " + seat.played + (seat.there ? ", connected" : ""))));
  byId("votes").replaceChildren(...Object.entries(parts.drafts).map(([key, draft]) => {
    const open = parts.votes[key] && parts.votes[key].open;
    const button = el("button", { type: "button" }, (open ? "Close the vote on the " : "Call the vote on the ") + draft.title);
    button.disabled = Boolean(draft.outcome);
    button.addEventListener("click", () => doIt(open ? "close-vote" : "call-vote", { text: key }));
    return button;
  }));
  byId("lines").replaceChildren(...parts.lines.slice().reverse().map((line) => el("li", {}, line[3])));
});

all("[data-act]").forEach((button) => button.addEventListener("click", () => {
  if (button.dataset.act === "next") doIt("part", { part: parts.programme.part + 1 });
  else if (button.dataset.act === "extend") doIt("extend", { minutes: 1 });
  else doIt(button.dataset.act === "pause" && parts.programme.paused ? "resume" : button.dataset.act);
}));
start();
