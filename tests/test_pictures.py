"""What the report says in words is what the results hold, number by number."""

import re
from dataclasses import replace

import numpy as np
import pytest

from dashboards import figures, world_shapes
from dashboards.explanations import why_data
from dashboards.figures.network import joined
from dashboards.figures.world import placed, world
from dashboards.groups import labels_by_round
from dashboards.known import known
from dashboards.minutes import minutes_of
from dashboards.pictures import coalitions, course, network, outcome, pictures
from dashboards.pictures.map import world_map
from dashboards.pictures.wording import asked_for, bracketed, drafting
from dashboards.sections import sections, universality
from dashboards.summary import summarise
from dashboards.words import HEADLINE
from scenarios import load
from simulation import run
from simulation.analyses.articles import coded_room, gain_by_article, gain_by_issue, wording_of
from simulation.analyses.ladder import RUNGS

TEXTS = ("global-initiative", "clean-network", "rights-based", "un-text")
SPONSORED = TEXTS[:3]
SMALL = {"SMR": "San Marino", "SGP": "Singapore", "MLT": "Malta", "TUV": "Tuvalu"}


@pytest.fixture(scope="module")
def whole_world():
    """A short run with all member states in the room."""
    return run(load("launch-2020-world"), replicates=2, seed=1)


def numbers(words):
    """Every number in a text, dates and titles taken out."""
    return [float(one.replace("−", "-")) for one in re.findall(r"[−+-]?\d+(?:\.\d+)?", words)]


def without(words, *parts):
    """The words with some passages taken out."""
    for part in parts:
        assert part in words
        words = words.replace(part, "")
    return words


@pytest.mark.parametrize("text", TEXTS)
def test_support_is_told_as_counted(launch, text):
    picture = course.support(launch, text)
    last = (launch.data.stance.sel(text=text).values[:, -1][..., None] == [1, 0, -1]).sum(axis=1)
    endorsing, studying, opposing = np.median(last, axis=0)
    low, high = np.quantile(last[:, 0], (0.1, 0.9))
    told = without(picture["finding"], picture["table"]["rows"][-1][0], "the middle 80 %")
    span = [low] if round(low) == round(high) else [low, high]
    expected = [endorsing, launch.data.sizes["country"], *span, opposing, studying]
    assert numbers(told.replace("–", " ")) == [float(f"{one:.0f}") for one in expected]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("index", (0, 14, -1))
def test_map_counts_states_by_their_most_frequent_stance(launch, text, index):
    drawn = world_map(launch)
    stances = launch.data.stance.sel(text=text).values[:, index]
    counts = np.stack([(stances == one).sum(axis=0) for one in (1, 0, -1)])
    told = numbers(drawn["findings"][text][index].split("stance, ")[1])
    steps = np.array(drawn["codes"][text][index])
    clear = (counts == counts.max(axis=0)).sum(axis=0) == 1
    shown = steps // drawn["steps"] - 1
    np.testing.assert_array_equal(shown[clear], 1 - counts.argmax(axis=0)[clear])
    assert told == [(shown == stance).sum() for stance in (1, 0, -1)]
    np.testing.assert_array_equal(steps % drawn["steps"], np.rint(100 * counts.max(axis=0) / len(stances)))


def test_ambition_is_told_as_medians_of_the_data(launch):
    told = outcome.ambition(launch)["finding"]
    for text in SPONSORED:
        here = launch.data.sel(text=text).isel(round=-1)
        title = here.text_title.item()
        support, kept = float(here.endorsing.median()), 100 * float(here.ambition.median())
        sentence = told.split(f"{title}: ")[1].split(";")[0]
        assert numbers(sentence) == [float(f"{support:.0f}"), float(f"{kept:.0f}")]
    assert launch.data.text_title.sel(text="un-text").item() not in told


@pytest.mark.parametrize("place", range(len(TEXTS)))
def test_universality_is_told_by_four_measures(launch, place):
    (drawn,) = universality.section(launch, None).pictures
    picture = drawn.choices[""]
    data = launch.data.isel(text=place, round=-1)
    endorses = data.stance == 1
    regions = endorses.groupby("region").mean("country") >= 0.5
    five = endorses.sel(country=[one for one in ("CHN", "FRA", "GBR", "RUS", "USA") if one in data.country])
    shares = (
        float(endorses.mean("country").median()),
        float(regions.mean("region").median()),
        float(five.mean("country").median()),
        float((~(data.stance == -1).any("country")).mean()),
    )
    sentence = picture["finding"].split(data.text_title.item())[1].split("Behind")[0]
    assert numbers(sentence) == [float(f"{100 * share:.0f}") for share in shares]


def test_drafting_is_told_with_its_intervals(launch):
    rows = {one["row"][0]: one for one in drafting(summarise(launch))}
    assert list(rows) == launch.data.text_title.sel(text=list(SPONSORED)).values.tolist()
    for text in SPONSORED:
        here = launch.data.sel(text=text)
        told = rows[here.text_title.item()]
        for cell, measure, scale in ((1, "endorsing", 1), (2, "ambition", 100)):
            at = here.sel(measure=measure)
            expected = [at.drafting_adds, at.drafting_adds_low, at.drafting_adds_high]
            assert numbers(told["row"][cell]) == [float(f"{scale * float(one):.1f}") for one in expected]
        assert numbers(told["sentence"].split(": ")[1])[:3] == numbers(told["row"][1])


def test_gains_are_counted_over_the_delegations(launch):
    picture = outcome.gains(launch, "global-initiative")
    totals = [float(row[-1].replace("−", "-")) for row in picture["table"]["rows"]]
    better, everybody, worse = numbers(picture["finding"])[:3]
    assert everybody == len(totals) == launch.data.sizes["country"]
    assert better >= sum(total > 0 for total in totals)
    assert worse >= sum(total < 0 for total in totals)
    assert better + worse <= everybody


def test_life_lines_lose_and_gain_as_many_as_they_say(launch):
    rows = coalitions.life_lines(launch)["table"]["rows"]
    assert all(int(row[4]) > 0 and row[2] != row[3] for row in rows)


def test_life_lines_tell_the_members_of_the_first_and_last_day(launch):
    told = coalitions.life_lines(launch)["finding"].split(": ", 1)[1]
    labels = labels_by_round(launch.data)
    kinds = sorted(set(labels[[0, -1]].ravel()) - {-1})
    expected = [(labels[index] == kind).sum() for kind in kinds for index in (0, -1)]
    alone = [(labels[index] == -1).sum() for index in (0, -1)]
    assert numbers(told) == [*expected, *(alone if any(alone) else [])]


def test_coalitions_are_told_by_size_at_the_end(launch):
    told = coalitions.coalitions(launch)["finding"]
    labels = labels_by_round(launch.data)
    sizes = [(labels[-1] == kind).sum() for kind in sorted(set(labels[-1]) - {-1})]
    moved = (labels[0] != labels[-1]).sum()
    assert numbers(told) == [*sizes, *([moved] if moved else [])]


def test_network_is_told_by_its_lines(launch):
    picture, found = network.network(launch), joined(launch)
    labels = launch.data.consensus_coalition.values
    inside = np.mean([labels[one] == labels[other] for one, other in found.lines])
    lonely = launch.data.sizes["country"] - len(np.unique(found.lines))
    told = numbers(picture["finding"])
    assert told[:2] == [len(found.lines), launch.data.sizes["country"]]
    assert told[2] == pytest.approx(100 * inside, abs=1)
    assert told[3:] == ([lonely] if lonely else [])
    assert sum(int(row[2]) for row in picture["table"]["rows"]) == 2 * len(found.lines)


def test_together_is_told_as_the_mean_of_pairs(launch):
    labels, share = launch.data.consensus_coalition.values, launch.data.together.values.astype(float)
    above = np.triu(np.ones(share.shape, dtype=bool), 1)
    kin = (labels[:, None] == labels) & above
    expected = [100 * share[kin].mean(), 100 * share[above & ~kin].mean()]
    assert numbers(coalitions.together(launch)["finding"]) == pytest.approx(expected, abs=0.51)


def test_start_is_told_as_leanings_of_the_data(launch):
    told = course.start(launch)["finding"]
    for title, first, last in zip(
        launch.data.text_title.values,
        (launch.data.start_lean == 1).sum("country").values,
        (launch.data.lean.isel(round=-1) == 1).sum("country").mean("replicate").values,
        strict=True,
    ):
        assert numbers(told.split(title)[1].split(";")[0]) == [float(first), float(f"{last:.0f}")]


def test_timeline_counts_the_statements_of_its_table(launch):
    picture = course.timeline(launch)
    assert numbers(picture["finding"]) == [len(picture["table"]["rows"])]


def test_every_wording_is_in_brackets_with_the_replicates_that_chose_it(launch):
    for place, text in enumerate(bracketed(launch)):
        last = launch.data.wording.values[:, -1, place]
        articles = launch.scenario.texts[text["key"]].articles
        assert numbers(text["finding"])[1] == len(articles)
        for number, article in enumerate(text["articles"]):
            chosen = [numbers(choice["told"])[0] for choice in article["choices"]]
            assert chosen == [(last[:, number] == option).sum() for option in range(len(chosen))]
            assert sum(chosen) == launch.data.sizes["replicate"]


@pytest.mark.parametrize("place", range(len(SPONSORED)))
def test_what_a_wording_moved_is_told_as_counted(launch, place):
    """Every number beside a bracket: who gains and loses by it, ambition at its revisions, and medians."""
    key = TEXTS[place]
    here, table, room = (
        launch.data.sel(text=key),
        wording_of(launch.scenario, key),
        coded_room(launch.scenario),
    )
    paths, kept = here.wording.values, here.ambition.values.astype(float)
    for number, article in enumerate(bracketed(launch)[place]["articles"]):
        for option, choice in enumerate(article["choices"]):
            expected = [(paths[:, -1, number] == option).sum(), len(paths)]
            if option:
                changed = table.start.copy()
                changed[number] = option
                gains = [
                    gain_by_article(launch.scenario, room, table, one).sum(axis=1)
                    for one in (table.start, changed)
                ]
                change = gains[1] - gains[0]
                expected += [(change > 1e-9).sum(), (change < -1e-9).sum()]
            steps = [
                kept[replicate, index] - kept[replicate, index - 1]
                for replicate in range(len(paths))
                for index in range(1, paths.shape[1])
                if paths[replicate, index, number] == option
                and np.flatnonzero(paths[replicate, index] != paths[replicate, index - 1]).tolist()
                == [number]
            ]
            if steps:
                expected.append(100 * np.median(steps))
            stands = paths[:, -1, number] == option
            if stands.any() and not stands.all():
                for values in (here.endorsing.values[:, -1], 100 * kept[:, -1]):
                    expected += [np.median(values[stands]), np.median(values[~stands])]
            assert numbers(choice["told"]) == pytest.approx(expected, abs=0.51)


def test_gains_of_the_articles_add_up_to_the_gain_of_the_text_as_tabled(launch):
    room = coded_room(launch.scenario)
    for text in TEXTS:
        table = wording_of(launch.scenario, text)
        by_article = gain_by_article(launch.scenario, room, table, table.start)
        by_issue = gain_by_issue(launch.scenario, room, table, table.start)
        np.testing.assert_allclose(by_article.sum(axis=1), launch.data.start_gain.sel(text=text), atol=1e-12)
        for issue in range(by_issue.shape[1]):
            speaking = table.speaks[np.arange(len(table.start)), table.start]
            alone = [one for one in np.flatnonzero(speaking[:, issue]) if speaking[one].sum() == 1]
            if len(alone) == speaking[:, issue].sum():
                np.testing.assert_allclose(by_article[:, alone].sum(axis=1), by_issue[:, issue], atol=1e-12)


def test_a_lone_article_brings_what_it_changes_against_silence(launch):
    """Article 4 of the Initiative is the only one on data flow: its gain is E2 on that issue."""
    table, room = wording_of(launch.scenario, TEXTS[0]), coded_room(launch.scenario)
    flow = list(launch.scenario.issues).index("flow")
    place, reversion = table.place[3, 0, flow], room.reversion[flow]
    force = 0.6 + 1.2 * launch.scenario.texts[TEXTS[0]].articles["10"].places["binding"] / 100
    nearer = np.abs(room.positions[:, flow] - reversion) - np.abs(room.positions[:, flow] - place)
    found = gain_by_article(launch.scenario, room, table, np.zeros_like(table.start))[:, 3]
    np.testing.assert_allclose(found, force * room.salience[:, flow] * nearer / 100, atol=1e-12)


def test_those_who_asked_are_counted_once_a_change(launch):
    counted = sum(sum(one.values()) for one in asked_for(launch).values())
    assert counted == int((launch.data.revision_asked_by >= 0).sum())


def test_the_ladder_agrees_with_the_public_stance(launch):
    rungs = why_data(launch, minutes_of(launch))["rungs"]
    for row, country in enumerate(launch.data.country.values):
        for column in range(len(TEXTS)):
            stance = launch.data.stance.values[0, -1, row, column]
            step = RUNGS.index(rungs[country][column])
            assert (step == 0) == (stance == -1)
            assert (step >= RUNGS.index("welcomes")) == (stance == 1)
    assert rungs["CHN"][0] == "co-sponsors"


def test_the_map_shows_all_193_members(whole_world):
    figure = world(whole_world)
    shapes, _, dots = figure.data
    drawn = {*shapes.locations}
    assert len(shapes.locations) + len(dots.lon) == len(shapes.meta["rows"]) + len(dots.meta["rows"]) == 193
    mapped = world_map(whole_world)
    assert len(set(mapped["countries"])) == len(mapped["names"]) == 193
    as_dots = {mapped["countries"][row] for row in dots.meta["rows"]}
    assert drawn | as_dots == set(whole_world.data.country.values)
    for country, name in SMALL.items():
        assert country in as_dots
        assert any(label.startswith(f"{name}:") for label in dots.text)


def test_a_member_that_the_shapes_lack_is_an_error_and_no_gap(whole_world):
    known = {country: spot for country, spot in world_shapes.spots().items() if country != "SMR"}
    with pytest.raises(LookupError, match="no place for SMR"):
        placed(whole_world, known)


def test_actors_that_are_no_states_are_named_beside_the_map(launch):
    data = launch.data.assign_coords(
        country=["XXA", *launch.data.country.values[1:]],
        name=("country", ["Atlantis", *launch.data.name.values[1:]]),
    )
    found = world_map(replace(launch, data=data))
    assert found["findings"][TEXTS[0]][-1].endswith("Not on the map: Atlantis.")


def test_every_picture_of_the_world_is_drawn(whole_world):
    drawn = pictures(whole_world, known(whole_world).firm)
    assert {"ambition", "gains", "network", "life-lines", "together"} <= set(drawn)
    assert all(
        one["figure"]["data"] and one["finding"] for picture in drawn.values() for one in picture.values()
    )


def test_every_headline_is_short_and_says_what_its_finding_or_table_says(launch):
    found = known(launch)
    drawn = pictures(launch, found.firm)
    drawn |= {one.figure: one.choices for part in sections(launch, found).values() for one in part.pictures}
    for name, picture in drawn.items():
        for one in picture.values():
            headline, table = one["headline"], one["table"]
            assert 20 < len(headline) <= HEADLINE and not headline.endswith("."), name
            beneath = " ".join([one["finding"], *(str(cell) for row in table["rows"] for cell in row)])
            assert set(numbers(headline)) <= set(numbers(beneath.replace("–", " "))), headline


def test_a_headline_names_long_titles_as_the_text(launch):
    data = launch.data.assign_coords(text_title=("text", ["Rules for data " * 9, "b", "c", "d"]))
    told = course.support(replace(launch, data=data), TEXTS[0])["headline"]
    assert "endorse the text by" in told and len(told) <= HEADLINE


def test_the_headlines_of_the_map_count_everybody_on_it(launch):
    found = world_map(launch)
    for text in TEXTS:
        for date, headline in zip(found["dates"], found["headlines"][text], strict=True):
            assert sum(numbers(without(headline, date))) == len(found["names"])
            assert len(headline) <= HEADLINE


def test_every_figure_tells_in_a_line_how_to_read_it():
    for name in figures.FIGURES:
        line = figures.how_to_read(name)
        assert line[:1].isupper() and line.endswith("."), name
