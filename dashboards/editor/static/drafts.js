// The list of drafts: a new one from a copy or from a file, and one less.

import { byId } from "./dom.js";

async function post(address, body) {
  try {
    const answer = await fetch(address, { method: "POST", body });
    return await answer.json();
  } catch {
    return { problem: "The server does not take this, or does not answer." };
  }
}

const words = ({ problem, problems }) => problem ?? problems.map(({ said }) => said).join("\n");

function go(answer, said, input) {
  if (answer.address) return location.assign(answer.address);
  said.textContent = words(answer);
  input?.setAttribute("aria-invalid", "true");
  input?.focus();
}

async function busy(form, work) {
  const submit = form.querySelector("[type=submit]");
  submit.disabled = true;
  await work();
  submit.disabled = false;
}

byId("new").addEventListener("submit", (event) => {
  event.preventDefault();
  const asked = JSON.stringify({ from: byId("from").value, name: byId("name").value });
  busy(event.currentTarget, async () => go(await post("/edit/api/new", asked), byId("name-said"), byId("name")));
});

byId("upload").addEventListener("submit", (event) => {
  event.preventDefault();
  const [file] = byId("file").files;
  const said = byId("file-said");
  const input = byId("file");
  if (!file) return go({ problem: "Choose a file first." }, said, input);
  if (file.size > Number(event.currentTarget.dataset.limit))
    return go({ problem: "The file is larger than 10 MB; drop what is not needed." }, said, input);
  return busy(event.currentTarget, async () => go(await post("/edit/api/upload", file), said, input));
});

for (const remove of document.querySelectorAll("[data-remove]")) {
  remove.addEventListener("click", async () => {
    if (remove.dataset.sure === undefined) {
      remove.dataset.sure = "";
      remove.textContent = "Delete for good?";
      remove.setAttribute("aria-label", `Delete for good? ${remove.dataset.remove}`);
      return;
    }
    go(await post(`/edit/api/draft/${remove.dataset.remove}/remove`, "{}"), byId("problem"));
  });
}
document.body.dataset.ready = "";
