"""Back-test: recorded votes predicted only from what was known before them, beside simple rules.

Data flows one way: `roll_calls` (who voted how, when, what was known) → `evidence` (what earlier votes say of
each state) → `calibration` and `forecasting` (the ordered logit of the model) or `baselines` → `scores`,
`bootstraps` → `protocol`, which puts everything together; `totals` and `drift` ask how many vote which way.

Beside it the order of endorsement of the Global Initiative: `endorsement_record` (who spoke when) →
`hindsight` (a scenario without it) → `endorsement_order` (concordance, baselines, intervals) →
`scored_order`.
"""
