"""The same rounds as a Mesa user would write them: one agent a delegation, one replicate, plain Python.

Nothing is vectorised over delegations. What a careful author would not compute twice is kept: gains until a
position or a wording moves, the line of a bloc once for all its members, changes of single options when they
are paired, answers only from those who have been instructed. It covers what the benches use: absolute loss,
everybody within hearing, the rule `endorsement-count`, drafting by sponsors or none.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import mesa

from benchmarks.plain_delegation import ENDORSE, TEMPERS, Delegation
from benchmarks.plain_drafting import make_offers, redraft
from benchmarks.plain_text import Bloc, Places, RedLine, Text, coordinator_of, weights_in_line
from scenarios.schema import Event, Scenario
from scenarios.ties import tie_matrix
from simulation.calendar import acting_events, rounds, tabling
from simulation.draws import Draws
from simulation.model import NegotiationModel
from simulation.tables import prices


class PlainModel(mesa.Model):
    """One replicate of a scenario, given the instructions and salience of its delegations and its luck.

    `history` keeps the stances and the standing wordings after every round; `revisions` the round, the text
    and who asked for it.
    """

    def __init__(
        self,
        scenario: Scenario,
        instructions: list[list[float]],
        salience: list[list[float]],
        draws: Draws,
        replicate: int = 0,
    ) -> None:
        super().__init__()
        self.case = scenario
        self.reversion = {key: issue.reversion for key, issue in scenario.issues.items()}
        self.content = {key for key, issue in scenario.issues.items() if issue.kind == "content"}
        self.calendar = rounds(scenario.calendar)
        self.tabling, from_start = tabling(scenario, self.calendar)
        self.events = acting_events(scenario, self.calendar)
        self.texts = [Text(key, text, self.reversion) for key, text in scenario.texts.items()]
        self.sponsors = list(dict.fromkeys(name for text in self.texts for name, _ in text.authors))
        for text, coded, on_table in zip(self.texts, scenario.texts.values(), from_start, strict=True):
            text.on_table = bool(on_table)
            text.revised = max(coded.tabled or self.calendar[0].start, self.calendar[0].start)
        self.delegations = [
            TEMPERS[coded.strategy](
                self,
                row,
                name,
                coded,
                dict(zip(scenario.issues, instructions[row], strict=True)),
                dict(zip(scenario.issues, salience[row], strict=True)),
            )
            for row, (name, coded) in enumerate(scenario.delegations.items())
        ]
        self.by_name = {one.name: one for one in self.delegations}
        self._tie()
        self.first = self._form_blocs() | self._sponsor()
        for line in scenario.red_lines:
            self.by_name[line.delegation].red_lines.append(RedLine(line.issue, line.min, line.max, line.kind))
        self.chance = draws.chance[..., replicate].tolist()
        self.instructed = draws.instructed[..., replicate].tolist()
        self.prices = prices(list(scenario.delegations), scenario.dynamics.price_exponent).tolist()
        self.adopted_round = {text.key: -1 for text in self.texts}
        self.round = 0
        self.revisions: list[tuple[int, str, str]] = []
        self.history: list[tuple[dict[str, dict[str, int]], dict[str, list[int]]]] = []
        self.phases: tuple[Callable[[PlainModel], None], ...] = (
            open_round,
            consult,
            redraft,
            make_offers,
            endorse,
            mend_trust,
            decide,
        )

    def _tie(self) -> None:
        """Let everybody know whom it listens to; negative ties persuade nobody."""
        for listener, row in zip(self.delegations, tie_matrix(self.case).tolist(), strict=True):
            listener.ties = [
                (speaker, weight) for speaker, weight in zip(self.delegations, row, strict=True) if weight
            ]
            positive = [(speaker, weight) for speaker, weight in listener.ties if weight > 0]
            total = sum(weight for _, weight in positive)
            listener.persuaders = [(speaker, weight / total) for speaker, weight in positive]

    def _form_blocs(self) -> set[Delegation]:
        """Form the blocs that bind anybody; returns the coordinators who speak first."""
        self.blocs: list[Bloc] = []
        speaking: set[Delegation] = set()
        follows: dict[Delegation, list[tuple[Bloc, float]]] = {one: [] for one in self.delegations}
        for key, coded in self.case.blocs.items():
            members = [one for one in self.delegations if one.name in coded.members]
            weights = {}
            for text in self.texts:
                speaker = coordinator_of(coded, [name for name, _ in text.authors], self.case.delegations)
                weights[text.key] = weights_in_line(members, speaker, self.case.dynamics.coordinator_weight)
                if speaker and coded.speaks_first:
                    speaking.add(self.by_name[speaker])
            if len(members) > 1 and coded.discipline > 0:
                self.blocs.append(Bloc(key, weights))
                for one in members:
                    follows[one].append((self.blocs[-1], coded.discipline))
        for one, blocs in follows.items():
            total = sum(discipline for _, discipline in blocs)
            one.blocs = [(bloc, discipline / total) for bloc, discipline in blocs]
            if blocs:
                own, usual = one.discipline_of_its_own, sum(discipline**2 for _, discipline in blocs) / total
                one.discipline = usual if own is None else own
            for text in self.texts:
                within = sum(
                    share * dict(bloc.weights[text.key]).get(one.row, 0.0) for bloc, share in one.blocs
                )
                one.follows_itself[text.key] = 1 - one.discipline * (1 - within)
        return speaking

    def _sponsor(self) -> set[Delegation]:
        """Let sponsors stand behind their texts; returns all of them."""
        blocs = self.case.blocs
        for text in self.texts:
            names = {
                one for name, _ in text.authors for one in (blocs[name].members if name in blocs else (name,))
            }
            text.sponsors = [one for one in self.delegations if one.name in names]
            if text.on_table:
                for one in text.sponsors:
                    one.stance[text.key] = ENDORSE
        return {one for text in self.texts for one in text.sponsors}

    def step(self) -> None:
        """One round: the phases in order, then what is kept of it."""
        for phase in self.phases:
            phase(self)
        self.round += 1
        stances = {one.name: dict(one.stance) for one in self.delegations}
        self.history.append((stances, {text.key: list(text.standing) for text in self.texts}))
        self.running = self.round < len(self.calendar)

    def force(self, places: Places) -> float:
        """How heavily content weighs in a text at some places."""
        dynamics, issue = self.case.dynamics, self.case.force_issue
        return dynamics.force_base + dynamics.force_slope * places[issue] / 100 if issue else 1.0

    def lines_of(self, text: Text, own: list[float]) -> dict[str, float]:
        """The line of every bloc on a text, from everybody's own appeal or change of it."""
        return {bloc.key: bloc.line(text.key, own) for bloc in self.blocs}

    @property
    def progress(self) -> float:
        """How far the negotiation has come at the end of the present round."""
        return (self.round + 1) / len(self.calendar)


def twin(model: NegotiationModel, replicate: int = 0) -> PlainModel:
    """One replicate of a fresh model as a plain one, with the same draws."""
    return PlainModel(*start_of(model, replicate))


def start_of(
    model: NegotiationModel, replicate: int = 0
) -> tuple[Scenario, list[list[float]], list[list[float]], Draws, int]:
    """What a plain model starts from, taken from one replicate of a fresh model."""
    chamber = model.chamber
    shared = chamber.coded_salience.shape[2] == 1
    return (
        model.room.scenario,
        chamber.instruction[..., replicate].tolist(),
        chamber.coded_salience[..., 0 if shared else replicate].tolist(),
        model.draws,
        replicate,
    )


def open_round(model: PlainModel) -> None:
    """Table the texts and play the events due in this round."""
    for number in model.tabling[model.round]:
        text = model.texts[number]
        text.on_table = True
        for one in model.delegations:
            one.stance[text.key] = ENDORSE if one in text.sponsors else one.coded.stance
    for event in model.events[model.round]:
        act(event, model)


def act(event: Event, model: PlainModel) -> None:
    """Let an event take effect on the delegations that it names."""
    for one in _meant(event.targets or ("all",), model):
        if event.type in ("trust_shock", "assurance") and event.sponsor in model.sponsors:
            one.trust[event.sponsor] = min(max(one.trust[event.sponsor] + event.delta, -1.0), 1.0)
        elif event.type == "position_change" and event.issue:
            one.instruction[event.issue] = min(max(one.instruction[event.issue] + event.delta, 0.0), 100.0)
        elif event.type == "salience_change" and event.issue:
            changed = min(max(one.salience[event.issue] + event.delta, 0.0), 100.0)
            one.care({**one.salience, event.issue: changed})
        elif event.type == "statement" and event.text in one.push:
            one.push[event.text] += event.delta


def _meant(targets: Iterable[str], model: PlainModel) -> list[Delegation]:
    """The delegations meant by an event's targets."""
    names: set[str] = set()
    for target in targets:
        if target == "all":
            names.update(model.by_name)
        elif target.startswith("bloc:"):
            names.update(model.case.blocs[target.removeprefix("bloc:")].members)
        else:
            names.add(target)
    return [one for one in model.delegations if one.name in names]


def consult(model: PlainModel) -> None:
    """Everybody listens, then everybody moves."""
    model.agents.do("listen")
    model.agents.do("move")


def endorse(model: PlainModel) -> None:
    """Coordinators and sponsors answer first, everybody else having seen them."""
    first = model.first
    answers: dict[Delegation, dict[str, int]] = {one: {} for one in model.delegations}
    for number, text in enumerate(model.texts):
        if not text.on_table:
            continue
        own = [one.alone(text) + one.weight_of_peers * one.heard_of[text.key] for one in model.delegations]
        moved = {}
        if first:
            lines = model.lines_of(text, own)
            for one in first:
                answers[one][text.key] = _stance(model, one, text, number, one.mix(own[one.row], lines))
                if answers[one][text.key] != one.stance[text.key]:
                    moved[one] = answers[one][text.key] - one.stance[text.key]
        if moved:
            for one in model.delegations:
                echo = sum(weight * moved[peer] for peer, weight in one.ties if peer in moved)
                own[one.row] += one.weight_of_peers * echo
        lines = model.lines_of(text, own)
        for one in model.delegations:
            if one not in first:
                answers[one][text.key] = _stance(model, one, text, number, one.mix(own[one.row], lines))
    for one, stances in answers.items():
        one.stance.update(stances)


def _stance(model: PlainModel, one: Delegation, text: Text, number: int, appeal: float) -> int:
    """What a delegation says of a text after this round; notes which way it leans."""
    band = model.case.dynamics.lean_band
    one.lean[text.key] = (appeal >= band) - (appeal < -band)
    if not model.instructed[model.round][one.row]:
        return one.stance[text.key]
    return one.answer(text, appeal + model.chance[model.round][one.row][number], model.progress)


def mend_trust(model: PlainModel) -> None:
    """Trust moved by shocks and amendments returns towards its start."""
    stays = math.exp(-model.case.dynamics.trust_decay * model.calendar[model.round].days)
    for one in model.delegations:
        for sponsor, start in one.trust_at_start.items():
            one.trust[sponsor] = min(max(start + (one.trust[sponsor] - start) * stays, -1.0), 1.0)


def decide(model: PlainModel) -> None:
    """Note the round in which enough delegations have endorsed a text for the first time."""
    quota, seats = model.case.rule.quota, len(model.delegations)
    for text in model.texts:
        endorsing = sum(one.stance[text.key] == ENDORSE for one in model.delegations)
        enough = 2 * endorsing > seats if quota is None else endorsing >= quota * seats
        if enough and text.on_table and model.adopted_round[text.key] < 0:
            model.adopted_round[text.key] = model.round + 1
