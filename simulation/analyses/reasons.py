"""The reasons for a stance or a vote, gathered into a few that a diplomat would name."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from simulation.analyses.explanation import Explanation
from simulation.analyses.wording import listing, spoken

LEAST = 0.005  # gain units; smaller reasons would print as 0.00
NAMED = 3  # reasons named in a sentence
GROUPS = {"Union", "League", "Council", "Organisation", "Group", "Community", "Movement", "Forum", "Five"}
GROUPS |= {"five", "Eyes", "Seas", "States", "Alliance", "Commonwealth", "G7", "G20", "Quad"}
SEVERAL = ("Eyes", "Seas", "five", "States")


class Reason(NamedTuple):
    """Something that pulled a delegation, in words and gain units."""

    words: str
    value: float


def reasons(account: Explanation, issue: bool = False) -> list[Reason]:
    """What pulled a delegation, strongest first; together with the bar they add up to the margin.

    Content is one reason, with the `issue` that weighs most in it if asked for, and so are all stances heard;
    trust is told by sponsor and the line of blocs by bloc.
    """
    own = math.fsum(account.content_by_issue.values())
    content = "its own gain" if own >= 0 else "its own loss"
    if issue and account.content_by_issue:
        most = max(account.content_by_issue, key=lambda one: account.content_by_issue[one] * (own >= 0 or -1))
        content += f", above all on {most}"
    heard = math.fsum(account.peers_by_name.values())
    found = [
        Reason(content, own),
        *(Reason(_trust(name, value), value) for name, value in account.trust_by_sponsor.items()),
        Reason("what it was offered", account.inducements),
        Reason("statements, calls and events", account.events),
        Reason(_voices(account.peers_by_name), heard),
        *(Reason(_line(name), value) for name, value in _blocs(account).items()),
        Reason("what the model leaves to chance", account.chance),
    ]
    return sorted((one for one in found if one.value), key=lambda one: -abs(one.value))


def parts(account: Explanation) -> dict[str, float]:
    """The same in fixed parts (own gain, trust, inducements, events, peers, blocs, chance, bar), whose sum is
    the margin."""
    return {
        "gain": math.fsum(account.content_by_issue.values()),
        "trust": math.fsum(account.trust_by_sponsor.values()),
        "inducements": account.inducements,
        "events": account.events,
        "peers": math.fsum(account.peers_by_name.values()),
        "blocs": math.fsum(account.bloc_by_member.values()),
        "chance": account.chance,
        "bar": -account.cut,
    }


def pushing(found: Sequence[Reason], direction: int) -> list[str]:
    """The strongest reasons that push one way (1 towards the text, −1 away from it), with their size."""
    return [
        f"{one.words} ({units(one.value)})"
        for one in found
        if one.value * direction > 0 and abs(one.value) >= LEAST
    ][:NAMED]


def units(value: float, sign: bool = True) -> str:
    """Gain units to two places, with a true minus.

    >>> units(0.123), units(-0.05), units(0.1, sign=False)
    ('+0.12', '−0.05', '0.10')
    """
    written = f"{value:+.2f}" if sign else f"{value:.2f}"
    return ("0.00" if float(written) == 0 else written).replace("-", "−")


def bloc(name: str) -> str:
    """A bloc's name as it stands inside a sentence.

    >>> bloc("ASEAN"), bloc("African Union")
    ('ASEAN', 'the African Union')
    """
    return f"the {name}" if GROUPS & set(name.split()) and not name.startswith("the ") else name


def _blocs(account: Explanation) -> dict[str, float]:
    """The blocs' lines; what no bloc is named for, in one."""
    named = dict(account.by_bloc)
    rest = math.fsum(account.bloc_by_member.values()) - math.fsum(named.values())
    return named if named else {"its bloc": rest}


def _line(name: str) -> str:
    return f"what {bloc(name)} {'say' if name.split()[-1] in SEVERAL else 'says'}"


def _trust(name: str, value: float) -> str:
    return f"its trust in {spoken(name)}" if value >= 0 else f"its doubts about {spoken(name)}"


def _voices(heard: Mapping[str, float]) -> str:
    """Whose stances are heard: the one that weighs most the way the sum points."""
    way = 1 if math.fsum(heard.values()) >= 0 else -1
    order = sorted((value * way, name) for name, value in heard.items() if value * way > 0)[::-1]
    if len(order) == 1:
        return f"the stance of {spoken(order[0][1])}"
    return f"the stances of {listing([spoken(order[0][1]), 'others'])}" if order else "the stances of others"
