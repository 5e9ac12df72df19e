"""What has changed within a part, so that a large room is not sent again for every act.

A change holds the fields that differ, all the way down; lists are values. It takes nothing away: where a
field is gone, the part has to be sent as a whole.
"""

from __future__ import annotations

from typing import Any


def change(old: Any, new: Any) -> dict[str, Any] | None:
    """What turns one object into another; none where it has to be sent as a whole.

    >>> change({"a": {"b": 1, "c": 2}, "d": [1]}, {"a": {"b": 1, "c": 3}, "d": [1]})
    {'a': {'c': 3}}
    >>> change({"a": 1, "b": 2}, {"a": 1}) is None
    True
    """
    if not isinstance(old, dict) or not isinstance(new, dict) or old.keys() - new.keys():
        return None
    found: dict[str, Any] = {}
    for key, value in new.items():
        before = old.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            within = change(before, value)
            if within is None:
                return None
            if within:
                found[key] = within
        elif key not in old or before != value:
            found[key] = value
    return found


def merged(old: Any, new: Any) -> Any:
    """An object after a change.

    >>> merged({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}})
    {'a': {'b': 1, 'c': 3}}
    """
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    return old | {key: merged(old.get(key), value) for key, value in new.items()}
