// The form of changes: what differs from the scenario goes into the address and is run again on demand.
import { all, byId, post } from "./page.js";
import { base, follow, inAddress } from "./linked.js";
import { draw, plotlyReady, shown, tell } from "./charts.js";

const form = byId("what-if"), sliders = all("input[type=range]", form);
const start = new Map(sliders.map((one) => {
  const value = one.value;
  one.value = one.dataset.base;
  const first = one.value;
  one.value = value;
  return [one, first];
}));

function pairs() {
  const found = sliders.filter((one) => one.value !== start.get(one)).map((one) => [one.name, one.value]);
  all("input[type=checkbox]:checked, select", form).forEach((one) => { if (one.value) found.push([one.name, one.value]); });
  return found;
}

async function rerun() {
  const button = form.querySelector("button");
  button.disabled = true;
  byId("effect").setAttribute("aria-busy", "true");
  byId("effect-status").textContent = "The negotiation is run again …";
  try {
    const found = await post(base + "/what-if", new URLSearchParams(pairs()).toString());
    await plotlyReady;
    present(found);
    byId("effect-status").textContent = found.figure ? "It has been run again." : found.sentences[0];
    byId("problem").textContent = "";
  } catch (error) {
    byId("effect-status").textContent = "";
    byId("problem").textContent = error.message;
  } finally {
    button.disabled = false;
    byId("effect").removeAttribute("aria-busy");
  }
}

// What changes do: a sentence a line.
function present(found) {
  byId("effect").hidden = !found.figure;
  if (!found.figure) return;
  shown.effect = found;
  draw("effect", found.figure);
  tell("effect", found.finding, found.table);
  byId("said-effect").replaceChildren(...found.sentences.map((words) => {
    const line = document.createElement("p");
    line.textContent = words;
    return line;
  }));
}

const write = () => sliders.forEach((one) => { byId("value-" + one.name).textContent = one.value; });
form.addEventListener("input", () => { write(); follow(); });
form.addEventListener("submit", (event) => { event.preventDefault(); rerun(); });
form.addEventListener("reset", () => setTimeout(() => {
  sliders.forEach((one) => { one.value = start.get(one); });
  all("input[type=checkbox]", form).forEach((one) => { one.checked = false; });
  all("select", form).forEach((one) => { one.value = ""; });
  write();
  follow();
}));
inAddress(pairs);
write();
if (pairs().length) rerun();
