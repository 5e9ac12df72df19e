// A cell of a table that can be edited.

import { fresh, make } from "./dom.js";
import { asWords, numberIn, register } from "./fields.js";
import { dotted, edit, seen } from "./store.js";

export function cell(path, input, read = (typed) => numberIn(typed, true)) {
  const said = make("p", { class: "said-of-it", id: fresh("said"), role: "alert" });
  input.setAttribute("aria-describedby", said.id);
  input.addEventListener("change", () => edit([{ path, value: read(input.value) }]));
  register(dotted(path), input, said, () => (input.value = asWords(seen(path))));
  return make("td", { "data-path": dotted(path) }, input, said);
}
