// The page for the projector.
import { byId, el, onParts, parts, start } from "./live.js";

onParts(() => {
  byId("part").textContent = parts.programme.title;
  byId("support").replaceChildren(...Object.entries(parts.drafts).map(([key, draft]) => el("section", {},
    el("h2", {}, draft.title),
    el("p", { className: "counts" }, ["endorse", "study", "oppose"].map((stance) => parts.support[key][stance].length + " " + stance).join(" · ") + (draft.outcome ? " · " + draft.outcome : "")))));
  byId("lines").replaceChildren(...parts.lines.slice(-5).reverse().map((line) => el("li", {}, line[3])));
});
start();
