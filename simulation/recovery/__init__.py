"""Recovery: does what is put in come out again? Outcomes drawn from known models, fitted by all of them.

Data flows one way: `rooms` (drawn delegations, texts, ties) → `asking` (what every model foresees there, and
how Plenary ends) → `matching` (which model fits best what one of them made) and `coverage` (how often an 80 %
band holds what it says) ← `slopes` (votes drawn from known slopes, fitted by the calibration's own logit).
"""
