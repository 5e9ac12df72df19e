"""Which virtues does a decision rule have? Each one is a check that looks for votes which show otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from simulation import rules
from simulation.rules import DecisionRule
from simulation.rules._house import Ballots, House

Check = Callable[[DecisionRule, Ballots, House, np.random.Generator], bool]
TRIALS = 40
TEXTS, REPLICATES = 3, 64


def drawn(generator: np.random.Generator) -> tuple[Ballots, House]:
    """A house of 5 to 20 seats, some of them equal, and ballots (country, text, replicate) of all kinds.

    What rules leave open is as they have it by default, but that half of the seats are enough to join.
    """
    seats = int(generator.integers(5, 21))
    house = House(
        weights=generator.choice([5.0, 10.0, 20.0, 80.0], seats),
        population=generator.choice([1.0, 5.0, 50.0], seats),
        vetoes=generator.random(seats) < 0.2,
        parties=seats // 2,
    )
    favour = generator.random((1, TEXTS, REPLICATES))
    against = (1 - favour) * generator.choice([0.0, 0.1, 1.0], favour.shape)
    luck = generator.random((seats, TEXTS, REPLICATES))
    silent = np.where(generator.random(luck.shape) < 0.3, -2, 0)
    ballots = np.where(luck < favour, 1, np.where(luck < favour + against, -1, silent))
    return ballots.astype(np.int8), house


def equal_treatment(
    rule: DecisionRule, ballots: Ballots, house: House, generator: np.random.Generator
) -> bool:
    """Delegations alike in weight, population and veto can swap their votes."""
    kind = np.unique(
        np.stack([house.weights, house.population, house.vetoes], axis=1), axis=0, return_inverse=True
    )[1].ravel()
    order = np.lexsort((generator.random(house.seats), kind))
    swapped = np.empty_like(ballots)
    swapped[np.argsort(kind, kind="stable")] = ballots[order]
    return np.array_equal(rule.decide(ballots, house), rule.decide(swapped, house))


def anonymity(rule: DecisionRule, ballots: Ballots, house: House, generator: np.random.Generator) -> bool:
    """Any delegations can swap their votes: who votes how makes no difference."""
    swapped = ballots[generator.permutation(house.seats)]
    return np.array_equal(rule.decide(ballots, house), rule.decide(swapped, house))


def neutrality(rule: DecisionRule, ballots: Ballots, house: House, generator: np.random.Generator) -> bool:
    """All texts are treated alike: with the votes on two of them swapped, so is what becomes of them."""
    order = generator.permutation(ballots.shape[1])
    return np.array_equal(rule.decide(ballots, house)[order], rule.decide(ballots[:, order], house))


def monotonicity(rule: DecisionRule, ballots: Ballots, house: House, generator: np.random.Generator) -> bool:
    """More support never loses: one more yes, or a no withdrawn, leaves a text carried that was."""
    asked = generator.random(ballots.shape) < 0.2
    kinder = np.where(ballots == -1, generator.choice([0, 1, -2], ballots.shape), 1)
    raised = np.where(asked, kinder, ballots).astype(np.int8)
    return bool((rule.decide(raised, house) >= rule.decide(ballots, house)).all())


def resoluteness(rule: DecisionRule, ballots: Ballots, house: House, generator: np.random.Generator) -> bool:
    """Every vote ends with a yes or a no, and other texts do not matter for it."""
    whole = rule.decide(ballots, house)
    alone = [rule.decide(ballots[:, text : text + 1], house)[0] for text in range(ballots.shape[1])]
    return whole.dtype == bool and np.array_equal(whole, np.stack(alone))


def unanimity(rule: DecisionRule, ballots: Ballots, house: House, generator: np.random.Generator) -> bool:
    """What all vote for carries, and what nobody votes for does not."""
    everybody = rule.decide(np.ones_like(ballots), house)
    nobody = rule.decide(np.minimum(ballots, 0), house)
    return bool(everybody.all() and not nobody.any())


def no_single_blocker(
    rule: DecisionRule, ballots: Ballots, house: House, generator: np.random.Generator
) -> bool:
    """No delegation alone can stop what all others vote for."""
    alone = (1 - 2 * np.eye(house.seats, dtype=np.int8))[:, :, None]
    return bool(rule.decide(alone, house).all())


def abstaining_is_no_vote(
    rule: DecisionRule, ballots: Ballots, house: House, generator: np.random.Generator
) -> bool:
    """Who abstains counts as little as if it had no seat."""
    stays = generator.random(house.seats) < 0.7
    stays[:2] = True
    silent = np.where(stays[:, None, None], ballots, 0).astype(np.int8)
    fewer = replace(
        house,
        weights=house.weights[stays],
        population=house.population[stays],
        vetoes=house.vetoes[stays],
    )
    return np.array_equal(rule.decide(silent, house), rule.decide(ballots[stays], fewer))


def abstaining_is_a_no(
    rule: DecisionRule, ballots: Ballots, house: House, generator: np.random.Generator
) -> bool:
    """To abstain or to stay away works like a no."""
    firm = np.where(ballots == 1, 1, -1).astype(np.int8)
    return np.array_equal(rule.decide(ballots, house), rule.decide(firm, house))


CHECKS: dict[str, Check] = {
    "equal treatment": equal_treatment,
    "anonymity": anonymity,
    "neutrality": neutrality,
    "monotonicity": monotonicity,
    "resoluteness": resoluteness,
    "unanimity": unanimity,
    "no single blocker": no_single_blocker,
    "abstaining is no vote": abstaining_is_no_vote,
    "abstaining is a no": abstaining_is_a_no,
}


def holds(name: str, check: Check, trials: int = TRIALS) -> bool:
    """Whether no counterexample to a property of a rule is found in so many houses of drawn ballots."""
    rule, generator = rules.find(name), np.random.default_rng(1)
    return all(check(rule, *drawn(generator), generator) for _ in range(trials))


def properties() -> dict[str, dict[str, bool]]:
    """Rule × property."""
    return {name: {title: holds(name, check) for title, check in CHECKS.items()} for name in rules.names()}


def markdown() -> str:
    """The same as a table in Markdown, and below it what the properties say."""
    rows = [["rule", *CHECKS], ["---"] * (len(CHECKS) + 1)]
    rows += [
        [f"`{name}`", *("yes" if held else "no" for held in found.values())]
        for name, found in properties().items()
    ]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    meanings = [f"- *{title}*: {_sentence(check)}" for title, check in CHECKS.items()]
    return "\n".join([table, "", *meanings])


def _sentence(check: Callable) -> str:
    return " ".join((check.__doc__ or "").split())
