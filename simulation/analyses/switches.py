"""How is each mechanism switched? The settings that make it neutral, or bring it in at a modest value.

A mechanism is a way in which outcomes come about: consultations, blocs, trust, drafting. Its settings are
written as people give them with `--set`, so that whatever is said of a mechanism can be repeated by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from scenarios import parse_assignments
from scenarios.assignments import parse_value
from scenarios.schema import Bloc, Scenario
from simulation.analyses.articles import coded_room, gain_by_issue, wording_of
from simulation.calendar import rounds
from simulation.compare import Patch

Settings = tuple[str, ...]
AMOUNTS = frozenset(
    {"loss_exponent", "endorse_threshold", "oppose_threshold", "lean_band", "vote_yes_threshold"}
    | {"vote_oppose_threshold", "redraft_days", "min_improvement", "tabu", "concession", "price_exponent"}
    | {"block_cost", "lobbying_decay", "evidence_weight"}
)  # parameters that say how much or how long, but switch no mechanism


class Mechanism(NamedTuple):
    """A mechanism: its `key` and `title`, and the settings that make it neutral in a scenario (`off`).

    `used` tells whether a scenario has it at work; `on` gives the settings that bring it in at a modest
    value, none where the scenario has nothing that it could act on.
    """

    key: str
    title: str
    off: Callable[[Scenario], Settings]
    used: Callable[[Scenario], bool]
    on: Callable[[Scenario], Settings]


class Switch(NamedTuple):
    """A mechanism taken out of a scenario ("without") or brought in ("with"), and the settings that do it."""

    key: str
    title: str
    direction: Literal["without", "with"]
    settings: Settings

    @property
    def patch(self) -> Patch:
        """The settings as a patch."""
        return parse_assignments(self.settings)

    @property
    def typed(self) -> str:
        """The settings as they are typed in a shell."""
        return " ".join(f"--set {_quoted(one)}" for one in self.settings)


def switches(scenario: Scenario) -> list[Switch]:
    """The switch of every mechanism that a scenario has at work, or could have."""
    found = []
    for one in MECHANISMS:
        if one.used(scenario):
            found.append(Switch(one.key, one.title, "without", one.off(scenario)))
        elif settings := one.on(scenario):
            found.append(Switch(one.key, one.title, "with", settings))
    return found


def nothing_to_act_on(scenario: Scenario) -> list[Mechanism]:
    """The mechanisms for which a scenario holds nothing that they could act on."""
    switched = {one.key for one in switches(scenario)}
    return [one for one in MECHANISMS if one.key not in switched]


def _quoted(setting: str) -> str:
    """A setting, in quotation marks where it holds signs that mean something to a shell."""
    return f"'{setting}'" if set(setting) & set('*[]{}"') else setting


def _parameter(key: str, title: str, neutral: str, usual: str) -> Mechanism:
    """A mechanism that one parameter of the dynamics switches."""

    def used(scenario: Scenario) -> bool:
        return bool(getattr(scenario.dynamics, key) != parse_value(neutral))

    return Mechanism(
        key.replace("_", "-"),
        title,
        _always(f"dynamics.{key}={neutral}"),
        used,
        _always(f"dynamics.{key}={usual}"),
    )


def _of_blocs(key: str, title: str, field: str, neutral: str, usual: str) -> Mechanism:
    """A mechanism that one value of every bloc switches, idle where there are no blocs."""

    def used(scenario: Scenario) -> bool:
        return any(getattr(bloc, field) != parse_value(neutral) for bloc in scenario.blocs.values())

    def on(scenario: Scenario) -> Settings:
        return (f"blocs.*.{field}={usual}",) if scenario.blocs else ()

    return Mechanism(key, title, _always(f"blocs.*.{field}={neutral}"), used, on)


def _always(*settings: str) -> Callable[[Scenario], Settings]:
    """The same settings whatever the scenario; none where there is nothing to act on."""
    return lambda scenario: settings


def _led(bloc: Bloc) -> bool:
    """Does somebody speak for a bloc that follows, be it in general or towards one partner?"""
    speakers = [bloc.coordinator, *bloc.coordinator_for.values()]
    return any(speakers) and bool(bloc.discipline or bloc.discipline_vote)


def _eager_sponsors(scenario: Scenario) -> Settings:
    """Delegations that sponsor a text become champions of their cause."""
    sponsors = dict.fromkeys(one for text in scenario.texts.values() for one in text.sponsors)
    return tuple(f'delegations.{one}.strategy="champion"' for one in sponsors if one in scenario.delegations)


def _mutual_promise(scenario: Scenario) -> Settings:
    """The two weightiest delegations outside the sponsors to whom the first text as tabled brings something,
    but not enough to endorse it, promise to do so, each once the other does."""
    text = next(iter(scenario.texts))
    wording = wording_of(scenario, text)
    gain = gain_by_issue(scenario, coded_room(scenario), wording, wording.start).sum(axis=1)
    outside = [
        (-one.capability, key)
        for gained, (key, one) in zip(gain, scenario.delegations.items(), strict=True)
        if 0 < gained < scenario.dynamics.endorse_threshold
        and not any(key in part.sponsors for part in scenario.texts.values())
    ]
    if len(outside) < 2:
        return ()
    pair = [key for _, key in sorted(outside)[:2]]
    return tuple(
        f'commitments.{own}={{parties=["{own}"], text="{text}", at_least="endorse", '
        f'conditions=[{{delegation="{other}", at_least="endorse"}}]}}'
        for own, other in (pair, pair[::-1])
    )


def _meetings(scenario: Scenario) -> list[str]:
    """The events in which some delegations meet apart."""
    return [
        key for key, one in scenario.events.items() if one.type == "bilateral" and one.nature == "exogenous"
    ]


def _one_meeting(scenario: Scenario) -> Settings:
    """A sponsor of the first text and the first bloc with a coordinator towards it meet apart in the first
    third of the rounds."""
    all_rounds = rounds(scenario.calendar)
    first, last = all_rounds[0], all_rounds[(len(all_rounds) - 1) // 3]
    for sponsor in next(iter(scenario.texts.values())).sponsors:
        for key, bloc in scenario.blocs.items():
            if sponsor in scenario.delegations and bloc.coordinator_for.get(sponsor, sponsor) != sponsor:
                return (
                    f'events.meeting={{date={first.start}, until={last.last_day}, type="bilateral", '
                    f'nature="exogenous", sentence="They meet.", parties=["{sponsor}", "bloc:{key}"]}}',
                )
    return ()


MECHANISMS = (
    Mechanism(
        "consultations",
        "Consultations move positions",
        _always("dynamics.openness=0", "delegations.*.openness=0"),
        lambda scenario: bool(
            scenario.dynamics.openness or any(one.openness for one in scenario.delegations.values())
        ),
        _always("dynamics.openness=0.2"),
    ),
    _parameter("confidence", "Only those who stand near are heard", "inf", "25"),
    _parameter("salience_exponent", "What matters more is held harder", "0", "1"),
    Mechanism(
        "meetings",
        "Some meet apart",
        lambda scenario: tuple(f'events.{key}.nature="outcome"' for key in _meetings(scenario)),
        lambda scenario: bool(_meetings(scenario)),
        _one_meeting,
    ),
    _parameter("peer_weight", "Stances of peers count", "0", "0.05"),
    Mechanism(
        "bloc-discipline",
        "Members follow the line of their blocs",
        _always("blocs.*.discipline=0", "blocs.*.discipline_vote=0"),
        lambda scenario: any(bloc.discipline or bloc.discipline_vote for bloc in scenario.blocs.values()),
        lambda scenario: ("blocs.*.discipline=0.3", "blocs.*.discipline_vote=0.3") if scenario.blocs else (),
    ),
    Mechanism(
        "coordinators",
        "Coordinators have a larger say in the line",
        _always("dynamics.coordinator_weight=0"),
        lambda scenario: bool(
            scenario.dynamics.coordinator_weight and any(map(_led, scenario.blocs.values()))
        ),
        lambda scenario: (
            ("dynamics.coordinator_weight=0.25",) if any(map(_led, scenario.blocs.values())) else ()
        ),
    ),
    _of_blocs("first-speakers", "Coordinators speak first", "speaks_first", "false", "true"),
    _parameter("trust_weight", "Trust in the sponsors counts", "0", "0.1"),
    _parameter("trust_learning", "Trust learns from changes of wording", "0", "0.5"),
    _parameter("trust_decay", "Shocks to trust fade", "0", "0.002"),
    Mechanism(
        "events",
        "Events act",
        _always("events.*.delta=0"),
        lambda scenario: any(
            one.nature == "exogenous" and one.delta and one.type != "bilateral"
            for one in scenario.events.values()
        ),
        _always(),
    ),
    Mechanism(
        "drafting",
        "The wording is redrafted",
        _always("dynamics.drafting=off"),
        lambda scenario: scenario.dynamics.drafting != "off",
        _always("dynamics.drafting=sponsor-led"),
    ),
    Mechanism(
        "trades",
        "Two articles are traded for one another",
        _always("dynamics.trade_width=0"),
        lambda scenario: scenario.dynamics.drafting != "off" and scenario.dynamics.trade_width > 1,
        lambda scenario: ("dynamics.trade_width=5",) if scenario.dynamics.drafting != "off" else (),
    ),
    Mechanism(
        "offers",
        "Sponsors offer funds for support",
        _always("texts.*.budget=0"),
        lambda scenario: any(text.budget for text in scenario.texts.values()),
        lambda scenario: (
            ("texts.*.budget=0.5",) if any(text.sponsors for text in scenario.texts.values()) else ()
        ),
    ),
    Mechanism(
        "lobbying",
        "Sponsors and the chair call on delegations",
        _always("dynamics.lobbying_weight=0"),
        lambda scenario: bool(
            scenario.dynamics.lobbying_weight and any(text.effort for text in scenario.texts.values())
        ),
        _always("dynamics.lobbying_weight=0.03", "texts.*.effort=3"),
    ),
    Mechanism(
        "promises",
        "Delegations commit themselves on conditions",
        _always("commitments.*="),
        lambda scenario: bool(scenario.commitments),
        _mutual_promise,
    ),
    _parameter("commitment", "Going back on a public stance costs", "0", "0.05"),
    _parameter("latch", "An endorsement binds for good", "false", "true"),
    _parameter("instruction_rate", "Capitals take time to instruct", "inf", "0.023"),
    Mechanism(
        "legal-force",
        "Content weighs more in a binding text",
        _always("dynamics.force_base=1", "dynamics.force_slope=0"),
        lambda scenario: bool(scenario.force_issue) and scenario.dynamics.force_slope > 0,
        lambda scenario: (
            ("dynamics.force_base=0.6", "dynamics.force_slope=1.2") if scenario.force_issue else ()
        ),
    ),
    Mechanism("red-lines", "Red lines hold", _always("red_lines=[]"), lambda s: bool(s.red_lines), _always()),
    _parameter("precision", "Chance: what the model does not know", "inf", "30"),
    _parameter("noise_persistence", "Chance lasts as a taste", "0", "0.8"),
    Mechanism(
        "uncertainty",
        "Positions and salience are uncertain",
        _always("uncertainty.spread=0"),
        lambda scenario: bool(
            scenario.uncertainty.spread
            and (
                scenario.uncertainty.position_sd
                or scenario.uncertainty.salience_sd
                or any(one.position_sd or one.salience_sd for one in scenario.delegations.values())
            )
        ),
        _always("uncertainty.spread=1", "uncertainty.position_sd=10"),
    ),
    Mechanism(
        "tempers",
        "Delegations differ in temper",
        _always("delegations.*.strategy=interest-driven"),
        lambda scenario: any(one.strategy != "interest-driven" for one in scenario.delegations.values()),
        _eager_sponsors,
    ),
    Mechanism(
        "absence",
        "Some are absent from the vote",
        _always("delegations.*.absence=0"),
        lambda scenario: any(one.absence for one in scenario.delegations.values()),
        _always("delegations.*.absence=0.1"),
    ),
)
