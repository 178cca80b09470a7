"""Are lists the same in every format: boxes to tick, lines below an item, two columns?"""

from __future__ import annotations

import io
import zipfile

import docx
import pptx
from pypdf import PdfReader

from seminarkit.core.documents.document import Document, Part
from seminarkit.core.documents.docx_and_pdf import docx as as_word
from seminarkit.core.documents.docx_and_pdf import pdf as as_pdf
from seminarkit.core.documents.html import html
from seminarkit.core.documents.pieces import Items, Piece, Span, Title
from seminarkit.core.documents.plain_text import plain_text
from seminarkit.core.documents.slides import pptx as as_slides
from seminarkit.core.documents.text_lines import line, line_text, person_span, split_lines

ARABIC = "هل الأفضل أن تصدر القواعد؟"
BY = "— Egypt"
ASKED = Items(
    ((person_span(ARABIC), Span(f"\n{BY}", "quiet")), line("Why?\n— Georgia")),
    ordered=True,
    look="texts",
)
BOXES = Items((line("Test the link"), line("Save the chat")), look="boxes")


def document(*pieces: Piece) -> Document:
    parts = tuple(Part(piece, number) for number, piece in enumerate(pieces))
    return Document("x.ipynb", "A title", "core", "en", parts)


def test_boxes_can_be_ticked_in_every_format() -> None:
    """M04 X08"""
    made = document(BOXES)
    assert html(BOXES) == '<ul class="boxes"><li>Test the link</li><li>Save the chat</li></ul>'
    assert plain_text(BOXES) == "☐ Test the link\n☐ Save the chat"
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(as_word(made))).paragraphs]
    assert texts[1:] == ["☐\tTest the link", "☐\tSave the chat"]
    (page,) = PdfReader(io.BytesIO(as_pdf(made))).pages
    assert page.extract_text().count("☐") == 2
    slides = pptx.Presentation(io.BytesIO(as_slides(made))).slides
    shown = [s.text_frame.text for slide in slides for s in slide.shapes if s.has_text_frame]
    assert any("☐ Test the link" in text for text in shown)


def test_each_line_of_an_item_runs_in_its_own_direction() -> None:
    """L10: who asked in Arabic has a name in Latin letters below, which stays at the left."""
    assert [line_text(part) for part in split_lines(ASKED.lines[0])] == [ARABIC, BY]
    assert split_lines(line("\nx\n\n")) == [line("x")] and split_lines(()) == []
    word = docx.Document(io.BytesIO(as_word(document(ASKED))))
    rtl = {p.text: "<w:bidi/>" in p._p.xml for p in word.paragraphs[1:]}
    assert rtl == {
        f"1.\t{ARABIC}": True,
        f"\t{BY}": False,
        "2.\tWhy?": False,
        "\t— Georgia": False,
    }
    (page,) = PdfReader(io.BytesIO(as_pdf(document(ASKED)))).pages
    _, asked, by, *_ = page.extract_text().splitlines()
    assert "القواعد" in asked and "Egypt" in by and "القواعد" not in by


def test_a_compact_document_is_set_small() -> None:
    """H01 X08: twice as many lines have room on a sheet; the words are the same."""
    items = Items(tuple(line(f"Country {number}") for number in range(90)), look="names")
    usual, small = (document(Title("A title", compact=compact), items) for compact in (False, True))
    pages = [len(PdfReader(io.BytesIO(as_pdf(made))).pages) for made in (usual, small)]
    assert pages == [2, 1]
    sizes = []
    for made in (usual, small):
        with zipfile.ZipFile(io.BytesIO(as_word(made))) as packed:
            styles = packed.read("word/styles.xml").decode()
        sizes.append(styles.partition('w:styleId="SeminarLead"')[2].partition("<w:sz ")[2][:10])
    assert sizes == ['w:val="24"', 'w:val="20"']
    assert '<header class="top compact">' in html(small.parts[0].piece)
