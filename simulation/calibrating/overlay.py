"""A calibration as an overlay: a few lines that any scenario can be run with."""

from __future__ import annotations

import textwrap

from simulation.calibrating.errors import CHOSEN, Corrected
from simulation.calibrating.estimates import FIXED, parameters

FAMILY = "information security"
ABOUT = "Chance, trust and cut-points of votes as fitted to six recorded votes of 2018 and 2019."


def values(corrected: Corrected, families: tuple[str, ...]) -> dict[str, float]:
    """The parameters of `[dynamics]` that votes tell, corrected for errors in positions, to three figures;
    cut-points are those of the family `FAMILY`."""
    known = dict(zip(parameters(FIXED, families), corrected.corrected[CHOSEN].tolist(), strict=True))
    return {one.name: float(f"{value:.3g}") for one, value in known.items() if one.family in ("", FAMILY)}


def overlay_text(corrected: Corrected, families: tuple[str, ...], name: str, seed: int, given: float) -> str:
    """The overlay as TOML, with where it comes from and what it does not know in comments.

    `name` is that of the scenario, `given` the peer weight that was assumed.
    """
    told = (
        f"Written by `plenary calibrate {name} --overlay`, seed {seed}: fitted to recorded votes on 73/27,"
        f" 73/187, 73/266, 74/28, 74/29 and 74/247 by the coded positions of {name}. Resolutions are judged"
        " as the text of the room that their sponsors' side tabled (our coding after the event). Errors in"
        f" positions are corrected by simulation and {CHOSEN} extrapolation. Cut-points are those of the"
        f" family {FAMILY}.",
        f"Known limits. Listening ({given:g}) and discipline are assumed, not fitted; with others these"
        " numbers change. Six resolutions on one subject: intervals are wide. States whose positions were"
        " coded with their votes in view are left out. Votes do not tell the cut-points of public stances,"
        " commitment, the persistence of chance or the rate of instruction. See docs/calibration.md.",
    )
    lines = [f"# {line}" for part in told for line in [*textwrap.wrap(part, 108), ""]]
    table = [f"{key} = {value:g}" for key, value in values(corrected, families).items()]
    head = [line.rstrip() for line in lines[:-1]]
    return "\n".join([*head, f'about = "{ABOUT}"', "", "[dynamics]", *table, ""])
