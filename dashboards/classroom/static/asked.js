// The questions before and after the lesson; answered or passed by once on this device.
import { byId, el, facts, onParts, parts, post } from "./live.js";

const name = (moment) => "plenary-asked-" + facts.code + "-" + moment;
let shown = "";

function form(moment) {
  const { statements, marks, titles, open } = facts.questions;
  const made = el("form", { autocomplete: "off" }, el("p", { className: "question" }, titles[moment]), el("p", { className: "quiet" }, "Your answers are kept without your name and your seat, and only counted."));
  statements.forEach(([key, words]) => {
    const choose = el("select", { id: "mark-" + key, required: true }, el("option", { value: "" }, "–"), ...marks.map((mark, place) => el("option", { value: place + 1 }, mark)));
    choose.dataset.statement = key;
    made.append(el("label", { htmlFor: choose.id }, words), choose);
  });
  const words = el("textarea", { id: "asked-words", maxLength: 1000, rows: 2 });
  const past = el("button", { type: "button" }, "Not now"), problem = el("p", { role: "alert" });
  past.addEventListener("click", () => done(moment));
  made.append(el("label", { htmlFor: words.id }, open[moment]), words, problem, el("p", { className: "row" }, el("button", { className: "first" }, "Answer"), past));
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = Object.fromEntries([...made.querySelectorAll("select")].map((one) => [one.dataset.statement, Number(one.value)]));
    try {
      const answer = await post("/room/" + facts.code + "/answers", { moment, marks: given, words: words.value });
      if (answer.ok) done(moment); else problem.textContent = (await answer.json()).problem;
    } catch {
      problem.textContent = "No connection; your answers are still here.";
    }
  });
  return made;
}

function done(moment) {
  localStorage.setItem(name(moment), "yes");
  show();
}

function show() {
  const moment = parts.programme.asks, wanted = moment && !localStorage.getItem(name(moment)) ? moment : "";
  if (wanted === shown) return;
  shown = wanted;
  byId("asked").hidden = !wanted;
  byId("asked").replaceChildren(...(wanted ? [form(wanted)] : []));
}

onParts((changed) => { if (changed.includes("programme")) show(); });
