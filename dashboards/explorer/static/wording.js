// The chosen text after the chosen round: fetched as a whole, since the server writes it out.
import { byId, fillTable, get } from "./page.js";
import { base, follow, inAddress, onChange, query, wanted } from "./linked.js";

const AS_IT_STANDS = "";
const compared = { first: wanted.get("first") || "", second: wanted.get("second") || AS_IT_STANDS };
let count = 0, priced = false;

// Every word in these parts of a page was escaped by the server; a parsed page runs nothing.
function put(place, html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  place.replaceChildren(...parsed.body.childNodes);
}

async function show() {
  const mine = (count += 1);
  byId("wording").setAttribute("aria-busy", "true");
  try {
    const found = await get(base + "/wording?" + query() + "&" + new URLSearchParams(compared));
    if (mine !== count) return;
    present(found);
    byId("problem").textContent = "";
  } catch (error) {
    if (mine === count) byId("problem").textContent = error.message;
  } finally {
    if (mine === count) byId("wording").removeAttribute("aria-busy");
  }
}

function present(found) {
  byId("text-title").textContent = found.title;
  byId("text-status").textContent = [found.status, found.sponsors].filter(Boolean).join(". ") + ".";
  put(byId("text-body"), found.html);
  offer(byId("first"), found.revisions, String(found.first));
  const usual = { number: AS_IT_STANDS, words: "as it stands after the chosen round (" + found.standing + ")" };
  offer(byId("second"), [usual, ...found.revisions], compared.second);
  byId("redline-words").textContent = found.finding;
  put(byId("redline-body"), found.redline);
  fillTable(byId("table-held"), found.table);
  byId("replies").hidden = !found.table.rows.length;
  byId("asking").hidden = !found.held.length;
  byId("held").replaceChildren(...found.held.map(asItem));
  byId("open").textContent = found.open;
}

function asItem(group) {
  const item = document.createElement("li"), label = document.createElement("b");
  label.textContent = group.article + " ";
  item.append(label, group.words + ": " + group.names + ".");
  return item;
}

function offer(place, options, chosen) {
  place.replaceChildren(...options.map((one) => new Option(one.words, one.number, false, String(one.number) === chosen)));
}

async function showPrices() {
  priced = true;
  byId("price").disabled = true;
  byId("prices").hidden = true;
  byId("prices-words").textContent = "The negotiation is run once more …";
  try {
    const done = await get(base + "/working/bracket-prices");
    if (done.state === "running") { setTimeout(showPrices, 500); return; }
    if (done.state === "failed") throw new Error("The prices could not be worked out.");
    const found = await get(base + "/picture/bracket-prices?" + query());
    byId("prices-words").textContent = found.finding || "No bracket of this text has a price.";
    fillTable(byId("table-prices"), found.table);
    byId("prices").hidden = false;
  } catch (error) {
    byId("prices-words").textContent = error.message;
  }
}

["first", "second"].forEach((name) => byId(name).addEventListener("change", () => {
  compared[name] = byId(name).value;
  follow();
  show();
}));
byId("price").addEventListener("click", showPrices);
inAddress(() => Object.entries(compared).filter(([, value]) => value));
onChange((name) => {
  if (name === "country") return;
  if (name === "text") {
    compared.first = compared.second = "";
    follow();
    if (priced) showPrices();
  }
  show();
});
show();
