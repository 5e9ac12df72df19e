"""What else could have been agreed in a run? The wordings of a text against the one that it ended with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.analyses.best_wording import Best, best_wording
from simulation.analyses.ending import Ending, ending
from simulation.analyses.prospects import Prospects, prospects
from simulation.analyses.survey import MOST, Survey, survey

if TYPE_CHECKING:
    from simulation.results import Results

Numbers = NDArray[np.int64]
HALF = 0.5  # who endorses in so many replicates is a supporter


class Deals(NamedTuple):
    """The wordings of a text beside what a run did.

    `agreed` (article,) is what most replicates end with, article by article; `supporters`, `sponsors` and
    `parties` (country,) who endorses at the end in at least half of them, who tabled it, and who bargains in
    the sense of theory; `support` the mean number that endorses at the end. `tabled` are the numbers of the
    wordings that stood in some round of some replicate; `missed` and `missed_for_sponsors` those that are
    better than the one agreed and were never among them, the best supported first.

    Where there are too many wordings to list, `survey` is none and `best` has the one with most support.
    """

    prospects: Prospects
    agreed: NDArray[np.integer]
    supporters: NDArray[np.bool_]
    sponsors: NDArray[np.bool_]
    parties: NDArray[np.bool_]
    support: float
    tabled: Numbers
    missed: Numbers
    missed_for_sponsors: Numbers
    survey: Survey | None
    best: Best | None


def deals(results: Results, text: str, end: Ending | None = None, counterparts: Sequence[str] = ()) -> Deals:
    """Look at all wordings of a text after a run.

    `end` is the state at the end, if known already. Parties are all delegations that have something at
    stake, or the sponsors and some `counterparts` by key.
    """
    end = end or ending(results)
    room, here = end.room, results.data.sel(text=text)
    found = prospects(end, text)
    paths = here.wording.values[:, :, : len(found.places.start)].astype(np.int64)
    agreed = np.array([np.bincount(column).argmax() for column in paths[:, -1].T])
    supporters = (here.stance.values[:, -1] == 1).mean(axis=0) >= HALF
    sponsors = room.sponsoring[:, room.texts.index(text)]
    parties = np.any([np.ptp(table, axis=0) > 0 for table in found.gain.tables], axis=0)
    if counterparts:
        parties = sponsors | np.isin(room.countries, list(counterparts))
    some = found.places.count <= MOST
    surveyed = survey(found, agreed, parties, supporters) if some else None
    best = None if some else best_wording(found, agreed)
    nothing = np.zeros(0, dtype=np.int64)
    tabled = nothing
    missed = for_sponsors = nothing
    if surveyed is not None:
        tabled = np.unique(found.places.numbers(paths.reshape(-1, paths.shape[2])))
        missed, for_sponsors = (
            _best_first(np.setdiff1d(one, tabled), surveyed.support)
            for one in (surveyed.better, surveyed.better_for_sponsors)
        )
    return Deals(
        found,
        agreed,
        supporters,
        sponsors,
        parties,
        float(here.endorsing.values[:, -1].mean()),
        tabled,
        missed,
        for_sponsors,
        surveyed,
        best,
    )


def _best_first(numbers: Numbers, support: NDArray[np.floating]) -> Numbers:
    return numbers[np.argsort(-support[numbers], kind="stable")]
