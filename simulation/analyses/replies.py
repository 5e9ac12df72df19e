"""How would each delegation reply to each bracket? From accept to reserve and delete.

A delegation holds what stands in an article against every other wording on the list, and against the text
without the article, on its coded position and salience. Blocs, ties and temper have no part in it: it is what
its instructions would say before anybody has talked to it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from scenarios.schema import Scenario
from simulation import tables
from simulation.analyses.articles import CodedRoom, coded_room, gain_by_issue, wording_of
from simulation.analyses.wording import percent, spoken
from simulation.wording import Wording, is_open, places

Floats = NDArray[np.floating]
Answer = Literal["accept", "accept ad referendum", "seek instructions", "alternative", "reserve", "delete"]
BAND = 0.005  # gain units: five points of an issue that has a tenth of the salience
DOUBT = 0.4  # a chance above this that the contrary is true leaves the sign open
DRAWS = 9  # positions that stand for a delegation's uncertainty on an issue
LEAST = 1e-9


class Reply(NamedTuple):
    """A delegation's reply to a bracket: the article, who replies and how, the option it would rather have
    (its own key if that is what stands, none if it would rather have no article), and how much more that
    would bring it, in gain units. `issue` is where most of that lies or whose red line is crossed, `limits`
    that red line, `doubt` the chance that the preference is the other way round."""

    article: str
    country: str
    answer: Answer
    prefers: str | None
    gain: float
    issue: str
    limits: tuple[float, float] | None
    doubt: float


Line = tuple[str, float, float]


def replies(scenario: Scenario, text: str) -> list[Reply]:
    """The replies of every delegation but observers to every open bracket of a text, article by article.

    In this order: **reserve** if what stands in the article lies beyond its red line, and so does the text.
    Else, once a text, **seek instructions** where its uncertain position leaves most open whether something
    else would serve it better. Else **accept** if nothing would, **accept ad referendum** if something would
    by less than `BAND`; beyond that **delete** if the text without the article would serve it best, and
    **alternative** if a wording on the list would. The order and the band are ours.
    """
    room, table, whole = coded_room(scenario), wording_of(scenario, text), scenario.texts[text]
    opened = [a for a, article in enumerate(whole.articles.values()) if is_open(whole, article)]
    weighed = _weigh(scenario, room, table, opened)
    lines = [_crossed(scenario, room, table, article) for article in opened]
    doubts = [_doubt(one) for one in weighed]
    seeks = _most_in_doubt(weighed, doubts, lines) if opened else []
    issues, found = tuple(scenario.issues), []
    for place, article in enumerate(opened):
        one, key = weighed[place], table.articles[article]
        names: list[str | None] = [*table.options[article], None]
        deletes = [None, *(name for name, each in whole.articles[key].options.items() if each.delete)]
        for row, (country, delegation) in enumerate(scenario.delegations.items()):
            if delegation.observer:
                continue
            gain, best, line = max(float(one.gain[row]), 0.0), names[one.best[row]], lines[place].get(row)
            answer = _answer(gain, best in deletes, line is not None, seeks[row] == place)
            prefers = table.options[article][table.start[article]] if gain <= LEAST else best
            found.append(
                Reply(
                    key,
                    country,
                    answer,
                    None if prefers in deletes else prefers,
                    gain,
                    line[0] if line else issues[one.issue[row]],
                    line[1:] if line else None,
                    float(doubts[place][row]),
                )
            )
    return found


def _answer(gain: float, without: bool, crossed: bool, in_doubt: bool) -> Answer:
    """The reply to a bracket, if something else is better by `gain`: no article, or a wording on the list."""
    if crossed:
        return "reserve"
    if in_doubt:
        return "seek instructions"
    if gain <= LEAST:
        return "accept"
    if gain < BAND:
        return "accept ad referendum"
    return "delete" if without else "alternative"


def reason(scenario: Scenario, text: str, reply: Reply) -> str:
    """Why a delegation replies as it does, in one sentence."""
    name = spoken(scenario.delegations[reply.country].name)
    issue = scenario.issues[reply.issue].title
    if reply.limits:
        low, high = reply.limits
        return f"It crosses a red line of {name} on “{issue}”, which has to lie from {low:g} to {high:g}."
    if reply.answer == "accept":
        return f"Nothing on the list would serve {name} better."
    other = "The text without it"
    if reply.prefers is not None:
        article = scenario.texts[text].articles[reply.article]
        words = article.wording if reply.prefers == "tabled" else article.options[reply.prefers].wording
        other = f"“{words}”"
    if reply.answer == "seek instructions":
        chance = percent(reply.doubt)
        return (
            f"The position of {name} on “{issue}” is too uncertain: at a chance of {chance} the sign turns."
        )
    if reply.answer == "accept ad referendum":
        return f"{other} would serve {name} better by {reply.gain:.4f} only, mostly on “{issue}”."
    return f"{other} would serve {name} better by {reply.gain:.3f}, mostly on “{issue}”."


class _Weighed(NamedTuple):
    """What the best other reply to a bracket would bring more than what stands, which one it is (the number
    of options: no article), on which issue most of it lies, and its mean and standard deviation over the
    uncertainty of positions; all (N,)."""

    gain: Floats
    best: NDArray[np.intp]
    issue: NDArray[np.intp]
    mean: Floats
    sd: Floats


def _weigh(scenario: Scenario, room: CodedRoom, table: Wording, articles: list[int]) -> list[_Weighed]:
    """Weigh the wordings of each of these articles for every delegation, on its coded position and on those
    that stand for its uncertainty, all at once."""
    levels = norm.ppf((np.arange(DRAWS) + 0.5) / DRAWS)
    around = np.clip(room.positions + levels[:, None, None] * _spread(scenario), 0, 100)
    everywhere = room._replace(positions=np.stack([room.positions, *around]))
    return [
        _weighed(_differences(scenario, everywhere, table, article), int(table.start[article]))
        for article in articles
    ]


def _weighed(differences: Floats, stands: int) -> _Weighed:
    """Find the best other reply from what each would bring more (option or none, position, N, K), the coded
    position first; `stands` is the option that stands."""
    total = differences[:, 0].sum(axis=2)
    total[stands] = -np.inf
    best = np.where(total[:-1].max(axis=0) >= total[-1] - LEAST, total[:-1].argmax(axis=0), len(total) - 1)
    rows = np.arange(total.shape[1])
    coded, *drawn = (at[best, rows] for at in differences.swapaxes(0, 1))
    return _Weighed(
        total[best, rows],
        best,
        np.abs(coded).argmax(axis=1),
        np.mean(drawn, axis=0).sum(axis=1),
        np.sqrt(np.var(drawn, axis=0).sum(axis=1)),
    )


def _differences(scenario: Scenario, room: CodedRoom, table: Wording, article: int) -> Floats:
    """What each wording of an article, and last the text without it, brings more than what stands, by issue
    (option or none, …, N, K), on the positions of the room (…, N, K)."""
    start = table.start
    kept = np.arange(len(start)) != article
    now = gain_by_issue(scenario, room, table, start)
    found = [
        gain_by_issue(scenario, room, table, np.where(kept, start, option)) - now
        for option in range(len(table.options[article]))
    ]
    return np.stack([*found, gain_by_issue(scenario, room, table, start, kept) - now])


def _spread(scenario: Scenario) -> Floats:
    """The standard deviations of coded positions (N, K)."""
    members = [[key in bloc.members for key in scenario.delegations] for bloc in scenario.blocs.values()]
    inside = np.array(members, dtype=bool).reshape(len(members), len(scenario.delegations))
    return tables.positions(scenario, inside)[1]


def _crossed(scenario: Scenario, room: CodedRoom, table: Wording, article: int) -> dict[int, Line]:
    """Whose red lines what stands in an article crosses: issue and limits by row."""
    rows, issues = list(scenario.delegations), list(scenario.issues)
    stands = int(table.start[article])
    place, _ = places(table, table.start, room.reversion)
    found: dict[int, Line] = {}
    for line in scenario.red_lines:
        issue = issues.index(line.issue)
        own, whole = table.place[article, stands, issue], place[issue]
        beyond = [not line.min <= value <= line.max for value in (own, whole)]
        if table.speaks[article, stands, issue] and all(beyond):
            found.setdefault(rows.index(line.delegation), (line.issue, line.min, line.max))
    return found


def _doubt(one: _Weighed) -> Floats:
    """The chance that the preference is the other way round, taking the difference for normal (N,)."""
    sure = one.sd <= LEAST
    towards = np.where(one.gain >= 0, one.mean, -one.mean)
    return np.where(sure, 0.0, norm.cdf(-towards / np.where(sure, 1.0, one.sd)))


def _most_in_doubt(weighed: list[_Weighed], doubts: list[Floats], lines: list[dict[int, Line]]) -> list[int]:
    """The bracket on which each delegation seeks instructions, −1 for none: of those where the sign is open
    and more than the band is at stake, the one with most at stake."""
    stake = np.stack([one.sd for one in weighed])
    free = np.array([[row not in held for row in range(stake.shape[1])] for held in lines])
    worth = np.where((np.stack(doubts) > DOUBT) & (stake > BAND) & free, stake, -1.0)
    return np.where(worth.max(axis=0) > 0, worth.argmax(axis=0), -1).tolist()
