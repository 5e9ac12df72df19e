"""What if: a few parameters, overlays and one article changed, and what that does under the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from agents.registry import UnknownEntry
from dashboards.explorer.differences import differences
from dashboards.pictures._picture import picture
from dashboards.words import signed
from scenarios import apply_patch, names, overlay
from scenarios.overlaying import Overlay, fitting
from scenarios.schema import Scenario
from simulation.analyses.wording import listing, spoken
from simulation.compare import between

REPLICATES, SEED = 64, 1
LONGEST, FIELDS = 4000, 50  # bytes and fields of a question
COORDINATOR = "coordinator"  # the overlay that takes a member of ASEAN
BLOC = "ASEAN"
NAMED, LEAST = 6, 0.005  # delegations that are named, and the least change of chance worth telling
SHORT = 90  # characters of a wording in a list


class Slider(NamedTuple):
    """A parameter that can be moved: its words, its range and its step."""

    words: str
    least: float
    most: float
    step: float


SLIDERS = {
    "trust_weight": Slider("How much trust in the sponsors counts", 0.0, 0.4, 0.01),
    "peer_weight": Slider("How much the stances of others count", 0.0, 0.2, 0.005),
    "precision": Slider("How little chance plays a part", 5.0, 120.0, 1.0),
}
MEASURES = {
    "endorsing": "endorsements",
    "opposing": "opposition",
    "adopted": "adopted",
    "ambition": "ambition",
}
SHARES = {"adopted": "adopted, % of replicates", "ambition": "ambition kept, %"}


def sliders(scenario: Scenario) -> dict[str, Slider]:
    """The parameters that can be moved, with ranges that hold what the scenario has."""
    found = {}
    for name, one in SLIDERS.items():
        value = getattr(scenario.dynamics, name)
        found[name] = one._replace(least=min(one.least, value), most=max(one.most, value))
    return found


class Asked(NamedTuple):
    """What is to be changed: values of dynamics by name, overlays as `--with` takes them, and perhaps the
    text, article and option that is to stand in it."""

    dynamics: dict[str, float]
    overlays: tuple[str, ...]
    option: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything is to be changed."""
        return bool(self.dynamics or self.overlays or self.option)


class Offered(NamedTuple):
    """What can be changed in a scenario: overlays to switch, whom the coordinator's overlay takes, and
    by text the open articles' options, as `text/article/option` and in words."""

    switches: list[Overlay]
    coordinators: list[tuple[str, str]]
    options: dict[str, list[tuple[str, str]]]


def offered(scenario: Scenario, where: str) -> Offered:
    """What can be changed in a scenario, read from `where` (of a finished run, its scenario's name)."""
    known = fitting(scenario, where) if where in names() or where != scenario.name else []
    members = scenario.blocs[BLOC].members if BLOC in scenario.blocs else ()
    speaks = any(one.name == COORDINATOR for one in known)
    return Offered(
        [one for one in known if not one.value],
        [(key, scenario.delegations[key].name) for key in members] if speaks else [],
        {key: _options(scenario, key) for key in scenario.texts if _options(scenario, key)},
    )


def _options(scenario: Scenario, text: str) -> list[tuple[str, str]]:
    found = []
    for number, article in scenario.texts[text].articles.items():
        wordings = {"tabled": article.wording, **{name: one.wording for name, one in article.options.items()}}
        for name, wording in wordings.items():
            if name != article.chosen:
                short = wording if len(wording) <= SHORT else f"{wording[:SHORT].rstrip()} …"
                found.append((f"{text}/{number}/{name}", f"{number}: {short or 'left out'}"))
    return found


def asked_of(pairs: Sequence[tuple[str, str]], scenario: Scenario, offer: Offered) -> Asked:
    """What the pairs of an address or a form ask for; values as they are in the scenario ask for nothing.

    Raises UnknownEntry for anything that is not offered.
    """
    dynamics: dict[str, float] = {}
    overlays: list[str] = []
    option, known_sliders = "", sliders(scenario)
    switches = [one.name for one in offer.switches]
    switches += [f"{COORDINATOR}={key}" for key, _ in offer.coordinators]
    for name, value in pairs:
        if name in SLIDERS and (number := _number(name, value, known_sliders[name])) != getattr(
            scenario.dynamics, name
        ):
            dynamics[name] = number
        elif name == "with" and value and value not in overlays:
            overlays.append(_known("overlay", value, switches))
        elif name == "option" and value:
            known = [key for options in offer.options.values() for key, _ in options]
            option = _known("option", value, known)
    return Asked(dynamics, tuple(overlays), tuple(option.split("/")) if option else ())


def _number(name: str, value: str, slider: Slider) -> float:
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not slider.least <= number <= slider.most:
        raise UnknownEntry(f"{name} of", value, [f"values from {slider.least:g} to {slider.most:g}"])
    return number


def _known(what: str, name: str, known: list[str]) -> str:
    if name not in known:
        raise UnknownEntry(what, name, known)
    return name


def changed(scenario: Scenario, where: str, asked: Asked) -> Scenario:
    """The scenario with the changes: overlays first, then the article, then parameters.

    Raises ScenarioError where they do not go together.
    """
    patches: list[dict[str, Any]] = [overlay(word, where) for word in asked.overlays]
    if asked.option:
        text, article, option = asked.option
        patches.append({"texts": {text: {"articles": {article: {"chosen": option, "agreed": True}}}}})
    if asked.dynamics:
        patches.append({"dynamics": asked.dynamics})
    for patch in patches:
        scenario = apply_patch(scenario, patch)
    return scenario


def answer(scenario: Scenario, where: str, asked: Asked) -> dict[str, Any]:
    """What the changes do, as a picture of the differences at the end with sentences of their own.

    Where nothing is changed there is no figure.
    """
    if not asked:
        return {"sentences": ["Nothing is changed yet."], "figure": None}
    found = between(scenario, {"changed": changed(scenario, where, asked)}, REPLICATES, SEED)
    found = found.sel(variant="changed")
    head = ["text", "at the end", "as it is", "changed", "difference", "95 % interval"]
    rows, sentences = [], []
    for text, title in zip(found.text.values.tolist(), found.text_title.values.tolist(), strict=True):
        told = []
        for measure, words in MEASURES.items():
            cell = found.sel(text=text, measure=measure)
            scale = 100 if measure in SHARES else 1
            base, other, gap, low, high = (
                scale * float(cell[name]) for name in ("base", "changed", "difference", "low", "high")
            )
            if base != base:  # a text without sponsors has no ambition
                continue
            change, interval = signed(gap), f"{signed(low)} to {signed(high)}"
            rows.append(
                [title, SHARES.get(measure, words), _written(base), _written(other), change, interval]
            )
            if not low <= 0 <= high:
                told.append(f"{words} {change}{' points' if measure in SHARES else ''} ({interval})")
        sentences.append(f"{title}: {listing(told) or 'no difference that stands out from chance'}.")
        if moved := _moved(found.sel(text=text)):
            sentences.append(f"Most moved, in the chance to endorse it: {moved}.")
    return {**picture(differences(found), " ".join(sentences), head, rows), "sentences": sentences}


def _written(value: float) -> str:
    return f"{value:.1f}".replace("-", "−")


def _moved(found: Any) -> str:
    """The delegations whose chance to endorse a text changes most."""
    gaps, delegations = found.country_difference.values, found["name"].values
    order = sorted(range(len(gaps)), key=lambda row: -abs(gaps[row]))[:NAMED]
    return listing(
        [
            f"{spoken(str(delegations[row]))} {signed(100 * float(gaps[row]), 0)} points"
            for row in order
            if abs(gaps[row]) >= LEAST
        ],
        NAMED,
    )
