"""What several files of a run folder tell, worked out once and handed to each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.firmness import Firmness, firmness
from dashboards.minutes import minutes_of
from dashboards.texts.revisions import at_the_end
from scenarios.schema import Scenario
from simulation.analyses.acts import Act
from simulation.analyses.replies import Reply, replies


@dataclass(frozen=True)
class Known:
    """The minutes; the scenario with its texts as most replicates end with them; and by text the replies to
    its brackets in that wording, and how firm the groups on it are."""

    acts: Sequence[Act]
    ended: Scenario
    replies: Mapping[str, list[Reply]]
    firm: Mapping[str, Firmness]


def known(results: Any, acts: Sequence[Act] | None = None) -> Known:
    """Work it out from a run; `acts` are its minutes, if they are there already."""
    ended = at_the_end(results)
    return Known(
        acts=minutes_of(results) if acts is None else acts,
        ended=ended,
        replies={text: replies(ended, text) for text in ended.texts},
        firm={text: firmness(results, text) for text in results.data.text.values.tolist()},
    )
