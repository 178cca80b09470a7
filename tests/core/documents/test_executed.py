"""What an executed notebook shows: pieces, Markdown, pictures, in order, and nothing else (J02)."""

from __future__ import annotations

import base64
import io
import zlib
from typing import Any

import pytest
from notebook_cells import book, code, markdown, piece, shown
from PIL import Image

from seminarkit.core.documents.document import Document, shortened, tables
from seminarkit.core.documents.executed_notebook import read_document, with_pieces
from seminarkit.core.documents.pieces import (
    Cell,
    Column,
    Fold,
    Group,
    Heading,
    Items,
    Picture,
    Quote,
    Rows,
    Table,
    Text,
    Title,
)
from seminarkit.core.documents.table_names import note_document, remarks_in, tables_named_in
from seminarkit.core.documents.text_lines import line, line_text
from seminarkit.core.errors import SeminarError


def png(width: int = 3, height: int = 2) -> str:
    """Return a picture that says that it has this size; only a small one is true."""
    made = io.BytesIO()
    Image.new("RGB", (min(width, 3), min(height, 2))).save(made, "png")
    head = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + made.getvalue()[24:29]
    made.seek(12)
    made.write(head + zlib.crc32(head).to_bytes(4, "big"))
    return base64.b64encode(made.getvalue()).decode() + "\n"


def table(rows: int = 1, name: str = "table", caption: str = "") -> Table:
    cells = tuple((Cell(number),) for number in range(rows))
    return Table(name, caption, (Column("a", "A"),), (Rows(cells),))


def read(*cells: dict[str, Any], **metadata: Any) -> Document:
    return read_document(book(*cells, **metadata), "own.ipynb")


def test_pieces_and_markdown_come_in_the_order_of_their_cells() -> None:
    """J02: what an organiser adds, removes or moves is the same in every format."""
    document = read(
        markdown("# Title\n\nSome **bold** words and $x^2$\n\n- one\n- two"),
        code(piece(Heading("In between"))),
        code(shown({"text/markdown": ["## A heading\n", "> quoted"]}), piece(Text(line("last")))),
    )
    kinds = [type(each) for each in document.pieces("page")]
    assert kinds == [Title, Text, Items, Heading, Heading, Quote, Text]
    assert document.title == "Title" and document.remarks == ()
    words = document.pieces("page")[1]
    assert isinstance(words, Text) and line_text(words.line) == "Some bold words and $x^2$"
    assert [span.look for span in words.line] == ["plain", "strong", "plain"]


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (shown({"application/vnd.jupyter.widget-view+json": {}, "text/plain": "x"}), "does not work on a page"),
        (shown({"text/plain": "Dossier(data={…"}), "shows a value as text"),
        ({"output_type": "stream", "name": "stdout", "text": "hello"}, "prints text"),
        ({"output_type": "error", "ename": "E", "evalue": "", "traceback": []}, "ends with an error"),
        (shown({"image/png": "no picture"}), "cannot be read"),
        (shown({"image/png": base64.b64encode(b"GIF89a").decode()}), "cannot be read"),
        (shown({"image/gif": "R0lGODlh"}), "cannot be read"),
        (shown({"image/png": png(60_001, 60_001)}), "cannot be read"),
        (shown({"text/html": "<script>x</script>"}), "shows HTML"),
        (shown({"image/png": png()}), "without a description"),
    ],
)  # fmt: skip
def test_what_no_document_shows_is_remarked_with_its_cell(output: Any, words: str) -> None:
    """J02: nothing disappears in silence, and nothing is published by accident."""
    document = read(code(piece(Group(()))), code(output))
    (remark,) = document.remarks
    assert remark.startswith("own.ipynb, cell 2 ") and words in remark
    assert not any(isinstance(each, Text) for each in document.pieces("page"))


def test_warnings_and_notes_of_the_kit_are_no_remarks() -> None:
    read_note = shown({"application/vnd.seminarkit.dossier.v1+json": {}, "text/plain": "Read: x"})
    stderr = {"output_type": "stream", "name": "stderr", "text": "DeprecationWarning"}
    assert read(code(read_note), code(stderr), code()).remarks == ()


def test_tags_say_which_format_shows_a_cell() -> None:
    words = {tag: markdown(tag, tag) for tag in ("remove-cell", "skip-docx", "only-pptx", "public")}
    document = read(*words.values())

    def texts(form: Any) -> list[str]:
        return [line_text(each.line) for each in document.pieces(form) if isinstance(each, Text)]

    assert texts("page") == texts("pdf") == ["skip-docx", "public"]
    assert texts("docx") == ["public"]
    assert texts("pptx") == ["skip-docx", "only-pptx", "public"]


def test_a_picture_says_what_is_above_it_or_in_its_metadata() -> None:
    above, given, of_cell = read(
        markdown("Credits by country"),
        code(shown({"image/png": png()})),
        code(shown({"image/png": png()}, alt="Three bars")),
        code(shown({"image/svg+xml": ["<svg>", "</svg>"]}), seminarkit={"cell": {"alt": "Dots"}}),
    ).pieces("page")[1:]
    assert [each.alt for each in (above, given, of_cell) if isinstance(each, Picture)] == [
        "Credits by country",
        "Three bars",
        "Dots",
    ]


def test_each_table_has_a_name_of_its_own() -> None:
    """J07: a file a table; the name is the table's, or that of the heading above it."""
    document = read(
        markdown("# Crédits & more"),
        code(piece(table()), piece(table())),
        code(piece(Group((table(name="examples"), Fold("more", (table(name="examples"),)))))),
        code(piece(table()), seminarkit={"cell": {"name": "../My table", "caption": "Mine"}}),
    )
    assert [each.name for each in tables(document)] == [
        "credits-more",
        "credits-more-2",
        "examples",
        "examples-2",
        "my-table",
    ]
    assert [each.caption for each in tables(document)][-1] == "Mine"
    executed: dict[str, Any] = book()
    note_document(executed, document)
    assert remarks_in(executed) == [] == remarks_in({})
    assert tables_named_in(executed)["my-table"] == "Mine"
    executed["metadata"]["seminarkit"]["tables"]["../../etc"] = "x"
    assert "../../etc" not in tables_named_in(executed)


def test_a_long_table_is_cut_in_documents_and_whole_in_files() -> None:
    document = read(code(piece(table(10_000))))
    (whole,) = tables(document)
    cut = shortened(whole)
    assert (sum(len(g.rows) for g in whole.groups), sum(len(g.rows) for g in cut.groups)) == (
        10_000,
        200,
    )
    assert cut.note == "The first 200 of 10,000 rows. All are in the table file."
    assert shortened(table(200)) == table(200)


def test_a_notebook_that_was_not_run_is_refused() -> None:
    cell = {**code(), "execution_count": None}
    with pytest.raises(SeminarError, match="cell 2 has not been run"):
        read(markdown("# x"), cell)


def test_a_notebook_of_an_earlier_kit_is_refused_by_its_documents() -> None:
    """A seminar that has begun: the page that is there stays until the report is run again."""
    document = read(markdown("# x"), code(shown({"text/html": "<p>old</p>"})))
    (remark,) = document.remarks
    assert "cell 2 shows HTML, which is not published" in remark
    with pytest.raises(
        SeminarError, match=r"cell 2 has no output that.*Run the report again: seminar report"
    ):
        with_pieces(document)
    assert with_pieces(read(markdown("# x"))).title == "x"


def test_a_broken_piece_names_its_cell() -> None:
    broken = shown({"application/vnd.seminarkit.piece.v1+json": {"kind": "tabel"}})
    injected = code(tags=["injected-parameters"])
    with pytest.raises(SeminarError, match=r"own.ipynb, cell 2: .*Did you mean 'table'"):
        read(markdown("x"), injected, code(broken))


@pytest.mark.parametrize(
    "cells",
    [None, 3, [3, None], [{"cell_type": "code"}], [{"cell_type": "code", "outputs": [1, {"data": 3}]}],
     [{"cell_type": "markdown", "source": 7, "metadata": []}],
     [{"cell_type": "code", "outputs": [{"data": {"text/markdown": {"a": 1}}}], "metadata": {"tags": 3}}]],
)  # fmt: skip
def test_a_notebook_that_is_none_gives_a_document_of_nothing(cells: Any) -> None:
    assert read_document({"cells": cells, "metadata": 3}, "x.ipynb").title == "x"


@pytest.mark.parametrize(
    ("parameters", "audience"),
    [
        ({}, "core"),
        ({"dossier": "dossiers/public/GE.json"}, "public"),
        ({"dossier": "C:\\x\\group\\GE.json"}, "group"),
        ({"audience": "public", "dossier": "dossiers/core/GE.json"}, "public"),
        ({"dossier": 3}, "core"),
    ],
)
def test_the_audience_is_that_of_the_run(parameters: Any, audience: str) -> None:
    assert read(markdown("x"), papermill={"parameters": parameters}).audience == audience
