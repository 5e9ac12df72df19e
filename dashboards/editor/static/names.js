// The names that fields may hold: delegations, blocs, issues, texts.

import { draft } from "./store.js";

const titled = (table, title, before = "") =>
  Object.entries(table ?? {}).map(([key, part]) => [
    before + key,
    part[title] ? `${part[title]} (${before + key})` : before + key,
  ]);
const alphabetical = (pairs) => pairs.sort((one, other) => one[1].localeCompare(other[1], "en"));

export function namesOf(of) {
  const { delegations, blocs, issues, texts } = draft.document;
  if (of === "delegations") return alphabetical(titled(delegations, "name"));
  if (of === "blocs") return alphabetical(titled(blocs, "name"));
  if (of === "issues") return titled(issues, "title");
  if (of === "texts") return titled(texts, "title");
  if (of === "parties") return [...alphabetical(titled(delegations, "name")), ...alphabetical(titled(blocs, "name"))];
  if (of === "targets")
    return [
      ["all", "Everybody (all)"],
      ...alphabetical(titled(delegations, "name")),
      ...alphabetical(titled(blocs, "name", "bloc:")),
    ];
  return [];
}

export const form = (facts, part, keys) => facts.forms[part].filter((one) => !keys || keys.includes(one.key));
