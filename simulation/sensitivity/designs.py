"""At which points? Designs of SALib in the unit cube, one column an assumption, from a seed.

Sources: Morris 1991, Technometrics 33(2); Saltelli et al. 2010, Computer Physics Communications 181(2);
McKay, Beckman and Conover 1979, Technometrics 21(2). SALib: Iwanaga, Usher and Herman 2022,
Socio-Environmental Systems Modelling 4.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.results import RunError
from simulation.versions import need

Floats = NDArray[np.float64]
METHODS = ("morris", "sobol", "pawn")
SIZES = {"morris": 16, "sobol": 64, "pawn": 256}
UNITS = {"morris": "trajectories", "sobol": "base points", "pawn": "points"}
LEAST = {"morris": 2, "sobol": 2, "pawn": 20}
GRID = 4  # levels of Morris' grid; a step is two thirds of the way
STEP = GRID / (2 * (GRID - 1))


def need_salib() -> None:
    """Raise RunError with the line that installs SALib where it is missing."""
    need(("SALib",), "sensitivity", "SALib")


def problem(count: int) -> dict[str, Any]:
    """What SALib wants to know of `count` assumptions, each from 0 to 1."""
    return {"num_vars": count, "names": [f"x{place}" for place in range(count)], "bounds": [[0, 1]] * count}


def design(method: str, count: int, size: int, seed: int) -> Floats:
    """The points (cell, assumption) of a design, each share from 0 to 1.

    `size` is the number of trajectories for `morris` (each count + 1 cells long), of base points for `sobol`
    (each count + 2 cells), a power of two for an even spread, and of cells for `pawn`. Raises RunError
    without SALib and for a size that tells nothing.
    """
    need_salib()
    if size < LEAST[method]:
        raise RunError(f"the size is {size}; {method} needs {LEAST[method]} at least")
    if method == "sobol" and size & (size - 1):
        raise RunError(f"the size is {size}; sobol needs a power of two, such as {1 << size.bit_length()}")
    if method == "morris":
        from SALib.sample import morris

        return np.asarray(morris.sample(problem(count), size, num_levels=GRID, seed=seed))
    if method == "sobol":
        from SALib.sample import sobol

        return np.asarray(sobol.sample(problem(count), size, calc_second_order=False, seed=seed))
    from SALib.sample import latin

    return np.asarray(latin.sample(problem(count), size, seed=seed))


def block(method: str, count: int) -> int:
    """How many cells belong together: if one of them fails, none of them can be used."""
    return {"morris": count + 1, "sobol": count + 2, "pawn": 1}[method]
