"""What can be done in a room, found by where it lives: a module is a family of kinds of acts.

A module has `KINDS`: by name, who may do it, what its payload must look like, why it may be refused at this
moment, what it changes, and who learns of it. A new kind of act is an entry in one of these files.
"""

from __future__ import annotations

from agents.registry import modules
from dashboards.classroom.kinds._kind import Kind

KINDS: dict[str, Kind] = {
    name: kind for module in modules(__name__).values() for name, kind in module.KINDS.items()
}
