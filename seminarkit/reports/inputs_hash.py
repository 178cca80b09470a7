"""Says whether a report must be run, and why: everything its outcome depends on, by name."""

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

# What a report is made with; each by its installed version.
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


class MadeOf(TypedDict):
    """What a report depends on, files by their hash; the kit's code, and versions by library."""

    notebook: str
    dossier: str
    template: str
    parameters: dict[str, object]
    code: str
    versions: dict[str, str]


@cache
def versions() -> dict[str, str]:
    """Return the versions of the kit and of the libraries that a report is made with."""
    found = {"seminarkit": __version__}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def made_of(notebook: str, dossier: str, template: str, parameters: Mapping[str, object]) -> MadeOf:
    """Return what a report depends on, files by their hash; the same gives the same report."""
    return {
        "notebook": notebook,
        "dossier": dossier,
        "template": template,
        "parameters": dict(parameters),
        "code": package_hash(),
        "versions": versions(),
    }


def dossier_parts(dossier: Path) -> dict[str, str]:
    """Return a hash of each part of a dossier, so that a later change can be told by its name."""
    parts = json.loads(dossier.read_bytes())
    return {name: _hash(json.dumps(part, sort_keys=True)) for name, part in parts.items()}


def reasons(now: MadeOf, record: Mapping[str, object] | None, dossier: Path) -> str:
    """Return in words why a report is run: what it is made of now, against the record of before."""
    if record is None or "made_of" not in record:
        return "it was not run before"
    before, parts = object_of(record["made_of"]), object_of(record.get("dossier_parts"))
    changes = _changes(now, before, parts, dossier)
    return "; ".join(changes) or "its result is not as it was made"


def _changes(
    now: MadeOf, before: Mapping[str, object], parts: Mapping[str, object], dossier: Path
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
        yield "other parameters were given"
    if now["code"] != before.get("code"):
        yield "the kit's own files changed"
    old = object_of(before.get("versions"))
    for name, number in now["versions"].items():
        if number != old.get(name):
            yield f"{name} {old.get(name, 'unknown')} became {number}"


def template_hash(template: Path | None) -> str:
    """Return the hash of what a page's content is made by, '' where there is no template."""
    if template is None:
        return ""
    return _hash("".join((template / name).read_text(encoding="utf-8") for name in SOURCES))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
