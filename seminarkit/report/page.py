"""A report notebook as a page: the only door to nbconvert.

Only notebooks that our own report run made come through here. A received notebook never does.
What is made is a page's content; its frame, with the seminar's navigation, is put around it when
pages are published.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

SOURCES = ("index.html.j2", "conf.json")  # of a template, what its pages' contents are made by
_WITHOUT_WORDS = re.compile(r"<img\b(?![^>]*\salt=)")


def html_page(book: Any, template: Path) -> str:
    """Return what an executed report notebook shows, by the nbconvert template in a folder."""
    from nbconvert.exporters import TemplateExporter
    from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter

    exporter = _exporter(template)
    given = {"frameless": True}
    pick = WidgetsDataTypeFilter(notebook_metadata=book.metadata, parent=exporter)
    exporter.register_filter("filter_data_type", pick)
    # HTMLExporter reads its whole page once more, for what our pages have none of: pictures
    # without a text in their place, and parts of the classic notebook
    made, _ = TemplateExporter.from_notebook_node(exporter, book, resources=dict(given))
    if _WITHOUT_WORDS.search(made):
        made, _ = exporter.from_notebook_node(book, resources=dict(given))
    return str(made)


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
