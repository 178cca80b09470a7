"""The dossiers have the shape that their types say: a key renamed at one end fails here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.submissions.dossier_parts import SCHEMAS
from seminarkit.reports.dossier_schemas import kind_of_dossier, write_schemas


def test_every_dossier_fits_its_schema(demo: SeminarFolder) -> None:
    """O18: with no key that its type does not know, and of every kind there is one."""
    schemas = {path.stem: path for path in (demo.dossiers / SCHEMAS).glob("*.json")}
    seen = set()
    for path in demo.dossiers.rglob("*.json"):
        if path.parent.name != SCHEMAS:
            dossier = json.loads(path.read_bytes())
            kind = kind_of_dossier(dossier["subject"], dossier["audience"])
            seen.add(kind)
            _check(schemas[kind], dossier)
    assert schemas.keys() - seen <= {"day_recap-public"}  # nothing of the first day is public here


def test_a_renamed_key_does_not_fit(tmp_path: Path) -> None:
    """O18: the test above can fail, also for a key deep inside."""
    write_schemas(tmp_path)
    schema = tmp_path / SCHEMAS / "cases.json"
    entry = {"title": "A", "subject": "", "about": "", "by": "B", "state": "draft", "progress": "1 of 2", "answers": [{"name": "x", "label": "X", "value": 1, "shown": "1"}]}  # fmt: skip
    fine = {"subject": "cases", "audience": "core", "forms": {"case": [entry]}}
    _check(schema, fine)
    for wrong in ({**entry, "writer": "B"}, {k: v for k, v in entry.items() if k != "by"}):
        with pytest.raises(ValidationError):
            _check(schema, {**fine, "forms": {"case": [wrong]}})


def test_schemas_are_the_same_each_time_and_not_written_again(tmp_path: Path) -> None:
    """O18: deterministic; one that is of other types is written anew."""
    write_schemas(tmp_path)
    first = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*.*")}
    write_schemas(tmp_path)
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in tmp_path.rglob("*.*")} == first
    old = tmp_path / SCHEMAS / "brief.json"
    old.write_text("{}")
    write_schemas(tmp_path)
    assert old.read_bytes() == first[old][0]


def _check(schema: Path, dossier: object) -> None:
    Draft202012Validator(json.loads(schema.read_bytes())).validate(dossier)
