"""What a text is to a delegation, issue by issue."""

import pytest

from dashboards.classroom.cards import card
from dashboards.classroom.weighing import arguments, placed, weighed
from scenarios import load


def test_gains_by_issue_add_up_to_the_gain_of_a_run():
    scenario = load("launch-2020-class")
    for seat in scenario.delegations:
        for text in scenario.texts.values():
            places = placed(article.places for article in text.articles.values())
            told = weighed(scenario, seat, places)
            assert sum(one.gain for one in told) == pytest.approx(by_hand(scenario, seat, places), abs=0.03)


def by_hand(scenario, seat, places):
    """The gain of a delegation from a text at these places, in shares of the scale."""
    one = scenario.delegations[seat]
    total = sum(value or 0 for value in one.salience.values())
    return sum(
        (one.salience[issue] or 0)
        / total
        * (abs(one.positions[issue] - scenario.issues[issue].reversion) - abs(one.positions[issue] - place))
        / 100
        for issue, place in places.items()
        if one.positions.get(issue) is not None
    )


def test_the_argument_for_a_text_gains_and_the_one_against_it_loses():
    scenario = load("launch-2020-class")
    for seat in scenario.delegations:
        for text in scenario.texts:
            favour, contra = arguments(scenario, seat, text)
            assert favour is None or favour.gain > 0
            assert contra is None or contra.gain < 0


def test_every_card_has_an_argument_in_the_same_words_for_all():
    scenario = load("launch-2020-class")
    for seat in scenario.delegations:
        said = [words for one in card(scenario, seat).arguments for words in (one.favour, one.against)]
        assert any(said)
        assert all("instead of" in words or "further towards" in words for words in said if words)
        for words in said:
            before, found, after = words.partition(" instead of ")
            assert not found or before.split(": ", 1)[1] != after.rstrip(".")
