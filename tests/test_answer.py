"""The answer: every number in its sentences is taken from the data, and doubt is put into words."""

import dataclasses
import re

import numpy as np
import pytest

from scenarios import load
from simulation import run
from simulation.analyses.answer import answer, sentences
from simulation.analyses.wording import day
from tests.rooms import chamber_of


@pytest.fixture(scope="module")
def launch():
    return run(load("launch-2020"), replicates=12, seed=1)


def with_counts(results, counts):
    """The results with other counts of endorsements in the last round, one a replicate, for every text."""
    endorsing = results.data.endorsing.copy(deep=True)
    endorsing[:, -1, :] = np.asarray(counts)[:, None]
    return dataclasses.replace(results, data=results.data.assign(endorsing=endorsing))


def numbers(facts):
    """Every number of the facts in each way in which the sentences may print it."""
    printed = set()
    for value in facts.values():
        for one in np.ravel(np.array(value, dtype=object)):
            if isinstance(one, (int, float)):
                printed |= {f"{one:.0f}", f"{100 * one:.0f}"}
            elif isinstance(one, str):
                printed |= set(re.findall(r"\d+", day(one) if re.fullmatch(r"\d{4}-\d\d-\d\d", one) else one))
    return printed | {"80"}


def test_the_answer_has_the_question_and_three_sentences(launch):
    found = answer(launch)
    assert found.question == launch.scenario.question
    assert len(found.sentences) == 3
    assert all(one.endswith(".") and one[0].isupper() for one in found.sentences)
    assert sentences(launch) == found.sentences


@pytest.mark.parametrize("text", ["global-initiative", "clean-network", "rights-based", "un-text"])
def test_every_number_in_the_sentences_is_among_the_facts(launch, text):
    found = answer(launch, text)
    known = numbers({key: value for key, value in found.facts.items() if not isinstance(value, list)})
    known |= numbers({str(place): one for key in found.facts for place, one in _items(key, found.facts[key])})
    for one in found.sentences:
        assert set(re.findall(r"\d+", one)) <= known, one


def _items(key, value):
    return [(f"{key}-{place}", one) for place, one in enumerate(value)] if isinstance(value, list) else []


def test_facts_are_those_of_the_data(launch):
    facts, here = answer(launch).facts, launch.data.sel(text="global-initiative")
    assert facts["endorsing"][1] == np.median((here.stance.values[:, -1] == 1).sum(axis=1))
    assert facts["adopted"] == here.adopted.values.mean()
    assert facts["delegations"] == 111
    assert sum(facts["coalition_sizes"]) <= 111


def test_sponsors_are_not_counted_as_coming_on_board(launch):
    assert "China" not in answer(launch).facts["first"]
    members = launch.data.name.values[launch.data.member.sel(bloc="EU").values]
    assert not set(answer(launch, "rights-based").facts["first"]) & set(members)


def test_names_carry_their_article(launch):
    assert "the United States" in answer(launch, "clean-network").sentences[1]


def test_a_wide_band_is_told_as_a_range(launch):
    steady, wide = with_counts(launch, [50] * 12), with_counts(launch, [10] * 6 + [90] * 6)
    assert "50 of 111 delegations endorse" in answer(steady).sentences[0]
    assert "anywhere from 10 to 90 of 111 delegations" in answer(wide).sentences[0]


def test_a_text_that_is_adopted_in_some_replicates_is_open(launch):
    adopted = launch.data.adopted.copy(deep=True)
    adopted[:] = (np.arange(12) < 5)[:, None]
    found = answer(dataclasses.replace(launch, data=launch.data.assign(adopted=adopted)))
    assert "adopted in 42 % of the replicates, so its adoption is open" in found.sentences[2]


def test_an_unknown_text_is_refused_by_name(launch):
    with pytest.raises(ValueError, match="the text magna-carta is not among"):
        answer(launch, "magna-carta")


def test_a_text_nobody_wants():
    # Everybody sits at the reversion point; the text lies far away.
    found = answer(run(chamber_of(np.zeros((4, 1)), texts=[[90.0]], rounds=3), replicates=2, seed=0))
    assert "0 of 4 delegations endorse the Text 0" in found.sentences[0]
    assert "4 oppose it in public" in found.sentences[0]
    assert found.sentences[1] == (
        "No delegation endorses it in half of the replicates; nobody earns credit for bringing in others."
    )
    assert "adopted in no replicate" in found.sentences[2]


def test_a_text_everybody_wants_in_one_replicate():
    found = answer(run(chamber_of(np.full((4, 1), 90.0), texts=[[90.0]], rounds=2), replicates=1, seed=0))
    assert "4 of 4 delegations endorse the Text 0 in the only replicate" in found.sentences[0]
    assert "nobody opposes it in public" in found.sentences[0]
    assert found.sentences[1].startswith(
        "Of the four that endorse in at least half of the replicates, four leaned"
    )
    assert "adopted in every replicate" in found.sentences[2]
