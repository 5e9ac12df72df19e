"""Clubs that provide a public good: how many members stay, and what payments change."""

from __future__ import annotations

import numpy as np

from simulation.analyses.clubs import (
    alike,
    bought_size,
    largest_stable,
    outside_options,
    public_good,
    stable_sizes,
)
from simulation.validation._row import Row

TITLE, PLACE = "Clubs", 90
BARRETT = (
    "Barrett (1994), Self-enforcing international environmental agreements, Oxford Economic Papers 46, "
    "878–894: linear benefit, quadratic cost"
)
CARRARO = (
    "Carraro & Siniscalco (1993), Strategies for the international protection of the environment, Journal of "
    "Public Economics 52, 309–328"
)
COMMITTED = "Members that commit themselves and pay others: their number by hand for b = c = 1"


def rows() -> list[Row]:
    """The size of three, what leaving gains, and payments with and without commitment."""
    made = []
    for countries in (5, 20, 100):
        game = public_good(np.ones(countries), np.ones(countries))
        largest = max(stable_sizes(*alike(game, countries), countries))
        title = f"largest stable club among {countries} countries"
        made.append(Row(title, 3, largest, 0.0, BARRETT, "published"))
    for benefit, cost in ((0.3, 7.0), (40.0, 0.01)):
        game = public_good(np.full(20, benefit), np.full(20, cost))
        largest = max(stable_sizes(*alike(game, 20), 20))
        title = f"the same among 20, benefit {benefit:g}, cost {cost:g}"
        made.append(Row(title, 3, largest, 0.0, BARRETT, "published"))
    return made + _leaving() + _payments()


def _leaving() -> list[Row]:
    """By hand, with b = c = 1: outsider(k − 1) − insider(k) = (k − 1)(k − 3) / 2."""
    game = public_good(np.ones(12), np.ones(12))
    made = []
    for size in range(2, 12):
        club = np.arange(12) < size
        gains = (outside_options(game, club) - game(club))[club]
        wanted = (size - 1) * (size - 3) / 2
        farthest = float(gains[np.abs(gains - wanted).argmax()])
        title = f"gain of leaving a club of {size} of 12"
        made.append(Row(title, wanted, farthest, 1e-9, BARRETT, "exact"))
    return made


def _payments() -> list[Row]:
    """Payments among those who are alike change nothing; three who commit themselves buy a larger club."""
    game = public_good(np.ones(7), np.ones(7))
    sizes = {int(club.sum()) for club in largest_stable(game, 7, transfers=True)}
    title = "largest stable club of seven, payments without commitment"
    made = [Row(title, 3, max(sizes), 0.0, CARRARO, "published")]
    for countries, bought in ((5, 5), (6, 6), (7, 7), (8, 7), (20, 7), (100, 7)):
        game = public_good(np.ones(countries), np.ones(countries))
        ours = bought_size(*alike(game, countries), countries, committed=3)
        title = f"three committed among {countries} pay for a club of"
        made.append(Row(title, bought, ours, 0.0, COMMITTED, "our own"))
    return made
