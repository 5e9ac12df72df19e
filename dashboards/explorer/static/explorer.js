// Follows the page's choosers: what is chosen stands in the address, and every picture shows it.
const byId = (id) => document.getElementById(id);

async function wait(key) {
  const answer = await fetch("/api/" + encodeURIComponent(key) + "/progress");
  const found = await answer.json();
  if (found.state !== "running") { location.reload(); return; }
  byId("progress").max = found.total;
  byId("progress").value = found.done;
  byId("progress-words").textContent = found.done ? found.done + " of " + found.total + " replicates" : "";
  setTimeout(() => wait(key), 300);
}

const waiting = document.querySelector("[data-waiting]");
if (waiting) wait(waiting.dataset.waiting);
