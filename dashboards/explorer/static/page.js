// What every script here needs: elements, answers of the server, tables, files to save.
export const byId = (id) => document.getElementById(id);
export const all = (what, where = document) => [...where.querySelectorAll(what)];

async function answered(answer) {
  const found = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(found.problem || "The server does not answer as it should."), { found });
  return found;
}

export const get = async (path) => answered(await fetch(path));

const sent = (path, body, signal) => fetch(path, { method: "POST", body, signal, headers: { "Content-Type": "application/x-www-form-urlencoded" } });

export const post = async (path, body, signal) => answered(await sent(path, body, signal));

export async function postForFile(path, body) {
  const answer = await sent(path, body);
  return answer.ok ? answer.blob() : answered(answer);
}

// Plotly reads tags in labels.
export const plain = (words) => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

export function fillTable(place, table) {
  const row = (cells, tag) => {
    const line = document.createElement("tr");
    cells.forEach((cell, place) => {
      const box = document.createElement(tag);
      box.textContent = cell;
      if (place > 0 && /^[−+\d.–%()\s]*$/.test(cell)) box.className = "number";
      if (tag === "th") box.scope = "col";
      line.append(box);
    });
    return line;
  };
  const head = document.createElement("thead"), body = document.createElement("tbody");
  head.append(row(table.head, "th"));
  table.rows.forEach((cells) => body.append(row(cells.map(String), "td")));
  place.replaceChildren(head, body);
}

// A cell that a spreadsheet would take for a formula gets an apostrophe in front.
function cell(words) {
  const safe = /^[=+\-@\t\r]/.test(words) && !/^[+-]?[\d.,]+$/.test(words) ? "'" + words : words;
  return /[",\n\r]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
}

export function saveTable(table, file) {
  const lines = [table.head, ...table.rows].map((cells) => cells.map((one) => cell(String(one))).join(","));
  saveBlob(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" }), file + ".csv");
}

export function saveBlob(content, file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
