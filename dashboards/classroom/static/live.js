// The connection to a room: what it shows arrives in parts, and what is done leaves with a key of its own, so that a
// lost answer can be asked for again and nothing happens twice.
export const byId = (id) => document.getElementById(id);
export const all = (what, where = document) => [...where.querySelectorAll(what)];
export const facts = JSON.parse(byId("facts").textContent);
export const parts = {};
const renderers = [];
let ahead = 0, speed = 1, wait = 200;

// `render(changed)` is called with the names of the parts that have changed.
export const onParts = (render) => renderers.push(render);

// Seconds on the room's clock.
export const clock = () => speed * performance.now() / 1000 + ahead;

// An element with properties and children; words become text and never markup.
export function el(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((one) => one !== null && one !== undefined));
  return made;
}

// What a place on an issue means: the words of the nearest described point.
export function nearest(about, value) {
  const points = Object.keys(about.anchors);
  if (!points.length) return value + " of 100";
  return about.anchors[points.reduce((best, one) => (Math.abs(one - value) < Math.abs(best - value) ? one : best))];
}

export const named = (seat) => facts.names[seat] || (seat === "desk" ? "The chair" : seat);

// An object after a change: fields that differ, all the way down.
function merged(old, change) {
  const object = (one) => one !== null && typeof one === "object" && !Array.isArray(one);
  if (!object(old) || !object(change)) return change;
  return { ...old, ...Object.fromEntries(Object.entries(change).map(([key, one]) => [key, merged(old[key], one)])) };
}

function tell(state, words) {
  document.body.dataset.connection = state;
  const place = byId("connection");
  if (place) place.textContent = words;
}

function connect() {
  const socket = new WebSocket((location.protocol === "https:" ? "wss://" : "ws://") + location.host + facts.live);
  socket.addEventListener("open", () => { wait = 200; tell("open", "Connected"); deliver(); });
  socket.addEventListener("message", (event) => {
    const found = JSON.parse(event.data);
    speed = found.speed;
    ahead = found.clock - speed * performance.now() / 1000;
    Object.assign(parts, found.parts);
    Object.entries(found.changes).forEach(([name, change]) => { parts[name] = merged(parts[name], change); });
    renderers.forEach((render) => render([...Object.keys(found.parts), ...Object.keys(found.changes)]));
    document.body.dataset.last = found.last;
    document.body.dataset.ready = "yes";
  });
  socket.addEventListener("close", (event) => {
    if (event.code === 4401) { tell("closed", event.reason); location.reload(); return; }
    if (event.code === 4408) { tell("closed", event.reason); return; }
    tell("lost", "No connection; trying again …");
    setTimeout(connect, wait);
    wait = Math.min(1000, wait * 1.6);
  });
}

// Acts that have not been answered yet, kept on this device.
const stored = "plenary-acts-" + facts.live;
const pending = () => JSON.parse(localStorage.getItem(stored) || "[]");
const keep = (acts) => localStorage.setItem(stored, JSON.stringify(acts));
const waiting = new Map();
let delivering = false;

export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
}

export async function post(path, document) {
  const headers = { "Content-Type": "application/json", "X-Plenary": "1" };
  return fetch(path, { method: "POST", headers, body: JSON.stringify(document) });
}

// Resolves with the number of the act once it is on the server's disk; rejects with the reason if it is refused.
// `more` may name the seat for which the desk acts.
export function act(kind, payload = {}, more = {}) {
  const one = { kind, payload, key: newKey(), ...more };
  keep([...pending(), one]);
  return new Promise((done, failed) => { waiting.set(one.key, [done, failed]); deliver(); });
}

async function deliver() {
  if (delivering) return;
  delivering = true;
  try {
    for (let [one] = pending(); one; [one] = pending()) {
      let answer, found;
      try {
        answer = await post(facts.live.replace(/live$/, "act"), one);
        found = await answer.json();
      } catch {
        setTimeout(deliver, 1000);
        return;
      }
      if (answer.status === 429 && !found.number) { await new Promise((on) => setTimeout(on, 1000)); continue; }
      keep(pending().filter((other) => other.key !== one.key));
      const [done, failed] = waiting.get(one.key) || [() => {}, () => {}];
      waiting.delete(one.key);
      if (answer.ok) done(found.number); else failed(new Error(found.problem));
    }
  } finally {
    delivering = false;
  }
}

// What is typed and not sent yet stays on this device.
export function keepDrafts() {
  all("[data-draft]").forEach((field) => {
    const name = "plenary-draft-" + facts.live + "-" + field.dataset.draft;
    field.value = localStorage.getItem(name) || field.value;
    field.addEventListener("input", () => localStorage.setItem(name, field.value));
  });
}

// What was sent is a draft no more, also where the page has made its field anew meanwhile.
export function clearDraft(field) {
  localStorage.removeItem("plenary-draft-" + facts.live + "-" + field.dataset.draft);
  [field, ...all("[data-draft]")].filter((one) => one.dataset.draft === field.dataset.draft).forEach((one) => { one.value = ""; });
}

// The timer: minutes and seconds left of the present part.
export function left() {
  const { part, ends, paused } = parts.programme;
  if (part < 0) return "";
  const seconds = Math.round(paused ? ends : ends - clock());
  const shown = Math.abs(seconds);
  return (seconds < 0 ? "−" : "") + Math.floor(shown / 60) + ":" + String(shown % 60).padStart(2, "0");
}

export function start() {
  tell("opening", "Connecting …");
  setInterval(() => { const place = byId("left"); if (place && parts.programme) place.textContent = left(); }, 500);
  connect();
}
