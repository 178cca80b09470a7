"""Are notes that somebody wrote in a document of their own read as a reader sees them?"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from docx import Document
from shared import only

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2]))
from notes_tools import ANSWERS, TEXT
from test_opendocument import NAMES, STYLES, p, points, span
from word_tools import packed

from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.reader import read_bytes


def in_word() -> bytes:
    """Return the notes with Word's own bullets, and with words that nobody sees."""
    made, file = Document(), io.BytesIO()
    for line in TEXT.splitlines():
        if line.startswith("- "):
            made.add_paragraph(line[2:], "List Bullet")
        else:
            made.add_paragraph(line)
    paragraph = made.paragraphs[-1]
    paragraph.add_run(" not for them").font.hidden = True
    paragraph.add_run(" or in May").font.strike = True
    made.save(file)
    return file.getvalue()


def in_opendocument() -> bytes:
    """Return the same as LibreOffice's own text."""
    body = ""
    for line in TEXT.splitlines():
        body += points("L2", p(line[2:])) if line.startswith("- ") else p(line)
    body = body.removesuffix("</text:p>") if body.endswith("</text:p>") else body
    last = "</text:p></text:list-item></text:list>"
    unseen = span("T1", " not for them") + span("T2", " or in May")
    body = f"{body.removesuffix(last)}{unseen}{last}"
    content = f"<office:document-content {NAMES}><office:automatic-styles>{STYLES}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"  # fmt: skip
    head = ("mimetype", b"application/vnd.oasis.opendocument.text")
    return packed((head, ("content.xml", content.encode())))


@pytest.mark.parametrize("made", [in_word, in_opendocument])
def test_notes_in_a_document_of_ones_own(made: object, asked: Expected) -> None:
    """G05 P09: automatic bullets are points; what nobody sees is left out, and that is said."""
    part = only(read_bytes(made(), asked))  # type: ignore[operator]
    assert part.reading, part.problem
    assert part.reading.answers == ANSWERS
    assert "hidden words were left out: 'not for them'" in part.remark
    assert "struck-through words were left out: 'or in May'" in part.remark
