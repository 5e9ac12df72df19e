"""A control of the form: one value of the scenario that can be moved, or one of many such values."""

from __future__ import annotations

from typing import Any, NamedTuple

from agents.registry import UnknownEntry

Choices = tuple[tuple[str, str], ...]  # keys with their words


class Change(NamedTuple):
    """A value of a control: `choice` says of which delegation, text or the like, with slashes between."""

    name: str
    choice: str
    value: str

    @property
    def written(self) -> str:
        """The value as it stands in an address."""
        return f"{self.choice}/{self.value}" if self.choice else self.value


class Chooser(NamedTuple):
    """A list from which is chosen whose value a control shows; its `groups` have titles, or one without."""

    label: str
    groups: tuple[tuple[str, Choices], ...]

    @property
    def keys(self) -> list[str]:
        """What can be chosen."""
        return [key for _, choices in self.groups for key, _ in choices]


class Slider(NamedTuple):
    """The range of a value and its step."""

    least: float
    most: float
    step: float


class Control(NamedTuple):
    """What can be changed: by its `name` in addresses, with a label for people.

    `choosers` say whose value it is; or the value of another control does, the one named by `by`. The value
    is on a `slider`, or one of the `options` (by what is chosen; "" for any). `base` is what the scenario
    has, by what is chosen; nothing where that is unknown. `marks` are words along the slider, by the last
    choice. `switches` are options of which several can be on at once. What few people move is in a `fold`.
    """

    name: str
    label: str
    choosers: tuple[Chooser, ...] = ()
    by: str = ""
    slider: Slider | None = None
    options: dict[str, Choices] = {}  # noqa: RUF012
    base: dict[str, float | str] = {}  # noqa: RUF012
    marks: dict[str, dict[str, str]] = {}  # noqa: RUF012
    switches: bool = False
    fold: bool = False
    note: str = ""

    def read(self, written: str) -> Change:
        """The change that a value in an address asks for. Raises UnknownEntry where it is not offered."""
        choice, value = "", written
        if self.choosers or self.by:
            choice, _, value = written.rpartition("/")
            self._check_choice(choice)
        return Change(self.name, choice, self._number(value) if self.slider else self._option(choice, value))

    def is_base(self, change: Change) -> bool:
        """Whether the scenario has this value anyway."""
        own = self.base.get(change.choice, self.base.get(""))
        if self.slider is None or own is None:
            return change.value in ("", own)
        return abs(float(change.value) - float(own)) < 1e-9

    def plain(self) -> dict[str, Any]:
        """What the page's script needs to know."""
        return {
            "name": self.name,
            "by": self.by,
            "switches": self.switches,
            "options": self.options if self.choosers else {},
            "base": self.base,
            "marks": self.marks,
        }

    def _check_choice(self, choice: str) -> None:
        if self.by:
            if choice not in self.base:
                raise UnknownEntry(f"{self.by} with {self.name}", choice, list(self.base))
            return
        parts = [choice] if len(self.choosers) == 1 else choice.split("/")
        if len(parts) != len(self.choosers):
            raise UnknownEntry(f"{self.name} of", choice, [" / ".join(one.label for one in self.choosers)])
        for part, chooser in zip(parts, self.choosers, strict=True):
            if part not in chooser.keys:
                raise UnknownEntry(f"{self.name} with {chooser.label.lower()}", part, chooser.keys)

    def _number(self, value: str) -> str:
        assert self.slider is not None
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        least, most = self.slider.least, self.slider.most
        if not least <= number <= most:
            raise UnknownEntry(f"{self.name} of", value, [f"values from {least:g} to {most:g}"])
        return f"{number:.6g}"

    def _option(self, choice: str, value: str) -> str:
        known = [key for key, _ in self.options.get(choice, self.options.get("", ()))]
        if value not in known:
            raise UnknownEntry(self.label.lower() if self.switches else self.name, value, known)
        return value


def one_list(label: str, choices: Choices) -> Chooser:
    """A chooser without groups."""
    return Chooser(label, (("", choices),))
