// The page of a delegation: one question at a time, the texts, talks, and the card.
import { act, all, byId, clearDraft, el, facts, keepDrafts, named, nearest, onParts, parts, post, start } from "./live.js";

const STANCES = { endorse: "Endorse", study: "Study", oppose: "Oppose" };
const TAKEN = { endorse: "You endorse it", study: "You are studying it", oppose: "You oppose it" };
const REPLIES = { accept: "accept", "ad referendum": "accept ad referendum", reserve: "reserve", against: "against" };
let asked = "", chosen = "";

function say(words) { byId("problem").textContent = words; }

async function doIt(kind, payload = {}) {
  try {
    await act(kind, payload);
    say("");
    return true;
  } catch (error) {
    say(error.message);
    show("now");
    return false;
  }
}

const button = (words, action, pressed) => {
  const made = el("button", { type: "button" }, words);
  if (pressed !== undefined) made.setAttribute("aria-pressed", String(pressed));
  made.addEventListener("click", action);
  return made;
};
const field = (name, label, rows = 2) => {
  const area = el("textarea", { id: name, rows, maxLength: 1000 });
  area.dataset.draft = name;
  return [el("label", { htmlFor: name }, label), area];
};
const stanceOn = (text) => Object.keys(STANCES).find((stance) => parts.support[text][stance].some(([seat]) => seat === facts.seat));
const titled = (text) => parts.drafts[text].title;

// The one thing that is asked of this seat now.
function question() {
  const votes = Object.entries(parts.votes).filter(([, vote]) => vote.open);
  if (votes.length) return { key: "vote-" + votes[0][0] + "-" + (votes[0][1].ballots[facts.seat] || ""), make: () => ballot(...votes[0]) };
  if (parts.programme.name === "debrief") return { key: "debrief", make: () => [el("p", { className: "question" }, parts.programme.task), el("p", {}, el("a", { href: facts.live.replace(/live$/, "mine") }, "How this seat came out"))] };
  const explain = Object.entries(parts.votes).find(([, vote]) => vote.ballots[facts.seat] && !vote.explanations[facts.seat]);
  if (explain) return { key: "explain-" + explain[0], make: () => explanation(...explain) };
  const silence = parts.silence;
  if (silence && !silence.over) return { key: "silence-" + silence.text + (facts.seat in silence.objections), make: () => silent(silence) };
  const offer = parts.trades.find((one) => one.taker === facts.seat && !one.answer);
  if (offer) return { key: "offer-" + offer.number, make: () => offered(offer) };
  const open = Object.keys(parts.drafts).filter((text) => !parts.drafts[text].outcome);
  if (parts.programme.part < 1 || !open.length) return { key: "card-" + parts.programme.name + open.length, make: () => [el("p", {}, parts.programme.task), button("Open my card", () => show("card"))] };
  if (!open.includes(chosen)) chosen = open[0];
  return { key: "stance-" + chosen + stanceOn(chosen) + open.join() + parts.programme.advice, make: () => stand(open) };
}

const WOULD = { endorse: "endorse it", study: "study it", oppose: "oppose it" };

// What a text as it stands is to this seat, issue by issue; it comes a moment later.
function reasons(text) {
  const place = el("div", { className: "reasons" });
  fetch("/room/" + facts.code + "/why/" + encodeURIComponent(text)).then((answer) => answer.json()).then(({ weighed, advice }) => {
    if (!weighed) return;
    place.replaceChildren(...[
      advice ? el("p", { className: "advice" }, "Your capital, as the model sees it, would " + WOULD[advice] + ". You decide.") : "",
      el("p", { className: "quiet" }, weighed.length ? "What it brings your capital as it reads now, most first:" : "It touches little that matters to your capital."),
      el("ul", {}, ...weighed.map((one) => el("li", {}, (one.gain > 0 ? "+ " : "− ") + one.title + ": " + one.words)))].filter(Boolean));
  }).catch(() => {});
  return place;
}

function ballot(text, vote) {
  const cast = vote.ballots[facts.seat];
  return [
    el("p", { className: "question" }, "How do you vote on the " + titled(text) + "?"),
    el("div", { className: "three" }, ...["yes", "abstain", "no"].map((one) => button(one[0].toUpperCase() + one.slice(1), () => doIt("vote", { text, ballot: one }), cast === one))),
    cast ? el("p", { className: "quiet" }, "You vote " + cast + "; you may change it until the chair closes the vote.") : null,
    cast || parts.programme.advice ? reasons(text) : null,
  ];
}

function explanation(text) {
  return [
    el("p", { className: "question" }, "Explain your vote on the " + titled(text) + "."),
    ...field("explanation", "Your explanation of vote"),
    button("Explain", async () => {
      const area = byId("explanation");
      if (await doIt("explain", { text, words: area.value })) clearDraft(area);
    }),
  ];
}

function silent(silence) {
  if (facts.seat in silence.objections) return [el("p", {}, "You have objected.")];
  return [
    el("p", { className: "question" }, "The " + titled(silence.text) + " lies under silence. Whoever says nothing accepts it. Do you object?"),
    ...field("objection", "Your reason"),
    button("Object", async () => {
      const area = byId("objection");
      if (await doIt("object", { words: area.value })) clearDraft(area);
    }),
  ];
}

function offered(offer) {
  return [
    el("p", { className: "question" }, named(offer.giver) + " makes you an offer."),
    el("p", {}, "You get: " + offer.gives), el("p", {}, "It asks: " + offer.asks),
    el("div", { className: "two" }, button("Accept", () => doIt("answer", { number: offer.number, accept: true })), button("Decline", () => doIt("answer", { number: offer.number, accept: false }))),
  ];
}

function stand(open) {
  const now = stanceOn(chosen);
  const which = el("select", { id: "stand-on" }, ...open.map((text) => el("option", { value: text, selected: text === chosen }, titled(text))));
  which.addEventListener("change", () => { chosen = which.value; ask(); });
  return [
    el("p", { className: "question" }, parts.programme.task),
    ...(open.length > 1 ? [el("label", { htmlFor: "stand-on" }, "On which text"), which] : [el("p", {}, titled(chosen))]),
    el("div", { className: "three" }, ...Object.entries(STANCES).map(([stance, words]) => button(words, async () => {
      const area = byId("reason");
      if (await doIt("stance", { text: chosen, stance, reason: area.value })) clearDraft(area);
    }, now === stance))),
    el("p", { className: "quiet" }, TAKEN[now] + " in public."),
    ...field("reason", "Your reason, in a sentence"),
    parts.programme.advice ? reasons(chosen) : null,
  ];
}

function ask() {
  if (facts.guest) {
    byId("ask").replaceChildren(el("p", {}, parts.programme.task));
    return;
  }
  const next = question();
  if (next.key === asked) return;
  asked = next.key;
  byId("ask").replaceChildren(...next.make().filter(Boolean));
  keepDrafts();
}

// How many stand where, as a bar with letters.
function support() {
  byId("support").replaceChildren(...Object.entries(parts.drafts).map(([text, draft]) => {
    const counts = Object.keys(STANCES).map((stance) => parts.support[text][stance].length);
    const words = counts[0] + " endorse, " + counts[1] + " study, " + counts[2] + " oppose";
    return el("div", { className: "bar-line" },
      el("div", {}, draft.title + (draft.outcome ? ": " + draft.outcome : "")),
      el("div", { className: "bar", role: "img", ariaLabel: words }, ...["E", "S", "O"].map((letter, place) => {
        const piece = el("span", { className: "piece " + letter }, counts[place] ? letter + " " + counts[place] : "");
        piece.style.flexGrow = counts[place];
        return piece;
      })));
  }));
}

function texts() {
  const which = byId("which"), keys = Object.keys(parts.drafts);
  const value = keys.includes(which.value) ? which.value : keys[0];
  which.replaceChildren(...keys.map((text) => el("option", { value: text, selected: text === value }, titled(text))));
  const draft = parts.drafts[value];
  byId("sponsors").textContent = (draft.byChair ? "A text of the chair. " : "") + (draft.sponsors.length ? "Sponsors: " + draft.sponsors.map(named).join(", ") + "." : "Nobody sponsors it.");
  if (!facts.guest) {
    const own = draft.sponsors.includes(facts.seat);
    byId("sponsoring").replaceChildren(draft.outcome ? "" : button(own ? "Withdraw my sponsorship" : "Co-sponsor it", () => doIt(own ? "leave-sponsors" : "cosponsor", { text: value })));
  }
  const open = all("details[open]", byId("articles")).map((one) => one.dataset.article);
  if (byId("articles").contains(document.activeElement) && document.activeElement.matches("textarea, select")) return;
  byId("articles").replaceChildren(...Object.entries(draft.articles).map(([number, article]) => provision(value, number, article, open.includes(number))));
  keepDrafts();
}

const wordsOf = (one) => (one.delete ? "Leave this article out." : one.words);

function provision(text, number, article, unfolded) {
  const standing = article.wordings[article.standing];
  const others = Object.entries(article.wordings).filter(([key, one]) => key !== article.standing && (one.status === "open" || one.status === "awaiting"));
  return el("article", { className: "provision" },
    el("h2", {}, article.title === "Article " + number ? article.title : number + " " + article.title),
    el("p", { className: "standing" }, wordsOf(standing)),
    judged(text, number, article.standing),
    article.agreed ? el("p", { className: "quiet" }, "Agreed.") : replies(text, number, article.standing, article),
    ...others.map(([key, one]) => el("div", { className: "bracket" },
      el("p", {}, "[" + wordsOf(one) + "]"),
      el("p", { className: "quiet" }, (one.by.length ? "Proposed by " + one.by.map(named).join(", ") + ". " : "") + (one.status === "awaiting" ? "The chair has not placed it yet." : "")),
      judged(text, number, key),
      one.status === "open" && !article.agreed ? replies(text, number, key, article) : null,
      one.by.includes(facts.seat) && key.startsWith("proposal-") ? button("Withdraw it", () => doIt("withdraw", { text, article: number, wording: key })) : null)),
    facts.guest || article.agreed || parts.drafts[text].outcome ? null : proposal(text, number, article, unfolded));
}

function judged(text, number, key) {
  const words = parts.against && parts.against[text][number][key];
  return words ? el("p", { className: "judged" }, "For your capital: " + words[0].toLowerCase() + words.slice(1)) : null;
}

function replies(text, number, key, article) {
  const given = article.replies[key] || {}, counts = Object.keys(REPLIES).map((one) => [one, Object.values(given).filter((reply) => reply === one).length]).filter(([, count]) => count);
  const told = el("span", { className: "quiet" }, counts.map(([one, count]) => count + " " + one).join(", "));
  if (facts.guest) return told;
  const name = "reply-" + text + "-" + number + "-" + key;
  const choose = el("select", { id: name }, el("option", { value: "" }, "no reply"), ...Object.entries(REPLIES).map(([one, words]) => el("option", { value: one, selected: given[facts.seat] === one }, words)));
  choose.addEventListener("change", () => { if (choose.value) doIt("reply", { text, article: number, wording: key, reply: choose.value }); });
  return el("p", { className: "reply" }, el("label", { htmlFor: name }, "Your reply "), choose, " ", told);
}

// Words of one's own, and where they lie on the article's issues.
function proposal(text, number, article, unfolded) {
  const issues = [...new Set(Object.values(article.wordings).flatMap((one) => Object.keys(one.places)))].filter((issue) => facts.issues[issue]);
  const words = "words-" + text + "-" + number;
  const scales = issues.map((issue) => {
    const name = "place-" + text + "-" + number + "-" + issue, about = facts.issues[issue];
    const range = el("input", { type: "range", id: name, min: 0, max: 100, step: 5, value: Math.round(article.wordings.tabled.places[issue] ?? 50) });
    const told = el("output", { htmlFor: name }, nearest(about, range.value));
    range.dataset.issue = issue;
    range.addEventListener("input", () => { told.textContent = nearest(about, range.value); });
    return el("div", { className: "scale" }, el("label", { htmlFor: name }, about.title), range, told);
  });
  const fold = el("details", { open: unfolded }, el("summary", {}, "Propose other words"),
    ...field(words, "Your words for this article", 3),
    ...(scales.length ? [el("p", { className: "quiet" }, "Where do your words lie? The chair confirms it.")] : []), ...scales,
    button("Propose", async () => {
      const places = Object.fromEntries(all("input[type=range]", fold).map((one) => [one.dataset.issue, Number(one.value)]));
      const area = byId(words);
      if (await doIt("propose", { text, article: number, words: area.value, places })) { clearDraft(area); fold.open = false; }
    }));
  fold.dataset.article = number;
  return fold;
}

function talks() {
  if (facts.guest) return;
  const { speaking, waiting } = parts.floor, mine = waiting.indexOf(facts.seat);
  byId("speakers").textContent = (speaking ? named(speaking) + " has the floor. " : "") + (waiting.length ? "Next: " + waiting.map(named).join(", ") + "." : "Nobody waits for the floor.");
  byId("floor").textContent = mine < 0 ? "Ask for the floor" : "Leave the list of speakers";
  byId("floor").onclick = () => doIt(mine < 0 ? "ask-floor" : "leave-floor");
  byId("trades").replaceChildren(...parts.trades.slice().reverse().map((one) => el("li", {},
    (one.giver === facts.seat ? "You to " + named(one.taker) : named(one.giver) + " to you") + ": " + one.gives + "; in return for " + one.asks + ". " + (one.answer ? one.answer + "." : "Not answered yet. "),
    one.answer || one.giver !== facts.seat ? null : button("Take it back", () => doIt("take-back", { number: one.number })),
    one.answer || one.taker !== facts.seat ? null : el("span", {}, button("Accept", () => doIt("answer", { number: one.number, accept: true })), " ", button("Decline", () => doIt("answer", { number: one.number, accept: false }))))));
  byId("notes").replaceChildren(...parts.notes.slice().reverse().map((one) => el("li", {},
    el("b", {}, (one.sender === facts.seat ? "You" : named(one.sender)) + " to " + (one.to === facts.seat ? "you" : facts.blocs[one.to] || named(one.to)) + ": "), one.words)));
}

function programme() {
  byId("part").textContent = parts.programme.title;
  if (parts.programme.muted) say("The chair asks for silence at the moment.");
}

const lines = () => byId("lines").replaceChildren(...parts.lines.slice().reverse().map((line) => el("li", {}, line[3])));

onParts((changed) => {
  const about = (...names) => names.some((name) => changed.includes(name));
  if (about("programme")) programme();
  ask();
  if (about("support", "drafts")) support();
  if (about("drafts", "against")) texts();
  if (about("floor", "trades", "notes")) talks();
  if (about("lines")) lines();
});

function show(tab) {
  document.querySelector("main").dataset.tab = tab;
  all(".tabs a").forEach((link) => { if (link.hash === "#" + tab) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current"); });
  scrollTo(0, 0);
}

all(".tabs a").forEach((link) => link.addEventListener("click", (event) => { event.preventDefault(); show(link.hash.slice(1)); }));
byId("which").addEventListener("change", texts);
if (!facts.guest) {
  const others = Object.entries(facts.names).filter(([key]) => key !== facts.seat).sort((one, two) => one[1].localeCompare(two[1]));
  const options = (pairs) => pairs.map(([key, name]) => el("option", { value: key }, name));
  byId("offer-to").append(...options(others));
  byId("note-to").append(...options(Object.entries(facts.blocs)), ...options(others));
  const sent = (form, kind, payload, fields) => byId(form).addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await doIt(kind, payload())) fields.forEach((one) => clearDraft(byId(one)));
  });
  sent("offer", "offer", () => ({ to: byId("offer-to").value, gives: byId("gives").value, asks: byId("asks").value }), ["gives", "asks"]);
  sent("note", "note", () => ({ to: byId("note-to").value, words: byId("words").value }), ["words"]);
  byId("move").addEventListener("click", async () => {
    const answer = await post("/room/" + facts.code + "/move", {});
    byId("seat-code").textContent = (await answer.json()).code || "";
  });
}
keepDrafts();
start();
