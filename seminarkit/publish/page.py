"""A report notebook as a page: the only door to nbconvert.

Only notebooks that our own report run made come through here. A received notebook never does.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from seminarkit.seminar.folder import SeminarFolder


def report_page(folder: SeminarFolder, notebook: Path, title: str, site: dict[str, Any]) -> str:
    """Return the page of an executed report notebook; ``site`` is what its frame shows."""
    import nbformat

    exporter = _exporter(folder.material("templates", "report"))
    book = nbformat.read(notebook, as_version=4)
    # with a copy, as nbconvert writes into what it is given
    body, _ = exporter.from_notebook_node(book, resources={"site": dict(site), "page_title": title})
    return str(body)


@cache
def _exporter(template: Path) -> Any:
    from nbconvert.exporters import HTMLExporter

    return HTMLExporter(
        template_name=template.name,
        extra_template_basedirs=[str(template.parent)],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        embed_images=False,  # it would read files that a notebook names
    )
