"""Sponsors redraft their texts and make offers, in plain Python: two phases that look at a text alike."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.plain_delegation import ENDORSE
from benchmarks.plain_text import Text

if TYPE_CHECKING:
    from benchmarks.plain_mesa import PlainModel

RANKING_PRECISION = 50.0
SHORTLIST = 8
HAIR = 1e-6


class Candidate(NamedTuple):
    """A whole wording: what it changes in every delegation's gain, who then sees a red line broken (by row:
    one that forbids, one that requires), and what it leaves the sponsors on their first instructions."""

    wording: list[int]
    change: list[float]
    broken: dict[int, tuple[bool, bool]]
    left: list[float]


def redraft(model: PlainModel) -> None:
    """Texts that have lain long enough since their last revision come back with a better wording, if any."""
    dynamics, today = model.case.dynamics, model.calendar[model.round].end
    if dynamics.drafting == "off":
        return
    due = [
        text
        for text in model.texts
        if text.on_table
        and text.singles
        and text.sponsors
        and (today - text.revised).days >= dynamics.redraft_days
    ]
    outlooks = [Outlook(model, text) for text in due]
    for outlook in outlooks:
        outlook.text.revised = today
        outlook.revise()


def make_offers(model: PlainModel) -> None:
    """Sponsors with funds left promise delegations what they need to endorse, most for the money first."""
    precision = model.case.dynamics.precision
    for text in model.texts:
        if not (text.budget and text.on_table and text.sponsors):
            continue
        outlook = Outlook(model, text)
        outlook.take_slopes()
        offers = []
        for one in model.delegations:
            worth = outlook.leverage[one.row]
            follows_itself = one.follows_itself[text.key]
            short = outlook.upper[one.row] + 1 / precision - outlook.appeal[one.row]
            closed = one.stance[text.key] == ENDORSE or any(outlook.broken.get(one.row, ()))
            if closed or worth <= 0 or short <= 0 or follows_itself < 0.05:
                continue
            need = short / follows_itself
            cost = need * model.prices[one.row]
            offers.append((worth / cost, need, cost, one))
        bill = 0.0
        for _, need, cost, one in sorted(offers, key=lambda offer: -offer[0]):
            if bill + cost > text.funds:
                break
            bill += cost
            one.offered[text.key] += need
        text.funds -= bill


class Outlook:
    """How a text stands in its sponsors' eyes, and the search for a better wording of it."""

    def __init__(self, model: PlainModel, text: Text) -> None:
        self.model, self.text, self.dynamics = model, text, model.case.dynamics
        delegations = model.delegations
        own = [one.alone(text) + one.weight_of_peers * one.heard_of[text.key] for one in delegations]
        lines = model.lines_of(text, own)
        self.appeal = [one.mix(appeal, lines) for one, appeal in zip(delegations, own, strict=True)]
        self.upper = [one.cut_points(text.key)[1] for one in delegations]
        self.lined = [one for one in delegations if one.red_lines]
        self.broken = {one.row: one.sees_broken(text.places, text.silent) for one in self.lined}
        share = 1 - model.progress ** (1 / self.dynamics.concession)
        initial = [one.first_gain(text.tabled_places) for one in text.sponsors]
        self.least = [min(gain, share * gain) for gain in initial]
        self.standing = [one.first_gain(text.places) for one in text.sponsors]

    def revise(self) -> None:
        """Look for the best acceptable change and take it if it is worth it."""
        text, shortlist = self.text, self.shortlist()
        if not shortlist:
            return
        now, found = self.score(self.appeal, self.broken), []
        for candidate in shortlist:
            known = self.dynamics.tabu and tuple(candidate.wording) in text.visited
            if known or not self.acceptable(candidate.left, self.crossed(candidate)):
                continue
            found.append((self.score(self.appeal_after(candidate), candidate.broken) - now, candidate))
        if not found:
            return
        highest = max(value for value, _ in found)
        equals = [(value, candidate) for value, candidate in found if value >= highest - HAIR]
        value, best = max(equals, key=lambda pair: sum(pair[1].left))
        if value >= max(self.dynamics.min_improvement, HAIR):
            self.take(best)

    def take(self, candidate: Candidate) -> None:
        """Let a wording stand: gains move, and trust in the authors with them."""
        model, text, change = self.model, self.text, candidate.change
        stakes = [pull * gained for pull, gained in zip(self.pull, change, strict=True)]
        asked_by = model.delegations[stakes.index(max(stakes))]
        model.revisions.append((model.round + 1, text.key, asked_by.name))
        text.reword(candidate.wording)
        for one in model.delegations:
            one.gains[text.key] = one.gain(text.places)
            for sponsor, share in text.authors:
                if share:
                    learnt = one.trust[sponsor] + self.dynamics.trust_learning * change[one.row]
                    one.trust[sponsor] = min(max(learnt, -1.0), 1.0)

    def shortlist(self) -> list[Candidate]:
        """The most promising changes: single options and trades of two, by a first-order estimate."""
        text = self.text
        left = {
            (article, option): self.left_by({article: option})
            for article, option in text.singles
            if option != text.standing[article]
        }
        best = [
            max([0.0, *(gains[place] - now for gains in left.values())])
            for place, now in enumerate(self.standing)
        ]
        hopeful = [
            single
            for single, gains in left.items()
            if self.acceptable([gain + more for gain, more in zip(gains, best, strict=True)], False)
        ]
        if not hopeful:
            return []
        self.take_slopes()
        singles = {}
        for article, option in hopeful:
            candidate = self.candidate({article: option})
            singles[article, option] = (self.estimate(candidate), candidate)
        ranked: list[tuple[float, tuple[tuple[int, int], ...]]] = [
            (estimate, (single,))
            for single, (estimate, candidate) in singles.items()
            if self.acceptable(candidate.left, self.crossed(candidate))
        ]
        promising = sorted(singles, key=lambda single: -singles[single][0])[: self.dynamics.trade_width]
        ranked += [
            (singles[one][0] + singles[other][0], (one, other))
            for one, other in combinations(promising, 2)
            if one[0] != other[0] and self.both_acceptable(singles[one][1], singles[other][1])
        ]
        ranked = sorted((entry for entry in ranked if entry[0] > 0), key=lambda entry: -entry[0])
        return [
            singles[changes[0]][1] if len(changes) == 1 else self.candidate(dict(changes))
            for _, changes in ranked[:SHORTLIST]
        ]

    def left_by(self, changes: dict[int, int]) -> list[float]:
        """What the sponsors have left if some articles change."""
        places, _ = self.text.where(
            [changes.get(article, option) for article, option in enumerate(self.text.standing)]
        )
        return [one.first_gain(places) for one in self.text.sponsors]

    def candidate(self, changes: dict[int, int]) -> Candidate:
        """The wording with some articles changed, and what that does."""
        text = self.text
        wording = [changes.get(article, option) for article, option in enumerate(text.standing)]
        places, silent = text.where(wording)
        issues = [issue for issue in places if places[issue] != text.places[issue]]
        return Candidate(
            wording,
            [one.change(text, places, issues) for one in self.model.delegations],
            {one.row: one.sees_broken(places, silent) for one in self.lined},
            [one.first_gain(places) for one in text.sponsors],
        )

    def crossed(self, candidate: Candidate) -> bool:
        """Whether a wording crosses a red line of a sponsor."""
        return any(any(candidate.broken.get(one.row, ())) for one in self.text.sponsors)

    def acceptable(self, left: list[float], crossed: bool) -> bool:
        """Whether every sponsor keeps its aspiration or gains, within its own red lines."""
        return not crossed and all(
            gain >= least - HAIR or gain >= now
            for gain, least, now in zip(left, self.least, self.standing, strict=True)
        )

    def both_acceptable(self, one: Candidate, other: Candidate) -> bool:
        """Whether two changes together are acceptable, roughly."""
        left = [a + b - now for a, b, now in zip(one.left, other.left, self.standing, strict=True)]
        return self.acceptable(left, self.crossed(one) or self.crossed(other))

    def appeal_after(self, candidate: Candidate) -> list[float]:
        """Everybody's appeal if a wording stood."""
        delegations = self.model.delegations
        weighed = [one.weight_of_content * candidate.change[one.row] for one in delegations]
        lines = self.model.lines_of(self.text, weighed)
        return [self.appeal[one.row] + one.mix(weighed[one.row], lines) for one in delegations]

    def score(self, appeal: list[float], broken: dict[int, tuple[bool, bool]]) -> float:
        """The expected share of delegations that endorse."""
        precision = self.dynamics.precision
        return sum(
            logistic(precision * (pull - upper))
            for row, (pull, upper) in enumerate(zip(appeal, self.upper, strict=True))
            if not any(broken.get(row, ()))
        ) / len(appeal)

    def take_slopes(self) -> None:
        """How the expected share grows with the gain of each delegation, through its blocs as well."""
        model, precision = self.model, min(self.dynamics.precision, RANKING_PRECISION)
        self.yes = [
            logistic(precision * (pull - upper)) for pull, upper in zip(self.appeal, self.upper, strict=True)
        ]
        seats = len(self.yes)
        slopes = [
            0.0 if any(self.broken.get(row, ())) else precision * yes * (1 - yes) / seats
            for row, yes in enumerate(self.yes)
        ]
        pull = [(1 - one.discipline) * slope for one, slope in zip(model.delegations, slopes, strict=True)]
        through: dict[str, float] = {bloc.key: 0.0 for bloc in model.blocs}
        for one, slope in zip(model.delegations, slopes, strict=True):
            for bloc, share in one.blocs:
                through[bloc.key] += one.discipline * share * slope
        for bloc in model.blocs:
            for row, weight in bloc.weights[self.text.key]:
                pull[row] += through[bloc.key] * weight
        self.leverage = pull
        self.pull = [
            one.weight_of_content * slope for one, slope in zip(model.delegations, pull, strict=True)
        ]

    def estimate(self, candidate: Candidate) -> float:
        """First order in the gains, exact in who is freed from or caught by a red line."""
        smooth = sum(pull * change for pull, change in zip(self.pull, candidate.change, strict=True))
        freed = sum(
            self.yes[row] * (any(self.broken[row]) - any(broken)) for row, broken in candidate.broken.items()
        )
        return smooth + freed / len(self.yes)


def logistic(value: float) -> float:
    """σ(value), without overflow."""
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    grown = math.exp(value)
    return grown / (1 + grown)
