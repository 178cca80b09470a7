"""Does plain ``jupyter nbconvert`` write the kit's formats, of our notebooks and of hostile ones?

J03, features-audit F12.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import docx
import pytest
from nbconvert.exporters import get_exporter
from nbformat import from_dict

from seminarkit.core.documents.piece_json import piece_json
from seminarkit.core.documents.pieces import MIME, Cell, Column, Heading, Piece, Rows, Table, Text
from seminarkit.core.documents.text_lines import line
from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.bundle import ANSWERS_MIME, FORM_MIME

FORMATS = ("seminar_docx", "seminar_page", "seminar_pdf", "seminar_pptx", "seminar_tables")
HOSTILE = (
    '<script>alert(1)</script> =cmd|x #read("/etc/passwd") $x$ {{7*7}} ![](file:///etc/passwd)'
)
TABLE = Table("examples", "Examples", (Column("name", "Name"),), (Rows(((Cell(HOSTILE),),)),))


def code(data: dict[str, Any], *tags: str) -> dict[str, Any]:
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    return {
        "cell_type": "code",
        "id": "c" + str(abs(hash(str(data))))[:9],
        "metadata": {"tags": [*tags], "transient": {"remove_source": True}},
        "source": "show.secret_call()",
        "execution_count": 1,
        "outputs": [output],
    }


def of_piece(piece: Piece, *tags: str) -> dict[str, Any]:
    return code({MIME: piece_json(piece), "text/html": "<b>HTMLALONE</b>"}, *tags)


def book(*cells: dict[str, Any], audience: str = "core") -> Any:
    papermill = {"parameters": {"audience": audience}}
    return from_dict(
        {
            "cells": [*cells],
            "metadata": {"papermill": papermill},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


MARKDOWN = {"cell_type": "markdown", "id": "m", "metadata": {}, "source": f"# Title\n\n{HOSTILE}"}
WHOLE = (MARKDOWN, of_piece(Heading("A section")), of_piece(Text(line(HOSTILE))), of_piece(TABLE))


def exported(name: str, notebook: Any, **traits: Any) -> tuple[Any, Any]:
    return get_exporter(name)(**traits).from_notebook_node(
        notebook, resources={"metadata": {"name": "own"}}
    )


def text_of(made: bytes | str) -> str:
    if isinstance(made, str):
        return made
    if made[:2] != b"PK":
        return made.decode("latin-1")
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        return "\n".join(packed.read(n).decode("utf-8", "replace") for n in packed.namelist())


def test_each_format_is_an_entry_point() -> None:
    names = {each.name for each in entry_points(group="nbconvert.exporters")}
    assert set(FORMATS) <= names


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_written_is_text_in_every_format(name: str) -> None:
    """K04 P09: nothing of it is markup, a formula, a template or a file; the cell's HTML is unread."""
    made, _ = exported(name, book(*WHOLE))
    text = text_of(made)
    assert "HTMLALONE" not in text and "secret_call" not in text
    assert "<script>" not in text and "root:" not in text
    if name == "seminar_docx":
        paragraphs = [p.text for p in docx.Document(io.BytesIO(made)).paragraphs]
        assert HOSTILE in paragraphs and "A section" in paragraphs
    if name == "seminar_page":
        assert "&lt;script&gt;alert(1)" in text and "Content-Security-Policy" in text
        assert "{{7*7}}" in text and "http" not in text.split("<body")[1].replace("https://e", "")
    if name == "seminar_tables":
        assert "<f>" not in text and "=cmd|x" in text
    assert made == exported(name, book(*WHOLE))[0]


def test_tables_are_csv_files_as_well_where_that_is_asked_for() -> None:
    """J07"""
    _, resources = exported("seminar_tables", book(*WHOLE), csv=True)
    assert resources["outputs"]["own_tables/examples.csv"].startswith(b"\xef\xbb\xbf")
    with pytest.raises(SeminarError, match="shows no table"):
        exported("seminar_tables", book(MARKDOWN))


def test_cells_are_left_out_by_their_tags() -> None:
    cells = (*WHOLE, of_piece(Text(line("SECRET")), "mine"))
    assert "SECRET" in text_of(exported("seminar_page", book(*cells))[0])
    assert "SECRET" not in text_of(exported("seminar_page", book(*cells), exclude_tags=["mine"])[0])


@pytest.mark.parametrize(
    ("wanted", "audience", "words"),
    [
        ("public", "core", "was run for 'core' and cannot become a document for 'public'"),
        ("everybody", "core", "There is no audience 'everybody'. Known: public, core"),
        ("core", "public", ""),
        ("core", "core", ""),
    ],
)
def test_a_document_is_for_no_more_people_than_its_notebook(
    wanted: str, audience: str, words: str
) -> None:
    given = book(*WHOLE, audience=audience)
    if not words:
        assert exported("seminar_page", given, audience=wanted)
        return
    with pytest.raises(SeminarError, match=words):
        exported("seminar_page", given, audience=wanted)


FORM = {
    "form": "questions", "title": "Your questions", "version": "1",
    "fields": [{"name": "why", "label": "Why?", "type": "text"},
               {"name": "about", "label": "About", "type": "select_one", "choices": [["a", "Case A"]]}],
}  # fmt: skip
ANSWERS = {"author": {"name": "GE-1"}, "answers": {"why": HOSTILE, "about": "a"}}


def test_a_filled_in_form_is_read_by_its_answers() -> None:
    """A received notebook: answers as text, questions by the form beside them, no HTML of it."""
    filled = code({FORM_MIME: FORM, ANSWERS_MIME: ANSWERS, "text/html": "<b>HTMLALONE</b>"})
    made, _ = exported("seminar_docx", book(filled))
    paragraphs = [p.text for p in docx.Document(io.BytesIO(made)).paragraphs]
    assert paragraphs[0] == "Your questions"
    assert {"Why?", HOSTILE, "Case A", "GE-1"} <= set(paragraphs)


@pytest.mark.parametrize(
    ("form", "answers"),
    [
        ({**FORM, "fields": "x"}, ANSWERS),
        ({**FORM, "fields": [{"type": "repeat"}]}, ANSWERS),
        ([], ANSWERS),
        (FORM, {"answers": 3}),
        (FORM, {**ANSWERS, "answers": ["why"]}),
        (FORM, None),
    ],
)
def test_a_form_that_somebody_has_changed_is_refused_with_a_sentence(
    form: Any, answers: Any
) -> None:
    with pytest.raises(SeminarError, match="The form in this notebook cannot be read"):
        exported("seminar_page", book(code({FORM_MIME: form, ANSWERS_MIME: answers})))


def test_plain_nbconvert_says_in_a_sentence_what_is_wrong(tmp_path: Path) -> None:
    """J03: no traceback where a notebook was not run, and no code on a plain page of one that was."""
    fresh = {**WHOLE[1], "outputs": [], "execution_count": None}
    for name, cells in (("fresh", (MARKDOWN, fresh)), ("own", WHOLE)):
        (tmp_path / f"{name}.ipynb").write_text(json.dumps(book(*cells)), "utf-8")

    def convert(to: str, name: str) -> subprocess.CompletedProcess[str]:
        call = [sys.executable, "-m", "nbconvert", "--to", to, f"{name}.ipynb"]
        path = {**os.environ, "JUPYTER_CONFIG_DIR": str(tmp_path / "none")}
        return subprocess.run(
            call, cwd=tmp_path, env=path, capture_output=True, text=True, timeout=200, check=False
        )

    refused = convert("seminar_docx", "fresh")
    assert refused.returncode == 1 and "Traceback" not in refused.stderr
    assert "fresh.ipynb: cell 2 has not been run. Run the notebook first" in refused.stderr
    assert convert("seminar_pptx", "own").returncode == 0 and (tmp_path / "own.pptx").is_file()
    assert convert("html", "own").returncode == 0
    assert "secret_call" not in (tmp_path / "own.html").read_text("utf-8")
