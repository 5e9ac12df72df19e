"""Which settings the recorded spread rules out, in sentences, tables and as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from simulation.calibrating.spread import Matched

HEAD = ("by", "recorded", "tried", "own", "implausibility")
PART_HEAD = ("not ruled out in the", "low third", "middle", "high third")
ABOUT = (
    "Not ruled out is less than fitted. A setting is ruled out if a recorded number lies more than 3 standard"
    " deviations away, of record, chance, and 5 % of the room for what model and record leave out (assumed)."
    " Support that nobody recorded would allow more settings. A model's output, not a prediction."
)


def sentences(found: Matched) -> list[str]:
    """What was found, and what it cannot tell."""
    from simulation.calibrating.spread import CUT, SOUGHT, by_part, needed

    count, left = len(found.settings), int(found.left.sum())
    title = found.scenario.texts[found.text].title
    out = found.own.max() > CUT
    verdict = "is ruled out" if out else "is not ruled out"
    gaps = np.ptp(by_part(found), axis=1).tolist()
    thresholds = found.settings[found.left, 0]
    told = f", with {SOUGHT[0]} from {thresholds.min():.2f} to {thresholds.max():.2f}" if left else ""
    return [
        f"{title}: {left} of {count} settings are not ruled out{told}; {found.replicates} replicates each,"
        f" seed {found.seed}. The scenario's own setting {verdict}"
        f" (implausibility {found.own.max():.1f})"
        + (f", unless model and record leave out {needed(found):.0%} of the room." if out else "."),
        "What it cannot tell: from one third of a range to another the share not ruled out changes by "
        + ", ".join(f"{gap:.0%} for {name}" for name, gap in zip(SOUGHT, gaps, strict=True))
        + ". A small change means that the spread tells little of that parameter alone.",
    ]


def rows(found: Matched) -> list[list[str]]:
    """One row a recorded number."""
    return [
        [
            f"{fact.date}",
            f"{fact.low} to {fact.high}",
            f"{found.mean[:, place].min():.0f} to {found.mean[:, place].max():.0f}",
            f"{found.own_mean[place]:.0f}",
            f"{found.own[place]:.1f}",
        ]
        for place, fact in enumerate(found.facts)
    ]


def part_rows(found: Matched) -> list[list[str]]:
    """Shares of settings not ruled out, by third of each parameter's range."""
    from simulation.calibrating.spread import SOUGHT, by_part

    return [
        [name, *(f"{share:.0%}" for share in shares)]
        for name, shares in zip(SOUGHT, by_part(found).tolist(), strict=True)
    ]


def document(found: Matched) -> dict[str, Any]:
    """Everything as plain values for JSON."""
    from simulation.calibrating.spread import CUT, DISCREPANCY, PARTS, SOUGHT, by_part, needed

    return {
        "scenario": found.scenario.name,
        "text": found.text,
        "seed": found.seed,
        "replicates": found.replicates,
        "design": "scrambled Sobol sequence over the advised ranges",
        "ruled_out_above": CUT,
        "discrepancy_share_of_room": DISCREPANCY,
        "recorded": [
            {"date": fact.date.isoformat(), "low": fact.low, "high": fact.high, "note": fact.note}
            for fact in found.facts
        ],
        "own": {
            "supporters": found.own_mean.round(3).tolist(),
            "implausibility": found.own.round(3).tolist(),
            "ruled_out": bool(found.own.max() > CUT),
            "discrepancy_needed": round(needed(found), 4),
        },
        "not_ruled_out": int(found.left.sum()),
        "by_third": {
            name: dict(zip(PARTS, shares, strict=True))
            for name, shares in zip(SOUGHT, by_part(found).round(4).tolist(), strict=True)
        },
        "settings": [
            {
                **dict(zip(SOUGHT, found.settings[point].round(5).tolist(), strict=True)),
                "supporters": found.mean[point].round(3).tolist(),
                "implausibility": found.implausibility[point].round(3).tolist(),
                "ruled_out": not bool(found.left[point]),
            }
            for point in range(len(found.settings))
        ],
    }
