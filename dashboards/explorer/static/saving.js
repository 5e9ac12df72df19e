// Makes a scenario of the changes: a folder among the drafts, or a packed folder to take away.
import { byId, post, postForFile, saveBlob } from "./page.js";
import { base } from "./linked.js";
import { controls } from "./controls.js";
import { query } from "./asking.js";

const form = byId("saving"), field = byId("scenario-name");
const asked = () => query([["name", field.value], ...controls.pairs()]);

async function attempt(act) {
  byId("saving-problem").textContent = "";
  byId("saving-done").textContent = "";
  field.removeAttribute("aria-invalid");
  try {
    await act();
  } catch (error) {
    field.setAttribute("aria-invalid", "true");
    byId("saving-problem").textContent = error.message;
    field.focus();
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    const found = await post(base + "/draft", asked()), command = document.createElement("code");
    command.textContent = found.command;
    byId("saving-done").replaceChildren("Saved. Run it with ", command);
  });
});
byId("packed").addEventListener("click", () => attempt(async () => saveBlob(await postForFile(base + "/packed", asked()), field.value.trim() + ".zip")));
