"""Writes the JSON Schemas anew after a change of the models: python -m scenarios.json_schema."""

from __future__ import annotations

from scenarios.json_schema import FOLDER, schemas, written

for name, schema in schemas().items():
    (FOLDER / name).write_text(written(schema), encoding="utf-8")
