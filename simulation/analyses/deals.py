"""What else could have been agreed in a run? The wordings of a text against the one that it ended with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.analyses.best_wording import Best, best_wording
from simulation.analyses.prospects import Prospects, prospects
from simulation.analyses.survey import MOST, Survey, survey
from simulation.ending import ending_of
from simulation.model import NegotiationModel
from simulation.results import counted

if TYPE_CHECKING:
    from simulation.results import Results

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]
FLOORS = (0.0, 0.25, 0.5, 0.75, 1.0)  # of ambition, where wordings are too many to list
FEWER = 500  # branches looked at for each of them
REPLICATES = 16  # how many replicates are run once more for the state at the end
HALF = 0.5  # who endorses in so many replicates is a supporter


class Agreed(NamedTuple):
    """How a text ended. `wording` (article,) is what most replicates end with, article by article;
    `supporters` and `sponsors` (country,) who of those that count endorses at the end in at least half of
    them, and who tabled it; `support` the mean number that endorses at the end; `prospects` what other
    wordings would bring."""

    text: str
    prospects: Prospects
    wording: NDArray[np.integer]
    supporters: Flags
    sponsors: Flags
    support: float


class Deals(NamedTuple):
    """The wordings of a text beside the one agreed.

    `parties` (country,) bargain in the sense of theory. `tabled` are the numbers of the wordings that stood
    in some round of some replicate; `missed` and `missed_for_sponsors` those that are better than the one
    agreed and were never among them, the best supported first. Where there are too many wordings to list,
    `survey` is none and `best` has, by the least ambition asked for, the one with most support; −∞ asks for
    none.
    """

    agreed: Agreed
    parties: Flags
    tabled: Numbers
    missed: Numbers
    missed_for_sponsors: Numbers
    survey: Survey | None
    best: Mapping[float, Best]


def run_again(results: Results, replicates: int = REPLICATES) -> NegotiationModel:
    """The first replicates of a run with everything kept; the random streams make them equal to the first."""
    count, seed = min(results.replicates, replicates), int(results.manifest["seed"])
    model = NegotiationModel(results.scenario, range(count), seed, in_full=True)
    model.run_model()
    return model


def on_the_table(model: NegotiationModel) -> list[str]:
    """The keys of the texts that lie on the table at the end."""
    return [key for key, there in zip(model.room.texts, model.chamber.on_table, strict=True) if there]


def agreed(results: Results, text: str, model: NegotiationModel | None = None) -> Agreed:
    """How a text ended; `model` is what `run_again` gives, if it is there already.

    Raises ValueError for a text that does not lie on the table at the end.
    """
    end = ending_of(model or run_again(results), text)
    here, found = counted(results.data).sel(text=text), prospects(end)
    last = here.wording.values[:, -1, : len(found.places.start)].astype(np.int64)
    return Agreed(
        text,
        found,
        np.array([np.bincount(column).argmax() for column in last.T]),
        (here.stance.values[:, -1] == 1).mean(axis=0) >= HALF,
        end.room.sponsoring[end.room.counted, end.text],
        float(here.endorsing.values[:, -1].mean()),
    )


def deals(results: Results, ended: Agreed, counterparts: Sequence[str] = ()) -> Deals:
    """Look at all wordings of a text after a run.

    Parties are all delegations that have something at stake, or the sponsors and some `counterparts` by key.
    """
    found, nothing = ended.prospects, np.zeros(0, dtype=np.int64)
    parties = np.any([np.ptp(table, axis=0) > 0 for table in found.gain.tables], axis=0)
    if counterparts:
        parties = ended.sponsors | np.isin(found.countries, list(counterparts))
    if found.places.count > MOST:
        return Deals(ended, parties, nothing, nothing, nothing, None, _searched(ended))
    seen = survey(found, ended.wording, parties, ended.supporters)
    paths = results.data.wording.sel(text=ended.text).values
    stood = paths.reshape(-1, paths.shape[2])[:, : len(ended.wording)].astype(np.int64)
    tabled = np.unique(found.places.numbers(stood))
    missed, for_sponsors = (
        _best_first(np.setdiff1d(one, tabled), seen.support)
        for one in (seen.better, seen.better_for_sponsors)
    )
    return Deals(ended, parties, tabled, missed, for_sponsors, seen, {})


def _searched(ended: Agreed) -> dict[float, Best]:
    """The wording with most support, by the least ambition asked for, where they are too many to list."""
    found, floor = ended.prospects, -np.inf
    best = {floor: best_wording(found, ended.wording)}
    for higher in FLOORS if not np.isnan(found.ambition(ended.wording[None])[0]) else ():
        last = best[floor]
        enough = last.choice is not None and found.ambition(last.choice[None])[0] >= higher
        best[higher] = last if enough else best_wording(found, ended.wording, higher, FEWER)
        floor = higher
    return best


def _best_first(numbers: Numbers, support: NDArray[np.floating]) -> Numbers:
    return numbers[np.argsort(-support[numbers], kind="stable")]
