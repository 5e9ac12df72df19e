"""One labelled data set: proceedings and their analyses with names, dates and units on every axis."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents.response import leaning
from simulation import rules
from simulation.analyses import coalitions
from simulation.analyses.wording import OBSERVER
from simulation.appeals import gains_at
from simulation.chamber import seat
from simulation.compare import MEASURES, interval, measures
from simulation.credit import APART, ledgers
from simulation.model import NegotiationModel
from simulation.opening import open_room
from simulation.proceedings import Proceedings, negotiate
from simulation.room import PARTS, Room
from simulation.rules._carrying import carries
from simulation.wording import places

if TYPE_CHECKING:
    import xarray as xr

EXPLAINED = 64


def build(room: Room, proceedings: Proceedings, seed: int) -> xr.Dataset:
    """The data set of a run; see docs/results.md for every variable.

    The first replicates (at most 64) are run once more with everything kept, for the influence ledger and the
    explanations: the streams make the second run equal to the first.
    """
    import xarray as xr

    explained = NegotiationModel(room, range(min(proceedings.replicates, EXPLAINED)), seed, in_full=True)
    explained.run_model()
    alone = each_replicate(room, proceedings)
    variables = {
        **alone,
        **_over_replicates(room, proceedings, alone["coalition"][1]),
        **_explained(room, explained),
        **_start(room),
        **_what_drafting_adds(room, proceedings, seed),
        **_revisions(room, explained),
    }
    return xr.Dataset(variables, coords=labels(room, proceedings))


def each_replicate(room: Room, proceedings: Proceedings) -> dict[str, tuple[tuple[str, ...], NDArray]]:
    """What is known of each replicate by itself: dims, `replicate` first, and values of every variable.

    They are the same whichever replicates stand beside it.
    """
    groups, modularity = coalitions.detect(room, proceedings.stance[:, -1])
    return {
        **_support(room, proceedings),
        **_decisions(room, proceedings),
        "coalition": (("replicate", "country"), groups),
        "modularity": (("replicate",), modularity),
        **_extras(room, proceedings),
    }


def labels(room: Room, proceedings: Proceedings) -> dict:
    """Coordinates: the keys on every axis and the names beside them."""
    scenario = room.scenario
    found: dict = {}
    if room.observing.any():
        found["observer"] = ("country", room.observing)
    if room.commitments.keys:
        found["commitment"] = list(room.commitments.keys)
    delegations, texts = scenario.delegations.values(), scenario.texts.values()
    first_day = room.rounds[0].start.isoformat()
    return {
        **found,
        "replicate": np.arange(proceedings.replicates),
        "round": np.arange(len(room.rounds) + 1),
        "date": ("round", [first_day, *(one.last_day.isoformat() for one in room.rounds)]),
        "days": ("round", [0, *(one.days for one in room.rounds)]),
        "country": list(room.countries),
        "other": list(room.countries),
        "name": ("country", [one.name + (OBSERVER if one.observer else "") for one in delegations]),
        "region": ("country", [one.region for one in delegations]),
        "capability": ("country", room.capability),
        "population": ("country", room.population),
        "strategy": ("country", [one.strategy for one in delegations]),
        "speaks_first": ("country", np.isin(np.arange(len(room.countries)), room.first)),
        "text": list(room.texts),
        "text_title": ("text", [one.title for one in texts]),
        "sponsors": ("text", [", ".join(one.sponsors) for one in texts]),
        "issue": list(room.issues),
        "issue_title": ("issue", [one.title for one in scenario.issues.values()]),
        "measure": list(MEASURES),
        "article": np.arange(proceedings.chosen.shape[3]),
        "option": np.arange(proceedings.amendments.shape[3]),
        "part": list(PARTS),
        "apart": list(APART),
        "bloc": list(room.blocs),
        "bloc_name": ("bloc", [one.name for one in scenario.blocs.values()]),
        "member": (("bloc", "country"), room.members),
    }


def _support(room: Room, proceedings: Proceedings) -> dict:
    """Stances, leanings, counts of each stance, and the weight behind every text; observers do not count."""
    stance, counted = proceedings.stance, room.counted
    endorses = stance == 1

    def count(value: int) -> NDArray[np.int16]:
        return (stance[:, :, counted] == value).sum(axis=2, dtype=np.int16)

    def share(weight: NDArray[np.floating]) -> NDArray[np.float32]:
        total = float(weight[counted].sum()) or 1.0
        shares = np.einsum("rtnm,n->rtm", endorses[:, :, counted], weight[counted] / total, dtype=np.float64)
        return shares.astype(np.float32)

    ever = endorses.any(axis=1)
    return {
        "stance": (("replicate", "round", "country", "text"), stance),
        "lean": (("replicate", "round", "country", "text"), proceedings.lean),
        "endorsing": (("replicate", "round", "text"), count(1)),
        "studying": (("replicate", "round", "text"), count(0)),
        "opposing": (("replicate", "round", "text"), count(-1)),
        "endorsing_by_capability": (("replicate", "round", "text"), share(room.capability)),
        "endorsing_by_population": (("replicate", "round", "text"), share(room.population)),
        "place": (("replicate", "round", "text", "issue"), proceedings.places),
        "wording": (("replicate", "round", "text", "article"), proceedings.chosen),
        "ambition": (("replicate", "round", "text"), proceedings.ambition),
        "offered": (("replicate", "country", "text"), proceedings.offered),
        "funds_left": (("replicate", "text"), proceedings.funds),
        "first_endorsed": (
            ("replicate", "country", "text"),
            np.where(ever, endorses.argmax(axis=1), -1).astype(np.int16),
        ),
    }


def _tabled_places(room: Room) -> NDArray[np.floating]:
    """Where the texts stand as tabled (text, issue), NaN where they are silent."""
    found = [places(wording, wording.start, room.reversion) for wording in room.wordings]
    return np.array([np.where(silent, np.nan, place) for place, silent in found])


def _decisions(room: Room, proceedings: Proceedings) -> dict:
    """What was adopted, when, and how a recorded vote at the end would go."""
    ballots = proceedings.ballots
    passed = np.zeros_like(proceedings.adopted_round, dtype=bool)
    if room.scenario.final_vote:
        passed = carries(room, room.scenario.final_vote, ballots.transpose(1, 2, 0)).T
    return {
        "vote": (("replicate", "country", "text"), ballots),
        "vote_passed": (("replicate", "text"), passed),
        "adopted": (("replicate", "text"), proceedings.adopted_round >= 0),
        "adopted_round": (("replicate", "text"), proceedings.adopted_round),
        "wording_at_vote": (("replicate", "text", "article"), proceedings.at_vote),
        "amendment": (("replicate", "text", "article", "option"), proceedings.amendments),
        "amendment_moved_by": (("replicate", "text", "article", "option"), proceedings.movers),
    }


def _over_replicates(room: Room, proceedings: Proceedings, groups: NDArray[np.int16]) -> dict:
    """Who stands together over the coalitions of all replicates, and the coalitions in every round of the
    first one."""
    by_round, modularity_by_round = coalitions.detect(room, proceedings.stance[0])
    together = coalitions.together(groups)
    return {
        "coalition_by_round": (("round", "country"), by_round),
        "modularity_by_round": ("round", modularity_by_round),
        "together": (("country", "other"), together.astype(np.float32)),
        "settled": ("country", coalitions.settled(together).astype(np.float32)),
        "consensus_coalition": ("country", coalitions.consensus(together).astype(np.int16)),
    }


def _explained(room: Room, model: NegotiationModel) -> dict:
    """The first replicate in full, and the influence ledger over all explained ones."""
    record = model.record
    at = ("round", "country", "text")
    credited, owed = ledgers(model)
    instructed = np.zeros((len(room.rounds) + 1, len(room.countries)), dtype=bool)
    instructed[1:] = model.draws.instructed[:, :, 0]
    chance = np.full(record.appeal.shape[:-1], np.nan, dtype=room.dtype)
    chance[1:] = model.draws.chance[..., 0]
    return {
        "position": (("round", "country", "issue"), record.position[..., 0]),
        "part_of_appeal": (("part", *at), record.part[..., 0]),
        "appeal": (at, record.appeal[..., 0]),
        "chance": (at, chance),
        "oppose_cut": (at, record.lower[..., 0]),
        "endorse_cut": (at, record.upper[..., 0]),
        "instructed": (("round", "country"), instructed),
        "credit": (("country", "other", "text"), credited.astype(np.float32)),
        "owed": (("other", "text"), owed[: len(room.countries)]),
        "owed_apart": (("apart", "text"), owed[len(room.countries) :]),
    }


def _what_drafting_adds(room: Room, proceedings: Proceedings, seed: int) -> dict:
    """What redrafting adds to support and costs in ambition, against the same luck with texts as tabled.

    Paired over the first replicates (at most 64), with a 95 % interval; exactly 0 where nothing is redrafted.
    """
    replicates = range(min(proceedings.replicates, EXPLAINED))
    with_it = measures(room, proceedings, room.texts)[:, replicates]
    if room.dynamics.drafting == "off":
        return _adds(interval(with_it - with_it))
    as_tabled = replace(room, dynamics=room.dynamics.model_copy(update={"drafting": "off"}))
    without = negotiate(as_tabled, replicates, seed)
    return _adds(interval(with_it - measures(room, without, room.texts)))


def _adds(found: tuple[NDArray[np.float64], ...]) -> dict:
    names = ("drafting_adds", "drafting_adds_low", "drafting_adds_high")
    return {name: (("measure", "text"), values) for name, values in zip(names, found, strict=True)}


def _revisions(room: Room, model: NegotiationModel) -> dict:
    """The acts of drafting in the explained replicates, one entry a changed article."""
    rows = [
        (replicate, revision.round, revision.text, article, before, after, revision.asked_by[replicate])
        for revision in model.record.revisions
        for article, replicate in np.argwhere(revision.before != revision.after)
        for before, after in [(revision.before[article, replicate], revision.after[article, replicate])]
    ]
    names = ("replicate", "round", "text", "article", "from", "to", "asked_by")
    columns = np.array(sorted(rows), dtype=np.int32).reshape(-1, len(names)).T
    return {f"revision_{name}": ("revision", column) for name, column in zip(names, columns, strict=True)}


def _extras(room: Room, proceedings: Proceedings) -> dict:
    """What only some rooms have: calls on delegations, commitments, or texts that pass unless one objects."""
    found: dict = {}
    final = room.scenario.final_vote
    if final and rules.find(final.name).one_no_blocks:
        found["dissociated"] = (("replicate", "country", "text", "article"), proceedings.dissociated)
    if room.effort.any():
        found["calls"] = (("replicate", "country", "text"), proceedings.calls)
    if room.commitments.keys:
        found["in_force"] = (("replicate", "commitment"), proceedings.in_force)
        found["withdrawn"] = (("replicate", "commitment"), proceedings.withdrawn)
    return found


def _start(room: Room) -> dict:
    """The starting point: where texts stand as tabled; gain and trust on the coded data, before any influence
    and without chance."""
    content, trust, lean = starting_point(room)
    return {
        "place_tabled": (("text", "issue"), _tabled_places(room)),
        "start_gain": (("country", "text"), content),
        "start_trust": (("country", "text"), trust),
        "start_lean": (("country", "text"), lean),
    }


def starting_point(
    room: Room,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int8]]:
    """Gain, weighted trust and leaning of every delegation on every text as coded (country, text).

    E2 and E3 of docs/model.md on the coded positions, salience and trust; all texts on the table; no peers,
    no blocs, no chance.
    """
    coded = open_room(room.scenario, np.float64)
    coded = replace(
        coded, position_sd=np.zeros_like(coded.position_sd), salience_sd=np.zeros_like(coded.salience_sd)
    )
    chamber = seat(coded, seed=0, replicates=np.zeros(1, dtype=np.int64))
    content = gains_at(coded, chamber, chamber.places)[:, :, 0].astype(float)
    trust = room.dynamics.trust_weight * coded.trust @ coded.authorship.T
    return content, trust, leaning(content + trust, room.dynamics.lean_band)
