// What is chosen on the page: a text, a delegation, a coalition, a round. It stands in the address, and everything follows it.
import { all, byId, get } from "./page.js";

export const facts = JSON.parse(byId("facts").textContent);
export const base = "/api/" + encodeURIComponent(facts.key);
export const state = { text: byId("text").value, country: byId("country").value, round: Number(byId("round").value), coalition: byId("coalition").value };
export const query = () => new URLSearchParams(Object.entries(state).filter(([, one]) => one !== "")).toString();

const followers = [], parts = [];
let playing = null;

// `follower(name)` is called when the text, the delegation, the coalition or the round has changed.
export const onChange = (follower) => followers.push(follower);

// `part()` gives pairs that a script of the page wants in the address.
export const inAddress = (part) => parts.push(part);

// What the address asks for beside text, delegation and round.
export const wanted = new URLSearchParams(location.search);

export function follow() {
  const more = new URLSearchParams(parts.flatMap((part) => part())).toString();
  history.replaceState(null, "", location.pathname + "?" + query() + (more && "&" + more));
  all("#views a, .caution a").forEach((link) => { link.href = link.pathname + "?" + query(); });
}

export function change(name, value) {
  if (state[name] === value) return;
  state[name] = value;
  byId(name).value = value;
  if (name === "round") showDay();
  follow();
  followers.forEach((follower) => follower(name));
}

function showDay() {
  byId("day").textContent = facts.days[state.round];
  byId("round").setAttribute("aria-valuetext", facts.days[state.round]);
}

function stop() {
  clearInterval(playing);
  playing = null;
  byId("play").textContent = "Play";
  byId("play").setAttribute("aria-pressed", "false");
}

function play() {
  if (playing) { stop(); return; }
  const last = facts.dates.length - 1;
  if (state.round === last) change("round", 0);
  byId("play").textContent = "Stop";
  byId("play").setAttribute("aria-pressed", "true");
  playing = setInterval(() => {
    if (state.round >= last) stop();
    else change("round", state.round + 1);
  }, 700);
}

["text", "country", "coalition"].forEach((name) => byId(name).addEventListener("change", () => change(name, byId(name).value)));
byId("round").addEventListener("input", () => { if (playing) stop(); change("round", Number(byId("round").value)); });
byId("play").addEventListener("click", play);
showDay();

// A view that takes a while is worked out in the background; its page opens by itself.
export async function wait(view) {
  const found = await get(base + "/working/" + encodeURIComponent(view));
  if (found.state === "running") setTimeout(() => wait(view), 400);
  else location.reload();
}
