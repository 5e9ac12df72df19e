"""Who moved whom? The strongest entries of the influence ledger, and what is left beside them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Arrows(NamedTuple):
    """Entries of the ledger, strongest first: `giver` and `receiver` as rows of the table of delegations and
    the `credit` (A,) in gain units, negative where the giver held the receiver back; `rest` is the sum of all
    other entries, so that the credits and the rest add up to the whole ledger."""

    giver: NDArray[np.intp]
    receiver: NDArray[np.intp]
    credit: NDArray[np.float64]
    rest: float


def strongest(credit: ArrayLike, most: int = 36, delegations: int = 24) -> Arrows:
    """The strongest credits of a text, from credit (N receivers, N givers).

    1. Entries go by absolute size; among equals the earlier receiver in the table, then the earlier giver.
    2. They are taken one after the other, at most `most` of them, as long as all together touch no more than
       so many `delegations`; an entry that would add one too many is left to the rest.

    What a credit is: `simulation.credit.ledgers`. It is bookkeeping, not causation.
    """
    credit = np.asarray(credit, dtype=np.float64)
    order = np.argsort(-np.abs(credit), axis=None, kind="stable")
    seated: set[int] = set()
    taken: list[tuple[int, int]] = []
    for receiver, giver in zip(*np.unravel_index(order, credit.shape), strict=True):
        if len(taken) == most or credit[receiver, giver] == 0:
            break
        together = seated | {int(receiver), int(giver)}
        if len(together) <= delegations:
            seated = together
            taken.append((int(receiver), int(giver)))
    rows = np.array(taken, dtype=np.intp).reshape(-1, 2)
    chosen = credit[rows[:, 0], rows[:, 1]]
    return Arrows(rows[:, 1], rows[:, 0], chosen, float(credit.sum() - chosen.sum()))
