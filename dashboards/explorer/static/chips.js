// The changes in words, each with a button that takes it back.
import { byId } from "./page.js";
import { controls } from "./controls.js";
import { onAnswer } from "./asking.js";

function present({ changes }) {
  if (!changes) return;
  byId("as-it-is").hidden = !changes.length;
  byId("chips").replaceChildren(...changes.map((one, place) => {
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.textContent = "×";
    button.setAttribute("aria-label", "Take back: " + one.words);
    button.addEventListener("click", () => remove(one, place, changes));
    item.append(one.words, button);
    return item;
  }));
}

// The list is shortened at once, and the next button gets the focus.
function remove(one, place, changes) {
  const left = changes.filter((other) => other !== one);
  present({ changes: left });
  const buttons = byId("chips").querySelectorAll("button");
  (buttons[Math.min(place, buttons.length - 1)] || byId("text-shown")).focus();
  controls.remove(one.name, one.written);
}

byId("as-it-is").addEventListener("click", () => {
  present({ changes: [] });
  byId("text-shown").focus();
  controls.clear();
});
onAnswer(present);
present({ changes: controls.words });
