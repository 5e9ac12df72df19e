// Tries what a lesson needs on this device, and reports it to the computer that shows the address.
const byId = (id) => document.getElementById(id);
const WAIT = 8000;  // milliseconds for the live connection

function live() {
  return new Promise((done) => {
    const socket = new WebSocket((location.protocol === "https:" ? "wss://" : "ws://") + location.host + "/echo");
    socket.addEventListener("open", () => socket.send("here"));
    socket.addEventListener("message", (event) => { done(event.data === "here"); socket.close(); });
    socket.addEventListener("error", () => done(false));
    setTimeout(() => done(false), WAIT);
  });
}

// The name under which this device reports again after a reload, where it may store one.
function stored() {
  const drawn = [...crypto.getRandomValues(new Uint8Array(12))].map((one) => one.toString(16).padStart(2, "0")).join("");
  try {
    const device = localStorage.getItem("plenary-device") || drawn;
    localStorage.setItem("plenary-device", device);
    return { device, storage: localStorage.getItem("plenary-device") === device };
  } catch {
    return { device: drawn, storage: false };
  }
}

const show = (id, fine) => { byId(id).textContent = fine ? "works" : "does not work"; };

const { device, storage } = stored();
show("storage", storage);
const websocket = await live();
show("websocket", websocket);
try {
  const headers = { "Content-Type": "application/json", "X-Plenary": "1" };
  const answer = await fetch("/found", { method: "POST", headers, body: JSON.stringify({ device, websocket, storage, time: Date.now() }) });
  const { cookies } = await answer.json();
  show("cookies", cookies);
  byId("verdict").textContent = websocket && storage && cookies ? "This device can take part." : "This device cannot take part yet. Leave private browsing, switch off a VPN, or try another browser.";
} catch {
  show("cookies", false);
  byId("verdict").textContent = "The connection broke off. Reload this page.";
}
document.body.dataset.ready = "yes";
