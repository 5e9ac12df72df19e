// A worded scale from 0 to 100 with a dot for every delegation, which can be dragged or moved by keys.

import { button, byId, choose, labelled, make } from "./dom.js";
import { register } from "./fields.js";
import { draft, dotted, edit, onChange, seen } from "./store.js";
import { anchors, landmarks, ticks } from "./scale_words.js";
import { stacked } from "./stacking.js";

const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
const PATIENCE = 500; // milliseconds after the last key before a move is saved
let view = null;

export function scale({ issue, value, bloc }) {
  const track = make("div", { class: "dots" });
  const said = make("p", { class: "said-of-it", role: "alert" });
  const reading = make("output", { class: "reading" }, "Drag a dot, or move it with the arrow keys.");
  const unknown = make("div", { class: "unknown" });
  view = { issue, value, track, said, reading, unknown, title: draft.document.issues[issue].title, dots: new Map() };
  const members = new Set(draft.document.blocs?.[bloc]?.members ?? []);
  for (const [key, delegation] of Object.entries(draft.document.delegations))
    view.dots.set(key, dot(key, delegation.name, members.has(key)));
  const find = choose(
    [
      ["", "Choose …"],
      ...[...view.dots]
        .map(([key]) => [key, draft.document.delegations[key].name])
        .sort((one, other) => one[1].localeCompare(other[1], "en")),
    ],
    "",
  );
  find.addEventListener("change", () =>
    (view.dots.get(find.value)?.isConnected ? view.dots.get(find.value) : byId(`unknown-${find.value}`))?.focus(),
  );
  const words =
    value === "positions"
      ? [anchors(issue)]
      : [make("p", { class: "how" }, "0: it does not care. 100: nothing matters more.")];
  const marked = value === "positions" ? landmarks(issue) : { line: null, strip: null, legend: null };
  requestAnimationFrame(arrange);
  return [
    make(
      "section",
      { class: "card scale" },
      make("h2", {}, `${value === "positions" ? "Positions" : "Salience"}: ${view.title}`),
      make(
        "div",
        { class: "finding" },
        labelled("Go to a delegation", find),
        reading,
        button("Skip the dots", past, { class: "past" }),
      ),
      said,
      make("div", { class: "track" }, marked.line, track, ticks(issue, value), marked.strip),
      ...words,
      marked.legend,
      unknown,
    ),
  ];
}

// From the dots to what comes after them.
function past() {
  const next = view.unknown.querySelector("button") ?? document.querySelector("#panel details > summary");
  next.focus();
}

function dot(key, name, marked) {
  const path = ["delegations", key, view.value, view.issue];
  const element = make(
    "div",
    {
      class: marked ? "dot marked" : "dot",
      role: "slider",
      tabindex: "0",
      "aria-valuemin": "0",
      "aria-valuemax": "100",
      "aria-label": `${name}, ${view.value === "positions" ? "position" : "salience"} on ${lower(view.title)}`,
      title: name,
      "data-path": dotted(path),
    },
    key,
  );
  const here = { element, path, name, now: 0 };
  element.addEventListener("keydown", (event) => keyed(event, here));
  element.addEventListener("blur", () => finish(here));
  element.addEventListener("focus", () => read(here));
  element.addEventListener("pointerdown", (event) => grasp(event, here));
  register(dotted(path), element, view.said, () => show(here, seen(path)));
  return element;
}

const lower = (words) => (/^[A-Z][a-z ]/.test(words) ? words[0].toLowerCase() + words.slice(1) : words);

function show(here, value) {
  here.known = typeof value === "number";
  here.now = here.known ? value : 50;
  here.element.dataset.value = here.known ? String(value) : "";
  here.element.setAttribute("aria-valuenow", String(here.now));
  here.element.setAttribute("aria-valuetext", spoken(here.now));
}

function spoken(value) {
  if (view.value !== "positions") return String(value);
  const points = Object.entries(draft.document.issues[view.issue].anchors ?? {});
  const near = points.sort(([one], [other]) => Math.abs(one - value) - Math.abs(other - value))[0];
  return near ? `${value}, near ${near[0]}: ${near[1]}` : String(value);
}

const read = (here) => (view.reading.textContent = `${here.name}: ${spoken(here.now)}`);

function keyed(event, here) {
  if (event.key === "Delete") return send(here, null);
  const to =
    event.key === "Home" ? 0 : event.key === "End" ? 100 : event.key in STEPS ? here.now + STEPS[event.key] : null;
  if (to === null || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  move(here, to);
  here.moved = true;
  clearTimeout(here.timer);
  here.timer = setTimeout(() => finish(here), PATIENCE);
}

function move(here, to) {
  show(here, Math.round(Math.min(100, Math.max(0, to)) * 100) / 100);
  here.element.style.left = `${here.now}%`;
  read(here);
}

function finish(here) {
  clearTimeout(here.timer);
  const moved = here.moved;
  here.moved = false;
  if (moved) send(here, here.now);
}

function send(here, value) {
  edit([{ path: here.path, value }]);
  show(here, value);
  arrange();
  if (value === null) byId(`unknown-${here.path[1]}`)?.focus();
}

function grasp(event, here) {
  if (event.button) return;
  const { left, width } = view.track.getBoundingClientRect();
  const offset = event.clientX - (left + (width * here.now) / 100);
  const before = here.now;
  const drag = (moved) => move(here, Math.round((100 * (moved.clientX - offset - left)) / width));
  const end = (last) => {
    here.element.classList.remove("held");
    here.element.removeEventListener("pointermove", drag);
    if (last.type === "pointercancel") move(here, before);
    else if (here.now !== before) send(here, here.now);
    arrange();
  };
  here.element.classList.add("held");
  here.element.setPointerCapture(event.pointerId);
  here.element.addEventListener("pointermove", drag);
  for (const name of ["pointerup", "pointercancel"]) here.element.addEventListener(name, end, { once: true });
}

// Put every dot in its place: those that overlap one above the other, the unknown ones apart.
function arrange() {
  if (!view?.track.isConnected) return;
  const known = [...view.dots].filter(([, element]) => element.dataset.value !== "");
  const missing = [...view.dots].filter(([, element]) => element.dataset.value === "");
  const size = parseFloat(getComputedStyle(view.track).getPropertyValue("--dot"));
  const { rows, count } = stacked(
    known.map(([key, element]) => [key, Number(element.dataset.value)]),
    view.track.clientWidth,
    size,
  );
  view.track.style.height = `${Math.max(3, count) * size}px`;
  known.sort(([, one], [, other]) => one.dataset.value - other.dataset.value);
  for (const [key, element] of known) {
    element.style.left = `${element.dataset.value}%`;
    element.style.bottom = `${rows.get(key) * size}px`;
  }
  if (view.track.contains(document.activeElement)) {
    // Who moves a dot keeps it in hand: the order for the Tab key is put right when the focus has gone.
    view.track.append(...known.map(([, element]) => element).filter((element) => !element.isConnected));
    for (const [, element] of missing) element.remove();
  } else {
    view.track.replaceChildren(...known.map(([, element]) => element));
  }
  const pressed = view.unknown.contains(document.activeElement) ? document.activeElement.id : "";
  view.unknown.replaceChildren(
    ...(missing.length
      ? [
          make("h3", {}, "Nobody knows"),
          make(
            "p",
            { class: "how" },
            "Drawn from the delegation’s blocs in every replicate. Press one to put it at 50.",
          ),
          ...missing.map(([key]) => placed(key)),
        ]
      : []),
  );
  byId(pressed)?.focus();
}

function placed(key) {
  const name = draft.document.delegations[key].name;
  const put = () => {
    edit([{ path: ["delegations", key, view.value, view.issue], value: 50 }]).then(() => view.dots.get(key)?.focus());
  };
  return button(name, put, { id: `unknown-${key}`, "aria-label": `${name}, unknown: put it at 50` });
}

addEventListener("resize", arrange);
onChange((what) => {
  if (what === "values" || what === "refused") arrange();
});
