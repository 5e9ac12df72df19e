// The draft as the server last had it, what is not saved yet, and how changes are sent, one after the other.

export const facts = JSON.parse(document.getElementById("facts").textContent);
export const draft = { document: {}, version: "", undoable: false, marks: {} };
const pending = new Map(); // by dotted path: a change that is not saved, and what is wrong with it
const listeners = [];
let queue = Promise.resolve();
let stale = ""; // said once the draft was changed elsewhere; nothing is sent from then on

const address = (act = "") => `/edit/api/draft/${encodeURIComponent(facts.name)}${act}`;
export const dotted = (path) => path.join(".");
export const onChange = (listener) => listeners.push(listener);
const tell = (what) => listeners.forEach((listener) => listener(what));

export async function post(url, body, kind = "application/json") {
  try {
    const answer = await fetch(url, { method: "POST", headers: { "Content-Type": kind }, body });
    return { status: answer.status, ...(await answer.json()) };
  } catch {
    return { status: 0, problem: "The server does not answer, or not in words. Does Plenary still run?" };
  }
}

export async function load() {
  const answer = await fetch(address());
  take(await answer.json());
  tell("all");
}

function take({ document, version, undoable, marks }) {
  Object.assign(draft, { document, version, undoable, marks });
}

const dig = (value, path) => path.reduce((inner, key) => (inner == null ? undefined : inner[key]), value);

// What the page shows at a path: what was typed, if it is not saved yet, else what the draft has.
export function seen(path) {
  for (let length = path.length; length > 0; length -= 1) {
    const waiting = pending.get(dotted(path.slice(0, length)));
    if (waiting) return dig(waiting.value, path.slice(length));
  }
  return dig(draft.document, path);
}

export const unsaved = () => pending.size;
export const saving = () => queue;
export const giveUp = () => pending.clear();

export function problems() {
  return [...pending.values()].flatMap((one) =>
    one.problems.map((problem) => ({ ...problem, from: dotted(one.path) })),
  );
}

// Change values; what is refused stays pending with its problems.
export function edit(changes, what = "values") {
  const fresh = changes.map((change) => ({ ...change, problems: [] }));
  for (const change of fresh) pending.set(dotted(change.path), change);
  tell("waiting");
  return later(async () => {
    const current = fresh.filter((change) => pending.get(dotted(change.path)) === change);
    if (stale) tell({ stale });
    if (!current.length || stale) return false;
    const together = [...pending.values()];
    let answer = await send(together);
    let sent = together;
    if (answer.status !== 200 && together.length > current.length) [answer, sent] = [await send(current), current];
    settle(answer, sent, current);
    if (!stale) tell(answer.status === 200 ? what : "refused");
    return answer.status === 200;
  });
}

// Add or take away an entry; nothing stays behind where that is refused. Returns what is wrong, or nothing.
export function alter(changes) {
  return later(async () => {
    if (stale) return [{ said: stale }];
    const answer = await send(changes);
    if (answer.status === 200) {
      take(answer);
      for (const change of changes) forget(dotted(change.path));
      tell("all");
      return [];
    }
    if (answer.status === 409) outdated(answer);
    return told(answer);
  });
}

export function undo() {
  return later(async () => {
    const answer = await post(address("/undo"), JSON.stringify({ version: draft.version }));
    if (answer.status === 200) {
      pending.clear();
      take(answer);
      tell("all");
    } else if (answer.status === 409) outdated(answer);
  });
}

const later = (work) => (queue = queue.then(work, work));
const send = (changes) =>
  post(
    address(),
    JSON.stringify({ version: draft.version, changes: changes.map(({ path, value }) => ({ path, value })) }),
  );

function settle(answer, sent, current) {
  if (answer.status === 200) {
    take(answer);
    for (const change of sent) {
      if (pending.get(dotted(change.path)) === change) pending.delete(dotted(change.path));
    }
  } else if (answer.status === 409) {
    outdated(answer);
  } else {
    for (const change of current) change.problems = told(answer);
  }
}

function told(answer) {
  if (!answer.problems) return [{ column: "", said: answer.problem }];
  return answer.problems;
}

function outdated(answer) {
  stale = answer.problem;
  tell({ stale });
}

function forget(path) {
  for (const key of [...pending.keys()]) if (key === path || key.startsWith(`${path}.`)) pending.delete(key);
}
