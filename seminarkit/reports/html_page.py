"""A report notebook as the content of a page, by a template of nbconvert: templates/report/.

The template, which a seminar may have of its own, gets a notebook of outputs alone: the pieces,
Markdown and pictures of the executed one, as the kit writes them in HTML. What the executed one
itself holds as HTML is not read. The page's frame, with the seminar's navigation, is put around it
when pages are published.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from seminarkit.core.documents.document import Document
from seminarkit.core.documents.html import html

SOURCES = ("index.html.j2", "conf.json")  # of a template, what its pages' contents are made by
_WITHOUT_WORDS = re.compile(r"<img\b(?![^>]*\salt=)")


def page_content(document: Document, template: Path, *, frame: bool = False) -> str:
    """Return what a page shows of an executed notebook, by the template in a folder.

    With a ``frame``, it is a page whole by itself.
    """
    from nbconvert.exporters import TemplateExporter
    from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter

    shown = _outputs_alone(document)
    exporter = _exporter(template)
    site = {"title": "", "audience": document.audience, "nav": [], "pages": []}
    given = {"frameless": not frame, "page_title": document.title, "site": site}
    pick = WidgetsDataTypeFilter(notebook_metadata=shown.metadata, parent=exporter)
    exporter.register_filter("filter_data_type", pick)
    # HTMLExporter reads its whole page once more, for what our pages have none of: pictures
    # without a text in their place, and parts of the classic notebook
    made, _ = TemplateExporter.from_notebook_node(exporter, shown, resources=dict(given))
    if _WITHOUT_WORDS.search(made):
        made, _ = exporter.from_notebook_node(shown, resources=dict(given))
    return str(made)


def _outputs_alone(document: Document) -> Any:
    """Return a notebook whose cells show what a page shows of a document, and nothing else."""
    from nbformat.v4 import new_code_cell, new_notebook, new_output

    outputs: dict[int, list[Any]] = defaultdict(list)
    for part in document.parts:
        if "page" not in part.skipped and (written := html(part.piece)):
            outputs[part.cell].append(new_output("display_data", {"text/html": written}))
    cells = [new_code_cell(id=f"cell-{number}", outputs=shown) for number, shown in outputs.items()]
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
        optimistic_validation=True,  # once, not once for each of its steps
        embed_images=False,  # it would read files that a notebook names
    )
    exporter.register_filter("highlight_code", Highlight2HTML(parent=exporter))
    return exporter
