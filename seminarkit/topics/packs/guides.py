"""Guides: one page per role, from templates/guides/."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path
from string import Template

from seminarkit.core.documents.markdown import as_html
from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.form_page import content_hash, form_asset
from seminarkit.topics.packs.introduction import purpose_html


def guide_names(folder: SeminarFolder) -> list[str]:
    """Return the names of the guides, one per role."""
    return sorted(path.stem for path in folder.material("templates", "guides").glob("*.md"))


def guide_title(folder: SeminarFolder, name: str) -> str:
    """Return a guide's title, which is its first line."""
    return _parts(folder, name)[0]


def guide_body(folder: SeminarFolder, name: str) -> str:
    """Return a guide without its title as HTML, with its pictures and the seminar's purpose."""
    guide = as_html(
        _parts(folder, name)[1],
        lambda picture: _inline(folder.material("templates", "guides", picture)),
    )
    return guide + purpose_html(folder.seminar)


def guide_text(folder: SeminarFolder, name: str) -> str:
    """Return a guide without its title, as Markdown."""
    return _parts(folder, name)[1]


def pack_guide(template: Template, folder: SeminarFolder, name: str) -> str:
    """Return a guide as a self-contained page for a pack."""
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
    """Return a picture as a data URL, because pages load nothing from outside."""
    if not picture.is_file():
        raise SeminarError(
            f"A guide shows the picture {picture.name}, which is not in the folder of the guide."
        )
    return "data:image/png;base64," + base64.b64encode(picture.read_bytes()).decode("ascii")
