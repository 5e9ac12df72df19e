"""Do Plenary's four packages lie together, or does another distribution own one of their names?"""

from __future__ import annotations

from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("simulation", "agents", "scenarios", "dashboards")
MEND = (
    "Plenary needs an environment of its own: run it from its checkout with `uv run plenary`, "
    "or install it with `uv tool install` or `pipx install`."
)


def complaint() -> str:
    """One plain message when the packages do not belong together, an empty string when all is well."""
    home = Path(__file__).resolve().parent.parent
    for name in PACKAGES:
        found = _folder(name)
        if found is None:
            return f"Plenary's package `{name}` is missing beside {home / 'dashboards'}. {MEND}"
        if found.parent != home:
            return f"The name `{name}` leads to {found}, not to Plenary's own {home / name}. {MEND}"
    owners = packages_distributions()
    for name in PACKAGES:
        if others := sorted(set(owners.get(name, ())) - {"plenary"}):
            return f"The name `{name}` also belongs to {', '.join(others)} in this environment. {MEND}"
    return ""


def _folder(name: str) -> Path | None:
    """The folder from which Python would import `name`."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))).resolve()
