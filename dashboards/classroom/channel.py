"""What everybody in a room sees, version by version, and what has changed from one version to another."""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import Any, NamedTuple

from dashboards.classroom.changes import change, merged

KEPT = 40  # steps that are kept for listeners who are behind


class Step(NamedTuple):
    """From one version to the next: the parts that are sent as a whole, and the changes within others."""

    whole: frozenset[str]
    changes: dict[str, Any]


class Channel:
    """The parts that everybody in a room sees, as they were last worked out.

    `version` counts from 1, `last` is the number of the last act in it. Parts are kept written down, so that
    nothing that happens later reaches into them.
    """

    def __init__(self) -> None:
        self.version, self.last, self.when = 0, -1, float("-inf")
        self.written: dict[str, str] = {}
        self.steps: OrderedDict[int, Step] = OrderedDict()  # by the version they lead to
        self.known: dict[int, tuple[str, str]] = {}  # by the version they start from

    def knows(self, last: int) -> bool:
        """Whether an act is in it."""
        return self.last == last

    def take(self, shared: dict[str, Any], last: int, when: float) -> None:
        """Take in what everybody sees now, `when` on the machine's clock."""
        self.when = when
        new = written(shared)
        whole, changes = set(), {}
        for name, words in new.items():
            if self.written.get(name) == words:
                continue
            found = change(json.loads(self.written.get(name, "null")), json.loads(words))
            if found is None:
                whole.add(name)
            else:
                changes[name] = found
        self.last, self.written = last, new
        if whole or changes:
            self.version += 1
            self.steps[self.version] = Step(frozenset(whole), changes)
            self.known.clear()
            while len(self.steps) > KEPT:
                self.steps.popitem(last=False)

    def since(self, version: int) -> tuple[str, str]:
        """What is new since a version (0: everything): whole parts and changes, both the inside of a JSON
        object. It is worked out once for all who start from the same version."""
        if version not in self.known:
            self.known[version] = self._since(version)
        return self.known[version]

    def _since(self, version: int) -> tuple[str, str]:
        if version == self.version:
            return "", ""
        steps = [self.steps.get(one) for one in range(version + 1, self.version + 1)]
        if version == 0 or None in steps:
            return _inside(self.written), ""
        whole: set[str] = set()
        changes: dict[str, Any] = {}
        for step in steps:
            assert step is not None
            whole |= step.whole
            for name, one in step.changes.items():
                changes[name] = merged(changes[name], one) if name in changes else one
        return (
            _inside({name: self.written[name] for name in self.written if name in whole}),
            _inside(written({name: one for name, one in changes.items() if name not in whole})),
        )


def written(what: dict[str, Any]) -> dict[str, str]:
    """Each part as JSON."""
    return {name: json.dumps(one, ensure_ascii=False, separators=(",", ":")) for name, one in what.items()}


def _inside(parts: dict[str, str]) -> str:
    return ",".join(f"{json.dumps(name)}:{words}" for name, words in parts.items())
