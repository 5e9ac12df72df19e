"""Settings under which the model is a published one, beyond the numbers of `test_validation.py`."""

from __future__ import annotations

import numpy as np
import pytest

from agents import influence
from simulation.validation.landscape import walk


def test_discipline_one_is_the_line_of_the_bloc_and_zero_is_ones_own():
    """D = diag(1−d) + diag(d)·C: d = 0 keeps one's own view, d = 1 makes a bloc agree."""
    members = np.array([[True, True, True, False]])
    capability = np.array([10.0, 20.0, 30.0, 40.0])
    own = np.array([1.0, 2.0, 3.0, 4.0])
    nobody = np.array([-1])
    assert influence.bloc_line(
        members, np.array([0.0]), capability, nobody, 0.25
    ).dense @ own == pytest.approx(own)
    line = influence.bloc_line(members, np.array([1.0]), capability, nobody, 0.25).dense @ own
    assert line == pytest.approx([14 / 6, 14 / 6, 14 / 6, 4.0])
    led = influence.bloc_line(members, np.array([1.0]), capability, np.array([0]), 0.25).dense @ own
    assert led == pytest.approx([0.75 * 14 / 6 + 0.25] * 3 + [4.0])


def test_energy_never_rises_when_delegations_answer_one_at_a_time():
    """Axelrod & Bennett (1993): with one actor moving at a time the energy of a landscape never rises."""
    energies = walk()
    assert (np.diff(energies) <= 1e-9).all()
    assert energies[-1] < energies[0]
