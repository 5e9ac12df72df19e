// Opens the control desk with the key behind the address's number sign, which no server and no log ever sees.
const byId = (id) => document.getElementById(id);
const code = document.body.dataset.code;

async function unlock(key) {
  const headers = { "Content-Type": "application/json", "X-Plenary": "1" };
  const answer = await fetch("/desk/" + code + "/key", { method: "POST", headers, body: JSON.stringify({ key }) });
  if (answer.ok) { history.replaceState(null, "", location.pathname); location.reload(); }
  else byId("problem").textContent = (await answer.json()).problem;
}

if (location.hash.length > 1) unlock(location.hash.slice(1));
byId("unlock").addEventListener("submit", (event) => { event.preventDefault(); unlock(byId("key").value.trim()); });
