"""What recorded votes say of a scenario's parameters, in sentences, tables and as a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulation.calibrating.answer import Calibrated
    from simulation.calibrating.estimates import Estimate

HEAD = ("parameter", "has", "fitted", "profile", "resolutions", "corrected")
GRID_HEAD = ("d", "λ", "β", "τ", "θ_v⁻", "θ_v⁺", "β·λ", "β·own", "log lik.")
LASTING_HEAD = ("ϱ", "β", "τ", "κ", "interval of κ", "log lik.")
SYMBOLS = {
    "precision": "β",
    "trust_weight": "τ",
    "peer_weight": "λ",
    "vote_oppose_threshold": "θ_v⁻",
    "vote_yes_threshold": "θ_v⁺",
}
ABOUT = (
    "θ_v⁻ is vote_oppose_threshold, θ_v⁺ vote_yes_threshold; “has” is what the scenario has."
    " “profile” takes votes of one resolution as independent and is narrow; “resolutions” draws the six"
    " again. Corrected: errors in positions taken out by simulation and extrapolation. Fitted after the"
    " event, on votes whose meaning we coded; not a prediction."
)


def rows(found: Calibrated) -> list[list[str]]:
    """The main table: one row a parameter."""
    from simulation.calibrating.errors import CHOSEN

    corrected = found.corrected.corrected[CHOSEN]
    return [
        [
            named(one),
            f"{getattr(found.scenario.dynamics, one.parameter.name):g}",
            digits(one, one.value),
            span(one, one.low, one.high),
            span(one, one.low_again, one.high_again),
            digits(one, float(corrected[place])),
        ]
        for place, one in enumerate(found.main)
    ]


def named(one: Estimate) -> str:
    """A parameter by its symbol, with the family it belongs to."""
    symbol = SYMBOLS[one.parameter.name]
    return f"{symbol}, {one.parameter.family}" if one.parameter.family else f"{symbol}, {one.parameter.name}"


def digits(one: Estimate, value: float) -> str:
    """A value with as many decimals as its parameter bears."""
    from simulation.calibrating.estimates import PRECISION

    return f"{value:.1f}" if one.parameter.name == PRECISION else f"{value:.3f}"


def span(one: Estimate, low: float, high: float) -> str:
    """An interval in words; one without an end says so."""
    if low != low or high != high:
        return "—"
    ends = [digits(one, end) if abs(end) != float("inf") else "no end" for end in (low, high)]
    return f"{ends[0]} to {ends[1]}"


def grid_rows(found: Calibrated) -> list[list[str]]:
    """What changes with discipline and listening; cut-points of the first family."""
    place = 2 + len(found.recorded.families)
    return [
        [
            f"{cell.discipline:g}",
            f"{cell.peer_weight:.2f}",
            f"{cell.values[0]:.1f}",
            f"{cell.values[1]:.3f}",
            f"{cell.values[2]:.3f}",
            f"{cell.values[place]:.3f}",
            f"{cell.precision_times_peers:.2f}",
            f"{cell.precision_times_own:.1f}",
            f"{cell.log_likelihood:.1f}",
        ]
        for cell in found.grid
    ]


def lasting_rows(found: Calibrated) -> list[list[str]]:
    """Commitment for each assumed persistence."""
    return [
        [
            f"{one.persistence:g}",
            f"{one.precision:.1f}",
            f"{one.trust_weight:.3f}",
            f"{one.commitment:.3f}",
            f"{one.low:.3f} to {one.high:.3f}",
            f"{one.log_likelihood:.1f}",
        ]
        for one in found.lasting
    ]


def sentences(found: Calibrated) -> list[str]:
    """What to know before the table."""
    from simulation.backtest.fitting import LIKELY

    free, held = (_peers(one) for one in (found.free, found.controlled))
    most = max(one.log_likelihood for one in found.lasting)
    alike = [one for one in found.lasting if most - one.log_likelihood < LIKELY]
    costs = " and ".join(f"{one.commitment:.3f} if ϱ is {one.persistence:g}" for one in alike)
    silent = [family for family, one in found.alone.items() if one[0].low <= 0]
    return [
        f"Fitted to {found.votes} votes on {len(found.recorded.calls)} resolutions, by the coded positions of"
        f" {found.scenario.name}; seed {found.seed}. Left out: {int((~found.recorded.used).sum())} states"
        " coded with their votes in view.",
        f"Assumed, not fitted: listening λ = {found.given:g} and the discipline of blocs. Fitted freely, λ is"
        f" {free.value:.2f} ({span(free, free.low, free.high)}), and {held.value:.2f}"
        f" ({span(held, held.low, held.high)}) with the mean vote of a state's blocs beside it: an upper"
        " bound, since common interests look the same.",
        f"Commitment cannot be told from lasting taste: κ is {costs}, about equally likely.",
        *(
            [f"By themselves, resolutions on {' and '.join(silent)} tell nothing of precision."]
            if silent
            else []
        ),
    ]


def _peers(listed: Sequence[Estimate]) -> Estimate:
    from simulation.calibrating.estimates import PEERS

    return next(one for one in listed if one.parameter.name == PEERS)


def document(found: Calibrated) -> dict[str, Any]:
    """Everything as plain values for JSON; ends that votes do not set are null."""
    from simulation.calibrating.errors import CHOSEN, DRAWS
    from simulation.calibrating.overlay import values
    from simulation.calibrating.recorded import votes_in_view

    kept = found.corrected
    return {
        "scenario": found.scenario.name,
        "seed": found.seed,
        "votes": found.votes,
        "resolutions": [call.resolution.name for call in found.recorded.calls],
        "left_out": [iso3 for iso3 in votes_in_view() if iso3 in found.recorded.room.countries],
        "assumed": {"peer_weight": found.given, "discipline": "as coded"},
        "method": "ordered logit, penalised maximum likelihood; intervals by profile likelihood, and by"
        " drawing resolutions again",
        "estimates": listed(found.main),
        "as_worded": listed(found.worded),
        "listening_fitted": {
            "alone": listed(found.free),
            "with_the_mean_of_blocs": listed(found.controlled),
        },
        "families_alone": {
            family: {"told": one[0].low > 0, "estimates": listed(one)} for family, one in found.alone.items()
        },
        "corrected": {
            "method": f"SIMEX over position_sd, {CHOSEN} extrapolant, {DRAWS} draws",
            "added_variance": list(kept.added),
            "precision_by_added_variance": [round(float(one), 4) for one in kept.trend[:, 0]],
            "estimates": [
                {
                    **_of(one),
                    "uncorrected": number(one.value),
                    **{name: number(float(kept.corrected[name][place])) for name in kept.corrected},
                    "low": number(float(found.corrected_low[place])),
                    "high": number(float(found.corrected_high[place])),
                }
                for place, one in enumerate(found.main)
            ],
        },
        "discipline_and_listening": [
            {
                "discipline": cell.discipline,
                "peer_weight": cell.peer_weight,
                "estimates": [
                    {**_of(one), "value": number(float(cell.values[place]))}
                    for place, one in enumerate(found.main)
                ],
                "precision_times_peer_weight": number(cell.precision_times_peers),
                "precision_times_own_share": number(cell.precision_times_own),
                "log_likelihood": number(cell.log_likelihood),
            }
            for cell in found.grid
        ],
        "persistence": [
            {key: number(value) for key, value in one._asdict().items()} for one in found.lasting
        ],
        "overlay": values(kept, found.recorded.families),
    }


def listed(some: Sequence[Estimate]) -> list[dict[str, Any]]:
    """Estimates as plain values."""
    return [
        {
            **_of(one),
            "value": number(one.value),
            "profile": [number(one.low), number(one.high)],
            "by_resolutions": [number(one.low_again), number(one.high_again)],
        }
        for one in some
    ]


def _of(one: Estimate) -> dict[str, str]:
    return {"parameter": one.parameter.name, "family": one.parameter.family}


def number(value: float) -> float | None:
    """A number as JSON can hold it, to four decimals: null for one without an end and for a missing one."""
    return round(value, 4) if abs(value) < float("inf") else None
