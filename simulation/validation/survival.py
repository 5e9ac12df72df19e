"""Waiting times: the leukaemia trial by which survival curves are taught."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.analyses.spread import kaplan_meier
from simulation.analyses.timing import log_rank, median_time
from simulation.validation._row import Row, each

TITLE, PLACE = "Waiting times", 95
SOURCE = (
    "Freireich and others (1963), The effect of 6-mercaptopurine on the duration of steroid-induced "
    "remissions, Blood 21, 699–716, weeks; Kaplan–Meier and log-rank figures as in textbooks"
)
RELAPSED, WATCHED = [6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
CURVE = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
AT_RISK = [21, 17, 15, 12, 11, 7, 6]


def treated() -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Weeks of the treated arm, and which of them end in a relapse."""
    times = np.array(RELAPSED + WATCHED)
    return times, np.arange(times.size) < len(RELAPSED)


def rows() -> list[Row]:
    """The curve of the treated, who is still watched, medians and the log-rank test."""
    (times, relapses), placebo = treated(), np.array(PLACEBO)
    all_relapse = np.ones(placebo.size, dtype=bool)
    curve, other = kaplan_meier(times, relapses), kaplan_meier(placebo, all_relapse)
    found = log_rank(times, relapses, placebo, all_relapse)
    week = [
        f"{name} at week {week}" for name in ("treated, in remission", "treated, at risk") for week in CURVE
    ]
    reached = dict(zip(curve.time.tolist(), curve.waiting, strict=True))
    ours = [reached.get(float(at), np.nan) for at in CURVE]
    return [
        Row("weeks with relapses", len(CURVE), len(reached), 0.0, SOURCE, "published"),
        *each(week[: len(CURVE)], CURVE.values(), ours, 0.0005, SOURCE, "published"),
        *each(week[len(CURVE) :], AT_RISK, curve.at_risk, 0.0, SOURCE, "published"),
        Row("treated, median", 23, float(median_time(curve)), 0.0, SOURCE, "published"),
        Row("placebo, median", 8, float(median_time(other)), 0.0, SOURCE, "published"),
        Row("log-rank χ²", 16.79, float(found.chi2), 0.005, SOURCE, "published"),
        Row("log-rank p, in 100,000", 4.17, 1e5 * float(found.p), 0.005, SOURCE, "published"),
    ]
