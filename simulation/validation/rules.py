"""Decision rules: what treaties and rules of procedure say of ballots that just carry or just fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scenarios.reference import states
from simulation.rules import find
from simulation.rules._house import Ballots, House, equals
from simulation.validation._row import Kind, Row

TITLE, PLACE = "Decision rules", 55
ASSEMBLY = "Charter of the United Nations, article 18; rules of procedure of the General Assembly, 83–86"
ELECTIONS = "General Assembly resolution 60/251, paragraph 7: a majority of all members"
PRACTICE = "Practice of the United Nations: adoption without a vote; silence by decision 74/544 (2020)"
ALL = "Treaty on European Union, article 48 (4): ratified by all"
COUNCIL_5 = "Charter of the United Nations, article 27 (3), with the practice since 1946"
PRAGUE = "CSCE, Prague Document (1992), section IV: consensus minus one"
UNION_RULE = "Treaty on European Union, article 16 (4); populations of 2019"
PARIS = "Paris Agreement (2015), article 21 (1)"
FUND = "Articles of Agreement of the International Monetary Fund, article XXVIII (a)"
HOUSE_RULE = "Rules of the house, without an outside text"

MEMBERS = """AUT BEL BGR HRV CYP CZE DNK EST FIN FRA DEU GRC HUN IRL ITA LVA LTU LUX MLT NLD POL PRT ROU
    SVK SVN ESP SWE"""
UNION = sorted(MEMBERS.split(), key=lambda iso3: -(states()[iso3].population or 0))
"""The 27 members of the European Union, most populous first (World Bank, 2019)."""
PEOPLE = np.array([float(states()[iso3].population or 0) for iso3 in UNION])
COUNCIL = House(PEOPLE, PEOPLE, np.zeros(27, dtype=bool))

COUNTS: list[tuple[str, str, tuple[int, ...], bool]] = [  # source, rule, yes–no–abstain–absent, carried
    (ASSEMBLY, "two-thirds", (80, 40), True),
    (ASSEMBLY, "two-thirds", (80, 41), False),
    (ASSEMBLY, "two-thirds", (80, 40, 73), True),
    (ASSEMBLY, "two-thirds", (80, 41, 72), False),
    (ASSEMBLY, "two-thirds", (0, 0, 10), False),
    (ASSEMBLY, "simple-majority", (79, 60, 33, 21), True),
    (ASSEMBLY, "simple-majority", (60, 60), False),
    (ASSEMBLY, "simple-majority", (1, 0, 192), True),
    (ELECTIONS, "absolute-majority", (97, 0, 96), True),
    (ELECTIONS, "absolute-majority", (96, 0, 0, 97), False),
    (ALL, "unanimity", (193,), True),
    (ALL, "unanimity", (192, 0, 1), False),
    (ALL, "unanimity", (192, 0, 0, 1), False),
    (PRACTICE, "consensus", (1, 0, 192), True),
    (PRACTICE, "consensus", (100, 0, 93), True),
    (PRACTICE, "consensus", (192, 1), False),
    (PRACTICE, "consensus", (0, 0, 5), False),
    (PRACTICE, "silence-procedure", (1, 0, 192), True),
    (PRACTICE, "silence-procedure", (0, 0, 193), False),
    (PRACTICE, "silence-procedure", (192, 1), False),
    (HOUSE_RULE, "three-fifths", (60, 40, 93), True),
    (HOUSE_RULE, "three-fifths", (60, 41, 92), False),
    (HOUSE_RULE, "endorsement-count", (97, 0, 96), True),
    (HOUSE_RULE, "endorsement-count", (96, 0, 96), False),
]


def rows() -> list[Row]:
    """What carries and what fails."""
    made = [
        _row(_score(votes), carries, rule, tally(*votes), None, source)
        for source, rule, votes, carries in COUNTS
    ]
    return made + _security_council() + _prague() + _union() + _paris() + _fund()


def ballots(*votes: int) -> Ballots:
    """Votes of one text in one replicate: 1 yes, 0 abstains, −1 no, −2 absent."""
    return np.array(votes, dtype=np.int8)[:, None, None]


def tally(yes: int, no: int = 0, abstain: int = 0, absent: int = 0) -> Ballots:
    """So many ballots of each kind."""
    return ballots(*[1] * yes, *[-1] * no, *[0] * abstain, *[-2] * absent)


def carried(rule: str, votes: Ballots, house: House | None = None) -> bool:
    """Whether ballots carry by a rule; seats are equal without a house."""
    return bool(find(rule).decide(votes, house or equals(len(votes)))[0, 0])


def in_favour(*outside: str) -> Ballots:
    """All members of the Union in favour but some, who abstain."""
    return ballots(*(0 if iso3 in outside else 1 for iso3 in UNION))


def parties(joining: int, held: float, seats: int = 197) -> tuple[Ballots, House]:
    """The first parties join, and together hold this share of the weight."""
    weights = np.where(np.arange(seats) < joining, held / joining, (1 - held) / (seats - joining))
    return ballots(*[1] * joining, *[0] * (seats - joining)), replace(equals(seats), weights=weights)


def _row(name: str, carries: bool, rule: str, votes: Ballots, house: House | None, source: str) -> Row:
    words = {True: "carried", False: "not carried"}
    kind: Kind = "our own" if source == HOUSE_RULE else "exact"
    title = f"{rule.replace('-', ' ')}: {name}"
    return Row(title, words[carries], words[carried(rule, votes, house)], 0.0, source, kind)


def _score(votes: Sequence[int]) -> str:
    words = ("yes", "no", "abstain", "absent")
    return ", ".join(f"{count} {word}" for count, word in zip(votes, words, strict=False) if count)


def _security_council() -> list[Row]:
    """Nine yes and no permanent member against; one that abstains or stays away is no veto."""
    house = equals(15, vetoes=5)
    made = []
    for fifth, word, elected, carries in (
        (1, "five permanent and 4 elected in favour", 4, True),
        (1, "five permanent and 3 elected in favour", 3, False),
        (0, "one permanent member abstains, 9 in favour", 5, True),
        (-2, "one permanent member stays away, 9 in favour", 5, True),
        (-1, "one permanent member against, 14 in favour", 10, False),
    ):
        votes = ballots(1, 1, 1, 1, fifth, *[1] * elected, *[0] * (10 - elected))
        made.append(_row(word, carries, "security-council", votes, house, COUNCIL_5))
    return made


def _prague() -> list[Row]:
    made = []
    for against, tolerated, carries in ((1, 1, True), (2, 1, False), (2, 2, True), (1, 0, False)):
        house = replace(equals(53), tolerated=tolerated)
        title = f"{against} against, {tolerated} tolerated"
        votes = tally(53 - against, against)
        made.append(_row(title, carries, "consensus-minus-n", votes, house, PRAGUE))
    return made


def _union() -> list[Row]:
    """15 of 27 states with 65 per cent of the people, or fewer than four outside."""
    return [
        _row(title, carries, "qualified-majority", votes, COUNCIL, UNION_RULE)
        for title, carries, votes in (
            ("the 15 most populous", True, ballots(*[1] * 15, *[0] * 12)),
            ("the 14 most populous", False, ballots(*[1] * 14, *[0] * 13)),
            ("the 15 least populous", False, ballots(*[-1] * 12, *[1] * 15)),
            ("all but DEU, FRA, ITA", True, in_favour("DEU", "FRA", "ITA")),
            ("all but DEU, FRA, ITA, MLT", False, in_favour("DEU", "FRA", "ITA", "MLT")),
            ("all but DEU, POL, AUT, MLT", True, in_favour("DEU", "POL", "AUT", "MLT")),
        )
    ]


def _paris() -> list[Row]:
    made = []
    for joining, held, carries in (
        (55, 0.55, True),
        (54, 0.6, False),
        (60, 0.5499, False),
        (74, 0.56, True),
        (100, 0.48, False),
    ):
        title = f"{joining} parties with {100 * held:g} % of emissions"
        made.append(_row(title, carries, "entry-into-force", *parties(joining, held), PARIS))
    return made


def _fund() -> list[Row]:
    made = []
    for held, carries in ((0.85, True), (0.84, False)):
        votes, house = parties(100, held)
        title = f"{100 * held:g} % of the votes where 85 are needed"
        made.append(_row(title, carries, "weighted-majority", votes, replace(house, quota=0.85), FUND))
    return made
