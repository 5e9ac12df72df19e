"""How two runs differ that need not have the same luck: on the texts and delegations that both have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.compare import LEVEL
from simulation.results import Results

if TYPE_CHECKING:
    import xarray as xr

MEASURES = ("endorsing", "opposing", "adopted", "ambition")


def apart(first: Results, second: Results) -> xr.Dataset:
    """The second run against the first one, replicates unpaired, in the form of one variant of
    `simulation.compare.between`.

    There is `base`, `changed` and `difference` of the means at the end, with the 95 % interval `low`, `high`
    (measure, text), and `country_difference` (country, text), the change in each delegation's chance to
    endorse. The interval is d ± 1.96 √(s₁²/n₁ + s₂²/n₂), the two runs independent of each other (Welch 1947,
    Biometrika 34); with one replicate on either side it is infinite.
    """
    import xarray as xr

    one, other = first.data, second.data
    texts = [text for text in one.text.values.tolist() if text in other.text.values]
    countries = [key for key in one.country.values.tolist() if key in other.country.values]
    ends = [_ends(data.sel(text=texts)) for data in (one, other)]
    means = [values.mean(axis=1) for values in ends]
    errors = [
        values.var(axis=1, ddof=1) / values.shape[1]
        if values.shape[1] > 1
        else np.full(values[:, 0].shape, np.inf)
        for values in ends
    ]
    gap, half = means[1] - means[0], LEVEL * np.sqrt(errors[0] + errors[1])
    chances = [
        (data.stance.isel(round=-1).sel(country=countries, text=texts) == 1).mean("replicate").values
        for data in (one, other)
    ]
    here = ("measure", "text")
    variables: dict[str, Any] = {
        "base": (here, means[0]),
        "changed": (here, means[1]),
        "difference": (here, gap),
        "low": (here, gap - half),
        "high": (here, gap + half),
        "country_difference": (("country", "text"), chances[1] - chances[0]),
    }
    return xr.Dataset(
        variables,
        coords={
            "measure": [*MEASURES],
            "text": texts,
            "country": countries,
            "text_title": ("text", one.text_title.sel(text=texts).values),
            "name": ("country", one["name"].sel(country=countries).values),
        },
    )


def _ends(data: xr.Dataset) -> NDArray[np.float64]:
    """The measures at the end (measure, replicate, text)."""
    last = data.isel(round=-1)
    values = [data[name] if name == "adopted" else last[name] for name in MEASURES]
    return np.stack([np.asarray(one.transpose("replicate", "text").values, dtype=float) for one in values])
