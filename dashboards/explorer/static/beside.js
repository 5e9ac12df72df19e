// Another item of the shelf held against this one; one that is being run is waited for.
import { byId, get } from "./page.js";
import { base, follow, inAddress, state, wanted } from "./linked.js";
import { plotlyReady, put, relight, say } from "./charts.js";

const PARTS = ["effect", "course", "moved"], other = byId("other"), text = byId("text-shown");
let count = 0, chosen = state.text;

function status(words) { byId("effect-status").textContent = words; }

async function compare() {
  const mine = ++count;
  byId("beside-problem").textContent = "";
  if (!other.value) return;
  status("Working …");
  try {
    const found = await get(base + "/beside/" + encodeURIComponent(other.value) + "?text=" + encodeURIComponent(chosen));
    await plotlyReady;
    if (mine !== count) return;
    if (found.state === "running") {
      status("It is negotiated first: " + found.done + " of " + found.total + " replicates.");
      setTimeout(() => { if (mine === count) compare(); }, 400);
    } else present(found);
  } catch (error) {
    if (mine !== count) return;
    byId("beside-pictures").hidden = true;
    byId("brief").textContent = "";
    status("");
    byId("beside-problem").textContent = error.message;
  }
}

function present(found) {
  byId("beside-pictures").hidden = false;
  byId("brief").textContent = found.brief;
  status(found.how);
  text.disabled = false;
  text.replaceChildren(...found.texts.map(([key, words]) => new Option(words, key, false, key === found.text)));
  PARTS.forEach((name) => put(name, found[name]));
  say("said-effect", found.effect.sentences);
  document.body.dataset.answered = "yes";
}

async function start() {
  const keys = await get(base + "/others");
  other.append(...keys.map((key) => new Option(key, key)));
  const asked = wanted.get("other");
  if (keys.includes(asked)) other.value = asked;
  inAddress(() => (other.value ? [["other", other.value]] : []));
  other.addEventListener("change", () => { follow(); compare(); });
  text.addEventListener("change", () => { chosen = text.value; compare(); });
  relight(PARTS);
  compare();
}

start();
