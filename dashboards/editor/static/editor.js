// The editor of one draft: its tabs, and how far it is saved.

import { about } from "./about.js";
import { blocs } from "./blocs.js";
import { delegations } from "./delegations.js";
import { button, byId, make } from "./dom.js";
import { events } from "./events.js";
import { clear, mark } from "./fields.js";
import { positions } from "./positions.js";
import { draft, giveUp, load, onChange, problems, saving, seen, undo, unsaved } from "./store.js";
import { texts } from "./texts.js";

const TABS = { about, positions, texts, blocs, events, delegations };
const tabs = [...document.querySelectorAll("[data-tab]")];
const panel = byId("panel");

const here = () => (location.hash.slice(1).split("/")[0] in TABS ? location.hash.slice(1).split("/")[0] : "about");

function draw() {
  const name = here();
  const held = panel.contains(document.activeElement);
  const kept = document.activeElement?.closest("[data-path]")?.dataset.path;
  const same = panel.getAttribute("aria-labelledby") === `tab-${name}`;
  const unfolded = new Set(
    same ? [...panel.querySelectorAll("details[open] > summary")].map(({ textContent }) => textContent) : [],
  );
  for (const tab of tabs) {
    const chosen = tab.dataset.tab === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) intoSight(tab);
  }
  panel.setAttribute("aria-labelledby", `tab-${name}`);
  clear();
  panel.replaceChildren();
  TABS[name](panel);
  panel.removeAttribute("aria-busy");
  for (const summary of panel.querySelectorAll("details > summary"))
    if (unfolded.has(summary.textContent)) summary.parentElement.open = true;
  mark();
  if (held) focusAgain(kept);
}

// Where the tabs do not fit side by side, the chosen one is scrolled to.
function intoSight(tab) {
  const [list, one] = [tab.parentElement, tab.getBoundingClientRect()];
  list.scrollLeft += one.left + one.width / 2 - list.getBoundingClientRect().left - list.clientWidth / 2;
}

function focusAgain(path) {
  const place = path && document.querySelector(`[data-path="${CSS.escape(path)}"]`);
  const control = place && (place.matches("[role=slider]") ? place : place.querySelector("input, select, textarea"));
  (control || panel).focus({ preventScroll: !control });
}

// Words on the page that repeat what a field says.
function repeat() {
  for (const element of panel.querySelectorAll("[data-text]"))
    element.textContent = seen(element.dataset.text.split(".")) ?? "";
}

function state(words, kind = "") {
  byId("state").textContent = words;
  byId("state").className = kind;
  byId("title").textContent = draft.document.title || draft.document.name;
  byId("undo").disabled = !draft.undoable;
}

function again() {
  giveUp();
  location.reload();
}

function report(what) {
  if (what.stale) {
    byId("problem").replaceChildren(make("p", {}, what.stale), button("Load it again", again));
    return state("Not saved: changed elsewhere", "wrong");
  }
  if (what === "all") draw();
  if (what === "values") repeat();
  if (what === "waiting") return state("Saving …");
  const count = unsaved();
  if (!count) return state("Saved", "fine");
  const words =
    count === 1 ? "Not saved yet: one change has to be mended" : `Not saved yet: ${count} changes have to be mended`;
  const elsewhere = problems().filter(({ from }) => !document.querySelector(`[data-path="${CSS.escape(from)}"]`));
  return state(elsewhere.length ? `${words} (${elsewhere[0].from})` : words, "wrong");
}

function step(event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const at = tabs.indexOf(event.currentTarget);
  const next =
    event.key === "Home"
      ? tabs[0]
      : event.key === "End"
        ? tabs.at(-1)
        : by && tabs[(at + by + tabs.length) % tabs.length];
  if (!next) return;
  event.preventDefault();
  next.focus();
  location.hash = next.dataset.tab;
}

for (const tab of tabs) {
  tab.addEventListener("click", () => (location.hash = tab.dataset.tab));
  tab.addEventListener("keydown", step);
}
addEventListener("hashchange", draw);
addEventListener("beforeunload", (event) => {
  if (unsaved()) event.preventDefault();
});
// A link is followed once what was typed last has been sent.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]:not([href^='#'])");
  if (!link || !unsaved()) return;
  event.preventDefault();
  await saving();
  location.assign(link.href);
});
byId("undo").addEventListener("click", undo);
onChange(report);
await load();
document.body.dataset.ready = "";
