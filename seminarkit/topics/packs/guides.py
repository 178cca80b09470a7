"""Guides: a page for each role, from templates/guides/."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path
from string import Template

from seminarkit.core.documents.markdown import as_html
from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.form_page import content_hash, form_asset
from seminarkit.topics.packs.introduction import about_the_seminar


def guide_names(folder: SeminarFolder) -> list[str]:
    """Return the roles that have a guide, by the names of their files."""
    return sorted(path.stem for path in folder.material("templates", "guides").glob("*.md"))


def guide_title(folder: SeminarFolder, name: str) -> str:
    """Return a guide's title: its first line."""
    return _parts(folder, name)[0]


def guide_body(folder: SeminarFolder, name: str) -> str:
    """Return a guide below its title as HTML, its pictures inside, and what it is all for."""
    guide = as_html(
        _parts(folder, name)[1],
        lambda picture: _inline(folder.material("templates", "guides", picture)),
    )
    return guide + about_the_seminar(folder.seminar)


def guide_text(folder: SeminarFolder, name: str) -> str:
    """Return a guide below its title as it is written."""
    return _parts(folder, name)[1]


def pack_guide(template: Template, folder: SeminarFolder, name: str) -> str:
    """Return a guide as a page of its own, to lie in a pack."""
    style = f"\n{form_asset('tasks.css')}\n"
    return template.substitute(
        title=escape(guide_title(folder, name)),
        seminar=escape(f"{folder.seminar.series}: {folder.seminar.title}"),
        body=guide_body(folder, name),
        style=style,
        style_hash=content_hash(style),
    )


def _parts(folder: SeminarFolder, name: str) -> tuple[str, str]:
    source = folder.material("templates", "guides", f"{name}.md")
    first, _, rest = source.read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("# ").strip(), rest


def _inline(picture: Path) -> str:
    """Return a picture as a data address: a page asks for nothing from outside."""
    if not picture.is_file():
        raise SeminarError(f"A guide names the picture {picture.name}, which is not beside it.")
    return "data:image/png;base64," + base64.b64encode(picture.read_bytes()).decode("ascii")
