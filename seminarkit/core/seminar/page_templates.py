"""Render web pages from templates/site/. All values are escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from seminarkit.core.forms.shapes import Audience
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.folder import SeminarFolder

Frame = dict[str, object]
_IN_PACK = {"in_pack": True}  # collect recognises the kit's own pages by it


def bare_frame(folder: SeminarFolder, audience: Audience) -> Frame:
    """Return the frame of a page without site navigation, for the files sent to delegations."""
    return {
        "title": folder.seminar.series,
        "audience": audience,
        "nav": [],
        "pages": [],
        **_IN_PACK,
    }


def render(folder: SeminarFolder, template: str, **values: Any) -> str:
    """Return a rendered template. If the seminar lacks the template, the kit's own is used."""
    kinds = ("site", "report")
    paths = tuple(at / "templates" / kind for kind in kinds for at in (folder.root, KIT))
    return _environment(paths).get_template(template).render(**values)


@cache
def _environment(paths: tuple[Path, ...]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(list(paths)),
        autoescape=select_autoescape(["html", "j2"]),
        undefined=StrictUndefined,
        trim_blocks=False,
    )
    environment.filters["day"] = day_words
    return environment
