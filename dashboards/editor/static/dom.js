// Elements made by script: every text goes in as text.

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (name === "class") element.className = value;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

export const byId = (id) => document.getElementById(id);
export const button = (words, act, attributes = {}) =>
  make("button", { type: "button", on: { click: act }, ...attributes }, words);
let count = 0;
export const fresh = (word) => `${word}-${(count += 1)}`;

// A select; `options` are [value, words].
export function choose(options, chosen, attributes = {}) {
  const select = make("select", attributes);
  for (const [value, words] of options) select.append(make("option", { value }, words));
  select.value = chosen ?? "";
  return select;
}

export const labelled = (words, control) => {
  control.id ||= fresh("control");
  return make("div", { class: "field" }, make("label", { for: control.id }, words), control);
};
