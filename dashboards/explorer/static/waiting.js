// While a scenario is negotiated: how far it is; then its page.
import { byId, get } from "./page.js";

async function wait(key) {
  const found = await get("/api/" + encodeURIComponent(key) + "/progress");
  if (found.state !== "running") { location.reload(); return; }
  byId("progress").max = found.total;
  byId("progress").value = found.done;
  byId("progress-words").textContent = found.done ? found.done + " of " + found.total + " replicates" : "";
  setTimeout(() => wait(key), 300);
}

wait(document.querySelector("[data-waiting]").dataset.waiting);
