// Takes a seat, or the seat of another device.
const byId = (id) => document.getElementById(id);
const code = document.body.dataset.code;

async function send(path, document_) {
  const headers = { "Content-Type": "application/json", "X-Plenary": "1" };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(document_) });
  const found = await answer.json();
  if (answer.ok) location.assign("/room/" + code + "/");
  else byId("problem").textContent = found.problem;
}

byId("seats").addEventListener("click", (event) => {
  const button = event.target.closest("button[data-seat]");
  if (button) send("/join/" + code, { seat: button.dataset.seat, name: byId("name").value });
});
byId("moved").addEventListener("submit", (event) => {
  event.preventDefault();
  send("/join/" + code + "/moved", { code: byId("seat-code").value });
});
