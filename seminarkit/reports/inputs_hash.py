"""Decide whether a report must be run again, and why: compare all that its result depends on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypedDict

from seminarkit import __version__
from seminarkit.core.forms.shapes import object_of
from seminarkit.core.package_hash import package_hash
from seminarkit.reports.html_page import SOURCES

# Libraries whose installed versions a report depends on.
LIBRARIES = (
    "papermill",
    "nbclient",
    "nbconvert",
    "ipykernel",
    "ipython",
    "matplotlib",
    "pandas",
    "numpy",
)


class ReportInputs(TypedDict):
    """The inputs of a report: hashes of its files and of the kit's code, and library versions."""

    notebook: str
    dossier: str
    template: str
    parameters: dict[str, object]
    code: str
    versions: dict[str, str]


@cache
def versions() -> dict[str, str]:
    """Return the versions of the kit and of the libraries that reports depend on."""
    by_name = {"seminarkit": __version__}
    for name in LIBRARIES:
        try:
            by_name[name] = version(name)
        except PackageNotFoundError:
            by_name[name] = "not installed"
    return by_name


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def report_inputs(
    notebook: str, dossier: str, template: str, parameters: Mapping[str, object]
) -> ReportInputs:
    """Return the inputs of a report, files as hashes; equal inputs give equal reports."""
    return {
        "notebook": notebook,
        "dossier": dossier,
        "template": template,
        "parameters": dict(parameters),
        "code": package_hash(),
        "versions": versions(),
    }


def dossier_parts(dossier: Path) -> dict[str, str]:
    """Return a hash of each part of a dossier, so that later changes can be reported by part."""
    parts = json.loads(dossier.read_bytes())
    return {name: _hash(json.dumps(part, sort_keys=True)) for name, part in parts.items()}


def reasons(now: ReportInputs, record: Mapping[str, object] | None, dossier: Path) -> str:
    """Say why a report is run: compare its inputs with the record of its last run."""
    if record is None or "made_of" not in record:
        return "it was not run before"
    before, parts = object_of(record["made_of"]), object_of(record.get("dossier_parts"))
    changes = _changes(now, before, parts, dossier)
    return "; ".join(changes) or "its output was changed or deleted"


def _changes(
    now: ReportInputs, before: Mapping[str, object], parts: Mapping[str, object], dossier: Path
) -> Iterator[str]:
    if now["notebook"] != before.get("notebook"):
        yield "its notebook changed"
    if now["dossier"] != before.get("dossier"):
        new = dossier_parts(dossier)
        names = sorted(n for n in {*new, *parts} if new.get(n) != parts.get(n))
        yield f"its dossier changed ({', '.join(names)})" if names else "its dossier changed"
    if now["template"] != before.get("template"):
        yield "the template of pages changed"
    if now["parameters"] != before.get("parameters"):
        yield "its parameters changed"
    if now["code"] != before.get("code"):
        yield "the kit's own files changed"
    old = object_of(before.get("versions"))
    for name, number in now["versions"].items():
        if number != old.get(name):
            yield f"{name} {old.get(name, 'unknown')} became {number}"


def template_hash(template: Path | None) -> str:
    """Return the hash of the files that make up a page template, or '' for no template."""
    if template is None:
        return ""
    return _hash("".join((template / name).read_text(encoding="utf-8") for name in SOURCES))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
