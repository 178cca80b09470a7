"""A form as one self-contained page that saves the same notebook, without Jupyter or network."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from itertools import takewhile
from string import Template

from seminarkit.core.documents.markdown import as_html
from seminarkit.core.forms.bundle import ANSWERS_MIME
from seminarkit.core.forms.shapes import PersonalForm, object_of
from seminarkit.core.notebook_json import Notebook
from seminarkit.core.package_folder import PACKAGE
from seminarkit.topics.packs.form_notebook import BY_FILE_TAG, form_cells

PROSE = "What this form is for, and what makes a good answer"
_ASSETS = PACKAGE / "core" / "forms"


def form_page(
    template: Template, book: Notebook, form: PersonalForm, line: Mapping[str, object] | None = None
) -> str:
    """Return the page for one person; ``book`` is the notebook that the page saves.

    ``line`` is the configuration of online.js for a page on a server, None for a page in a pack.
    """
    parts = ["form.js", *(["online.js"] if line is not None else []), "page.js"]
    script = "\n" + "\n".join(form_asset(name) for name in parts) + "\n"
    style = "\n" + form_asset("form.css") + form_asset("page.css") + "\n"
    return template.substitute(
        lang=escape(form["lang"]),
        title=escape(f"{form['title']} – {form['author']['name']}"),
        script=script,
        style=style,
        script_hash=content_hash(script),
        style_hash=content_hash(style),
        prose=_prose(book),
        notebook=_inline_json(_without_outputs(book)),
        line=_inline_json(line),
    )


def _prose(book: Notebook) -> str:
    """Return the text before the form as a folded section."""
    forms = list(form_cells(book))
    cells = takewhile(lambda cell: cell not in forms, book["cells"])
    texts = [
        "".join(cell["source"])
        for cell in cells
        if cell["cell_type"] == "markdown" and BY_FILE_TAG not in cell["metadata"].get("tags", ())
    ]
    below_titles = "\n\n".join(re.sub(r"^# .*\n", "", text) for text in texts).strip()
    if not below_titles:
        return ""
    return (
        f'<details class="sk-prose"><summary>{PROSE}</summary>\n{as_html(below_titles)}</details>\n'
    )


def _without_outputs(book: Notebook) -> Notebook:
    """Return a copy without what the page writes itself on saving; prefilled answers stay."""
    bare = copy.deepcopy(book)
    for cell in form_cells(bare):
        shown = [object_of(object_of(out["data"])[ANSWERS_MIME]) for out in cell["outputs"]]
        cell["metadata"]["seminarkit"].pop("answers", None)
        cell["outputs"] = [{"data": {ANSWERS_MIME: filled}} for filled in shown if filled["rev"]]
    return bare


def _inline_json(value: object) -> str:
    """Return JSON that cannot close the surrounding script element."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c")


@cache
def form_asset(name: str) -> str:
    """Return the text of a script or style sheet of the forms."""
    return (_ASSETS / name).read_text(encoding="utf-8")


def content_hash(text: str) -> str:
    """Return the hash by which the content security policy of a page admits one script or style."""
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
