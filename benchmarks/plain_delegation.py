"""A delegation as a plain Mesa agent, one class a temper."""

from __future__ import annotations

import mesa

from benchmarks.plain_text import Bloc, Places, RedLine, Text
from scenarios import schema

OPPOSE, STUDY, ENDORSE = -1, 0, 1
Weighed = list[tuple[str, float]]


class Delegation(mesa.Agent):
    """A country's team: what it wants, what it says, whom it listens to. Answers by interest."""

    discipline_of_its_own: float | None = None

    def __init__(
        self,
        model: mesa.Model,
        row: int,
        name: str,
        coded: schema.Delegation,
        instruction: Places,
        salience: Places,
    ) -> None:
        super().__init__(model)
        dynamics = model.case.dynamics
        self.row, self.name, self.coded = row, name, coded
        self.capability = 0.0 if coded.silent else coded.capability
        self.openness = dynamics.openness if coded.openness is None else coded.openness
        self.endorse_from, self.oppose_below = (
            usual if own is None else own
            for own, usual in (
                (coded.endorse_threshold, dynamics.endorse_threshold),
                (coded.oppose_threshold, dynamics.oppose_threshold),
            )
        )
        self.commitment, self.latch = dynamics.commitment, dynamics.latch
        self.weight_of_content, self.weight_of_trust = 1.0, dynamics.trust_weight
        self.weight_of_offers = self.weight_of_events = 1.0
        self.weight_of_peers = dynamics.peer_weight
        self.instruction, self.position = dict(instruction), dict(instruction)
        self.trust = {sponsor: coded.trust.get(sponsor, 0.0) for sponsor in model.sponsors}
        self.trust_at_start = dict(self.trust)
        self.stance = {text.key: coded.stance if text.on_table else STUDY for text in model.texts}
        self.lean = dict.fromkeys(self.stance, 0)
        self.push = dict.fromkeys(self.stance, 0.0)
        self.offered = dict.fromkeys(self.stance, 0.0)
        self.ties: list[tuple[Delegation, float]] = []
        self.persuaders: list[tuple[Delegation, float]] = []
        self.blocs: list[tuple[Bloc, float]] = []
        self.discipline = 0.0
        self.follows_itself = dict.fromkeys(self.stance, 1.0)
        self.red_lines: list[RedLine] = []
        self.care(salience)
        self.weigh_reversion()
        self.first_view = (self.position, self.at_reversion, self.weighed_content, self.weighed_procedure)

    def care(self, salience: Places) -> None:
        """Take a new coded salience; shares and openness follow."""
        self.salience = salience
        total = sum(salience.values()) or 1.0
        shares = {issue: value / total for issue, value in salience.items()}
        cared_for = sum(share > 0 for share in shares.values())
        exponent = self.model.case.dynamics.salience_exponent
        self.open_to = {
            issue: self.openness ** ((cared_for * share) ** exponent) if self.openness else 0.0
            for issue, share in shares.items()
        }
        content = self.model.content
        self.weighed = {issue: share / 100 for issue, share in shares.items()}
        self.weighed_content = [pair for pair in self.weighed.items() if pair[0] in content]
        self.weighed_procedure = [pair for pair in self.weighed.items() if pair[0] not in content]

    def listen(self) -> None:
        """Hear what everybody says on every issue and about every text."""
        self.heard = {
            issue: sum(weight * peer.position[issue] for peer, weight in self.persuaders)
            for issue in self.position
        }
        self.heard_of = {
            text: sum(weight * peer.stance[text] for peer, weight in self.ties) for text in self.stance
        }

    def move(self) -> None:
        """Move as far as its instruction lets it, and weigh the texts from there."""
        heard = self.heard if self.persuaders else self.position
        self.position = {
            issue: start + self.open_to[issue] * (heard[issue] - start)
            for issue, start in self.instruction.items()
        }
        self.weigh_reversion()
        self.gains = {text.key: self.gain(text.places) for text in self.model.texts}

    def weigh_reversion(self) -> None:
        """How far the reversion point lies from where it stands, by issue."""
        reversion = self.model.reversion
        self.at_reversion = {issue: abs(place - reversion[issue]) for issue, place in self.position.items()}

    def gain(self, places: Places) -> float:
        """What a text at some places brings it against the reversion point."""
        view = (self.position, self.at_reversion, self.weighed_content, self.weighed_procedure)
        return self._gain(places, *view)

    def first_gain(self, places: Places) -> float:
        """What it would have brought it on its first instructions and salience."""
        return self._gain(places, *self.first_view)

    def _gain(self, places: Places, position: Places, lost: Places, *weighed: Weighed) -> float:
        content, procedure = (
            sum(weight * (lost[issue] - abs(position[issue] - places[issue])) for issue, weight in of_kind)
            for of_kind in weighed
        )
        return self.model.force(places) * content + procedure

    def change(self, text: Text, moved: Places, issues: list[str]) -> float:
        """What a new wording brings it that moves a text on some issues."""
        model = self.model
        if model.case.force_issue in issues:
            return self.gain(moved) - self.gains[text.key]
        force, gained = model.force(text.places), 0.0
        for issue in issues:
            own = self.position[issue]
            nearer = self.weighed[issue] * (abs(own - text.places[issue]) - abs(own - moved[issue]))
            gained += force * nearer if issue in model.content else nearer
        return gained

    def alone(self, text: Text) -> float:
        """What pulls it before it looks at its peers: content, trust in the authors, offers, statements."""
        trust = sum(share * self.trust[sponsor] for sponsor, share in text.authors)
        return (
            self.weight_of_content * self.gains[text.key]
            + self.weight_of_trust * trust
            + self.weight_of_offers * self.offered[text.key]
            + self.weight_of_events * self.push[text.key]
        )

    def mix(self, own: float, lines: dict[str, float]) -> float:
        """Its own appeal (or a change of it) mixed with the lines of its blocs."""
        if not self.blocs:
            return own
        common = sum(share * lines[bloc.key] for bloc, share in self.blocs)
        return (1 - self.discipline) * own + self.discipline * common

    def cut_points(self, text: str) -> tuple[float, float]:
        """The appeal below which it opposes, and from which on it endorses."""
        lower, upper = -self.oppose_below, self.endorse_from
        if self.stance[text] == OPPOSE:
            lower += self.commitment
        elif self.stance[text] == ENDORSE:
            upper -= self.commitment
        return lower, max(lower, upper)

    def choose(self, text: str, pull: float, progress: float) -> int:
        """Its stance by appeal and chance, before it looks at its red lines."""
        lower, upper = self.cut_points(text)
        return (pull >= upper) - (pull < lower)

    def answer(self, text: Text, pull: float, progress: float) -> int:
        """Its stance now that instructions have come."""
        if self.latch and self.stance[text.key] == ENDORSE:
            return ENDORSE
        choice = self.choose(text.key, pull, progress)
        if not self.red_lines:
            return choice
        forbidden, unmet = self.sees_broken(text.places, text.silent)
        return OPPOSE if forbidden else min(choice, STUDY) if unmet else choice

    def sees_broken(self, places: Places, silent: set[str]) -> tuple[bool, bool]:
        """Whether one of its red lines is broken: one that forbids, one that requires."""
        broken = {
            line.kind
            for line in self.red_lines
            if line.issue not in silent and not line.lowest <= places[line.issue] <= line.highest
        }
        return "forbids" in broken, "requires" in broken


class Bandwagon(Delegation):
    """Only the stances of its peers count."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.weight_of_content = self.weight_of_trust = 0.0
        self.weight_of_offers = self.weight_of_events = 0.0
        self.weight_of_peers = 1.0


class Hedger(Delegation):
    """Both cut-points start further out and close in by the end."""

    def choose(self, text: str, pull: float, progress: float) -> int:
        lower, upper = self.cut_points(text)
        further = 0.20 * (1 - progress)
        return (pull >= upper + further) - (pull < lower - further)


class BlocLoyalist(Delegation):
    """Says what its blocs say."""

    discipline_of_its_own = 1.0


class Fixed(Delegation):
    """Keeps the stance with which it came."""

    def choose(self, text: str, pull: float, progress: float) -> int:
        return self.stance[text]


TEMPERS = {
    "interest-driven": Delegation,
    "bandwagon": Bandwagon,
    "hedger": Hedger,
    "bloc-loyalist": BlocLoyalist,
    "fixed": Fixed,
}
