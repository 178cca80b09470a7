"""Notebooks with the traits of public bug reports on Jupyter and the programs around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reported_forms import book, text

from seminarkit.topics.packs.form_notebook import form_cells

_GITHUB = b"""




<!DOCTYPE html>
<html lang="en" data-color-mode="auto">
<head><meta charset="utf-8"><title>questions.ipynb at main</title></head>
<body><div>Sign in</div></body></html>
"""
_DATABRICKS = b"""# Databricks notebook source
# MAGIC %md
# MAGIC # Your questions

# COMMAND ----------

from seminarkit import form
form("questions", for_person="GE-2")
"""
_JUPYTEXT = b"""# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: light
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# # Your questions

from seminarkit import form
form("questions", for_person="GE-2")
"""


def _beside(cell: dict[str, Any]) -> dict[str, Any]:
    """Return the notebook with a cell of somebody's own above the form."""
    made = book()
    return {**made, "cells": [cell, *made["cells"]]}


def _printed(words: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": 1,
        "id": "own",
        "metadata": {},
        "outputs": [{"output_type": "stream", "name": "stdout", "text": words}],
        "source": "",
    }


def _raw_controls() -> bytes:
    """A line break and a control sign stand in a text as they are, and a byte that is no UTF-8."""
    data = text(_beside(_printed("first@second#third%")))
    return data.replace(b"first@", b"first\n").replace(b"second#", b"second\x01").replace(b"third%", b"third\xe9")  # fmt: skip


def _bare_quotes() -> bytes:
    return text(_beside(_printed("load(alice)"))).replace(b"load(alice)", b'load("alice")')


def _cleared() -> dict[str, Any]:
    made = book()
    for cell in made["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "metadata": {}}
    return made


def _list_for_metadata() -> dict[str, Any]:
    made = book()
    return {**made, "cells": [{**c, "metadata": []} if c["cell_type"] == "markdown" else c for c in made["cells"]]}  # fmt: skip


def _no_ids() -> dict[str, Any]:
    made = book()
    return {**made, "cells": [{**cell, "id": None} for cell in made["cells"]]}


def _two_forms() -> dict[str, Any]:
    """The form's cell twice, the first with the outputs cleared and tagged as before."""
    made = book()
    (cell,) = form_cells(made)
    bare = {**cell, "outputs": [], "execution_count": None}
    bare["metadata"] = {k: v for k, v in cell["metadata"].items() if k != "seminarkit"}
    return {**made, "cells": [bare, *made["cells"]]}


def notebooks() -> Iterator[tuple[str, bytes]]:
    """Yield each file: its name begins with its number in the log."""
    yield "38 page of GitHub saved for the notebook.ipynb", _GITHUB
    yield "39 control signs and a foreign byte.ipynb", _raw_controls()
    yield "40 quotation marks not escaped.ipynb", _bare_quotes()
    yield "41 outputs and metadata cleared.ipynb", text(_cleared())
    yield "42 a list for metadata.ipynb", text(_list_for_metadata())
    yield "43 ids are null.ipynb", text(_no_ids())
    yield "44 source file of Databricks.py", _DATABRICKS
    yield "45 script of Jupytext.py", _JUPYTEXT
    yield "46 form's cell pasted again and cleared.ipynb", text(_two_forms())
