"""Whoever leaves the room leaves every list that names it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scenarios.paths import Path


def withdraw(document: dict[str, Any], path: Path) -> None:
    """After the entry at `path` was deleted, take its name out of the rest of the document, in place.

    A delegation leaves blocs, ties, red lines, sponsors, those who proposed an option, vetoes, the targets of
    events and the tables of meetings; an issue leaves positions, salience, places and red lines, a text the
    conditions of delegations; events that are about nothing any more are dropped, and so are meetings of one
    and commitments that nobody makes, that are about nothing or whose conditions name something that is gone.
    """
    if len(path) == 2:
        action = ACTIONS.get(str(path[0]))
        if action is not None:
            action(document, str(path[1]))


def _tables(value: Any) -> list[dict[str, Any]]:
    """The tables inside a table or a list."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [part for part in inner if isinstance(part, dict)]


def _named(value: Any) -> dict[str, dict[str, Any]]:
    """The tables inside a keyed table, by key."""
    items = value.items() if isinstance(value, dict) else ()
    return {key: part for key, part in items if isinstance(part, dict)}


def _drop(owner: dict[str, Any], key: str, word: str) -> None:
    """Take a word out of a list, or the key away if it holds the word itself."""
    value = owner.get(key)
    if isinstance(value, list | tuple) and word in value:
        owner[key] = [item for item in value if item != word]
    elif value == word:
        del owner[key]


def _drop_key(owner: dict[str, Any], key: str, word: str) -> None:
    """Take one entry out of a table of values."""
    value = owner.get(key)
    if isinstance(value, dict) and word in value:
        owner[key] = {name: item for name, item in value.items() if name != word}


def _keep(document: dict[str, Any], key: str, wanted: Callable[[dict[str, Any]], bool]) -> None:
    """Keep the entries of a list or table that are wanted; other values stay for the checks to report."""
    value = document.get(key)
    if isinstance(value, dict):
        document[key] = {
            name: part for name, part in value.items() if not isinstance(part, dict) or wanted(part)
        }
    elif isinstance(value, list | tuple):
        document[key] = [part for part in value if not isinstance(part, dict) or wanted(part)]


def _forget_targets(document: dict[str, Any], target: str) -> None:
    """Take a target out of every event; an event that aimed at nobody else is dropped."""

    def still_aimed(event: dict[str, Any]) -> bool:
        aimed = bool(event.get("targets"))
        _drop(event, "targets", target)
        return not aimed or bool(event.get("targets"))

    _keep(document, "events", still_aimed)


def _forget_party(document: dict[str, Any], party: str) -> None:
    """A party stays away from every meeting; one that fewer than two attend is dropped."""

    def still_met(event: dict[str, Any]) -> bool:
        meant = bool(event.get("parties"))
        _drop(event, "parties", party)
        return not meant or len(event.get("parties") or ()) > 1

    _keep(document, "events", still_met)


def _delegation(document: dict[str, Any], name: str) -> None:
    for bloc in _tables(document.get("blocs")):
        _drop(bloc, "members", name)
        _drop(bloc, "coordinator", name)
        towards = bloc.get("coordinator_for")
        if isinstance(towards, dict):
            bloc["coordinator_for"] = {
                partner: speaker for partner, speaker in towards.items() if name not in (partner, speaker)
            }
    _keep(document, "ties", lambda tie: name not in (tie.get("source"), tie.get("target")))
    _keep(document, "red_lines", lambda line: line.get("delegation") != name)
    _forget_sponsor(document, name)
    _forget_targets(document, name)
    _forget_party(document, name)
    for key, bloc in _named(document.get("blocs")).items():
        if not (bloc.get("coordinator") or bloc.get("coordinator_for")):
            _forget_party(document, f"bloc:{key}")
    _forget_committed(document, name)
    for rule in ("rule", "final_vote"):
        part = document.get(rule)
        if isinstance(part, dict):
            _drop(part, "vetoes", name)


def _forget_sponsor(document: dict[str, Any], name: str) -> None:
    for text in _tables(document.get("texts")):
        _drop(text, "sponsors", name)
        for article in _tables(text.get("articles")):
            for option in _tables(article.get("options")):
                _drop(option, "proposed_by", name)
    for delegation in _tables(document.get("delegations")):
        _drop_key(delegation, "trust", name)
    _keep(document, "events", lambda event: event.get("sponsor") != name)


def _forget_committed(document: dict[str, Any], name: str) -> None:
    """A delegation commits itself no more, is given nothing, and nobody waits for it."""

    def still_made(commitment: dict[str, Any]) -> bool:
        if any(condition.get("delegation") == name for condition in _tables(commitment.get("conditions"))):
            return False
        for field in ("parties", "to"):
            before = bool(commitment.get(field))
            _drop(commitment, field, name)
            if before and not commitment.get(field):
                return False
        return True

    _keep_commitments(document, still_made)


def _keep_commitments(document: dict[str, Any], wanted: Callable[[dict[str, Any]], bool]) -> None:
    """Keep the commitments that are wanted, and of those the ones that wait for none that is gone."""
    before = set(document["commitments"]) if isinstance(document.get("commitments"), dict) else set()
    _keep(document, "commitments", wanted)
    for name in before - set(document.get("commitments", ())):
        _commitment(document, name)


def _commitment(document: dict[str, Any], name: str) -> None:
    _keep_commitments(
        document, lambda one: all(part.get("commitment") != name for part in _tables(one.get("conditions")))
    )


def _bloc(document: dict[str, Any], name: str) -> None:
    _forget_sponsor(document, name)
    _forget_targets(document, f"bloc:{name}")
    _forget_party(document, f"bloc:{name}")
    for event in _tables(document.get("events")):
        _drop(event, "on_behalf_of", name)
    for bloc in _tables(document.get("blocs")):
        _drop_key(bloc, "coordinator_for", name)


def _issue(document: dict[str, Any], name: str) -> None:
    for delegation in _tables(document.get("delegations")):
        _drop_key(delegation, "positions", name)
        _drop_key(delegation, "salience", name)
    for text in _tables(document.get("texts")):
        for article in _tables(text.get("articles")):
            _drop_key(article, "places", name)
            for option in _tables(article.get("options")):
                _drop_key(option, "places", name)
    _keep(document, "red_lines", lambda line: line.get("issue") != name)
    _keep(document, "events", lambda event: event.get("issue") != name)
    _drop(document, "force_issue", name)


def _text(document: dict[str, Any], name: str) -> None:
    for delegation in _tables(document.get("delegations")):
        _drop_key(delegation, "conditions", name)
    _keep(document, "events", lambda event: event.get("text") != name)
    _keep_commitments(
        document,
        lambda one: all(part.get("text") != name for part in (one, *_tables(one.get("conditions")))),
    )


ACTIONS: dict[str, Callable[[dict[str, Any], str], None]] = {
    "delegations": _delegation,
    "issues": _issue,
    "texts": _text,
    "blocs": _bloc,
    "commitments": _commitment,
}
