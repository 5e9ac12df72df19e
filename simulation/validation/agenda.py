"""Which wording is chosen: agenda setting, medians, vote trading, and what a chair settles on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scenarios.schema import Scenario
from simulation import reference_models
from simulation.validation._cases import case
from simulation.validation._rooms import chamber_of, finished
from simulation.validation._row import Row, each
from simulation.wording import codes

TITLE, PLACE = "Wording and agenda", 30
ROMER_ROSENTHAL = (
    "Romer & Rosenthal (1978), Political resource allocation, controlled agendas, and the status quo, "
    "Public Choice 33, 27–43: a setter at 100, the median at 50"
)
BLACK = "Black (1948), On the rationale of group decision-making, Journal of Political Economy 56, 23–34"
SHEPSLE = (
    "Kramer (1972), Journal of Mathematical Sociology 2, 165–180; Shepsle (1979), American Journal of "
    "Political Science 23, 27–59: article by article"
)
TRADING = "Paradox of vote trading: three voters with salience .6, .2, .2 in turn"
WEIGHTED = "Black's median with weights, three positions"
CHAIR = (
    "Delay of emission standards, years: weighted median and compromise model (van den Bos 1991), data of "
    "Scholz, Calbert & Smith (2011); a chair weighing capability × salience"
)
EXACT = {
    "redraft_days": 0,
    "min_improvement": 0.0,
    "vote_yes_threshold": 0.0,
    "vote_oppose_threshold": 0.0,
}
"""Choices without a threshold: any improvement is taken, and a text is due in every round."""


def rows() -> list[Row]:
    """One setter, the floor, articles one by one, trades, and a chair."""
    return _setter() + _floor() + _by_article() + _trades() + _medians() + _chair()


def every(step: int) -> Callable[[int, int], list[dict[str, float]]]:
    """Options at every `step` points of an article's issue."""
    return lambda text, issue: [{f"issue-{issue}": float(place)} for place in range(0, 101, step)]


def _setter() -> list[Row]:
    """The closed rule: the setter gets twice the median less the reversion point, capped at its ideal."""
    made = []
    for reversion, passes in ((20, 80), (40, 60), (0, 100)):
        scenario = chamber_of(
            [[100], [10], [30], [50], [70]],
            texts=[[100]],
            reversion=float(reversion),
            rounds=300,
            options=every(1),
            rule={"name": "simple-majority"},
            dynamics={**EXACT, "drafting": "sponsor-led", "concession": 1.0},
        )
        sponsored = scenario.texts["text-0"].model_copy(update={"sponsors": ("D000",)})
        model = finished(scenario.model_copy(update={"texts": {"text-0": sponsored}}))
        ours = float(model.chamber.places[0, 0, 0])
        made.append(Row(f"reversion point {reversion}, passes", passes, ours, 0.0, ROMER_ROSENTHAL, "exact"))
    return made


def _floor() -> list[Row]:
    """The open rule: the floor ends at the median from any start, and no place beats the median."""
    at_median = 0
    for seed in range(20):
        generator = np.random.default_rng(seed)
        positions = generator.integers(0, 101, (9, 1)).astype(float)
        scenario = chamber_of(
            positions,
            texts=[[float(generator.integers(0, 101))]],
            rounds=60,
            options=every(1),
            dynamics={**EXACT, "drafting": "line-by-line"},
        )
        at_median += bool(finished(scenario).chamber.places[0, 0, 0] == np.median(positions))
    places = np.array([0.0, 20, 50, 60, 100])
    median = _predicted("median-voter", places[:, None], np.ones(5))[0]
    beaten = sum(
        bool((np.abs(places - other) < np.abs(places - median)).sum() >= 3)
        for other in np.linspace(0, 100, 101)
    )
    return [
        Row("of 20 texts on the floor end at the median", 20, at_median, 0.0, BLACK, "exact"),
        Row("median of 0, 20, 50, 60, 100", 50, median, 0.0, BLACK, "exact"),
        Row("of 101 places are preferred to it by three of five", 0, beaten, 0.0, BLACK, "exact"),
    ]


def _by_article() -> list[Row]:
    """With articles decided one by one each issue ends at its own median."""
    at_medians = 0
    for seed in range(5):
        generator = np.random.default_rng(seed)
        positions = 5.0 * generator.integers(0, 21, (7, 4))
        scenario = chamber_of(
            positions,
            texts=[5.0 * generator.integers(0, 21, 4)],
            salience=generator.uniform(10, 100, (7, 4)),
            rounds=120,
            options=every(5),
            dynamics={**EXACT, "drafting": "line-by-line", "trade_width": 0},
        )
        reached = finished(scenario).chamber.places[0, :, 0]
        at_medians += bool((reached == np.median(positions, axis=0)).all())
    foreseen = _predicted("median-voter", [[0, 90], [50, 20], [100, 60]], np.ones(3))
    made = [Row("of 5 texts on four issues end at the medians", 5, at_medians, 0.0, SHEPSLE, "exact")]
    names = [f"median voter model, issue {number}" for number in (1, 2)]
    return made + each(names, [50, 60], foreseen, 0.0, SHEPSLE, "exact")


def trading_room(trade_width: int) -> Scenario:
    """Three voters, each in a minority on the issue that matters most to it; trades of so many options."""
    return chamber_of(
        100.0 * np.eye(3),
        texts=[[0.0, 0.0, 0.0]],
        reversion=50.0,
        salience=np.array([[60, 20, 20], [20, 60, 20], [20, 20, 60]]),
        rounds=60,
        options=lambda text, issue: [{f"issue-{issue}": 100.0}],
        dynamics={**EXACT, "drafting": "line-by-line", "trade_width": trade_width, "tabu": False},
    )


def _trades() -> list[Row]:
    """What no single change can upset a trade upsets, and so on for ever: wordings come back."""
    single, trading = finished(trading_room(0)), finished(trading_room(3))
    wording = trading.room.wordings[0]
    seen = [int(codes(wording, revision.after)[0]) for revision in trading.record.revisions]
    again = "come back" if len(seen) > len(set(seen)) else "do not come back"
    every_round = "to the end" if len(seen) >= 40 else "for a while"
    return [
        Row("single changes made", 0, len(single.record.revisions), 0.0, TRADING, "exact"),
        Row("wordings under trades", "come back", again, 0.0, TRADING, "exact"),
        Row("trades go on", "to the end", every_round, 0.0, TRADING, "exact"),
    ]


def _medians() -> list[Row]:
    ours = _predicted("weighted-median", [[1], [2], [9]], [3, 2, 4])[0]
    return [Row("1, 2 and 9 with weights 3, 2 and 4", 2, ours, 0.0, WEIGHTED, "exact")]


def _predicted(model: str, places: object, able: object) -> list[float]:
    """What a reference model foresees if everybody cares alike and nothing agreed is 0."""
    held_at = np.asarray(places, dtype=float)
    salience, back = np.full(held_at.shape, 100.0), np.zeros(held_at.shape[1])
    found: list[float] = reference_models.find(model).predict(held_at, salience, able, back).outcome.tolist()
    return found


def _chair() -> list[Row]:
    """A chair that minimises absolute or squared losses; and the two reference models by themselves."""
    found = case("ec_emissions")
    place = (np.array(found["positions"]) - 4) / 6 * 100
    salience, able = np.array(found["salience"]), np.array(found["capability"])
    made = []
    for exponent, model, key in ((1, "weighted-median", "median"), (2, "compromise", "mean")):
        # What an actor does not care about here it cares about elsewhere, where the text is silent.
        scenario = chamber_of(
            np.column_stack([place, np.full(10, 50.0)]),
            texts=[[0.0, 50.0]],
            reversion=[0.0, 50.0],
            salience=np.column_stack([salience, 100 - salience]),
            rounds=20,
            delegations=[{"capability": 100 * weight} for weight in able],
            options=lambda text, issue: [{"issue-0": p / 4} for p in range(401)] if issue == 0 else [],
            dynamics={**EXACT, "drafting": "chair", "loss_exponent": exponent},
        )
        wanted = found["start"][key]
        reached = 4 + 6 * float(finished(scenario).chamber.places[0, 0, 0]) / 100
        # Options lie a quarter of a point apart, 0.015 years: half of it is the nearest one can be.
        made.append(Row(f"chair, ρ = {exponent}", wanted, reached, 0.0075, CHAIR, "third-party run"))
        outcome = reference_models.find(model).predict(place[:, None], salience[:, None], able, [0.0]).outcome
        ours = 4 + 6 * float(outcome[0]) / 100
        made.append(Row(model.replace("-", " "), wanted, ours, 1e-9, CHAIR, "third-party run"))
    return made
