"""Render an executed report notebook as the content of a page, with an nbconvert template.

The template (templates/report/, or the seminar's own) gets a notebook that has outputs only: the
pieces, Markdown and pictures of the executed notebook, rendered as HTML by the kit. HTML outputs of
the executed notebook are not used. The page's frame, with the seminar's navigation, is added when
pages are published.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from seminarkit.core.documents.document import Document
from seminarkit.core.documents.html import html

SOURCES = ("index.html.j2", "conf.json")  # the files of a template that determine a page's content
_WITHOUT_ALT = re.compile(r"<img\b(?![^>]*\salt=)")


def page_content(document: Document, template: Path, *, frame: bool = False) -> str:
    """Return the page content of an executed notebook, rendered with the template in a folder.

    With ``frame``, return a complete page.
    """
    from nbconvert.exporters import TemplateExporter
    from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter

    outputs = _outputs_only(document)
    exporter = _exporter(template)
    site = {"title": "", "audience": document.audience, "nav": [], "pages": []}
    resources = {"frameless": not frame, "page_title": document.title, "site": site}
    choose_format = WidgetsDataTypeFilter(notebook_metadata=outputs.metadata, parent=exporter)
    exporter.register_filter("filter_data_type", choose_format)
    # HTMLExporter would parse the whole page again, only for what our pages do not have: images
    # without alternative text, and parts of the classic notebook
    page, _ = TemplateExporter.from_notebook_node(exporter, outputs, resources=dict(resources))
    if _WITHOUT_ALT.search(page):
        page, _ = exporter.from_notebook_node(outputs, resources=dict(resources))
    return str(page)


def _outputs_only(document: Document) -> Any:
    """Return a notebook with the outputs that a page shows of a document, and nothing else."""
    from nbformat.v4 import new_code_cell, new_notebook, new_output

    outputs: dict[int, list[Any]] = defaultdict(list)
    for part in document.parts:
        if "page" not in part.skipped and (text := html(part.piece)):
            outputs[part.cell].append(new_output("display_data", {"text/html": text}))
    cells = [new_code_cell(id=f"cell-{index}", outputs=items) for index, items in outputs.items()]
    return new_notebook(cells=cells)


@cache
def _exporter(template: Path) -> Any:
    from nbconvert.exporters import HTMLExporter
    from nbconvert.filters import Highlight2HTML

    exporter = HTMLExporter(
        template_name=template.name,
        extra_template_basedirs=[str(template.parent)],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        optimistic_validation=True,  # validate once, not at every step
        embed_images=False,  # embedding would read files that a notebook names
    )
    exporter.register_filter("highlight_code", Highlight2HTML(parent=exporter))
    return exporter
