"""Does a document that something was cut out of still end in answers or a sentence?"""

from __future__ import annotations

import functools
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from document_constructs import CONSTRUCTS
from document_maker import document
from test_opendocument import CASES, DELETION, parts, zipped
from word_tools import edited

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.reader import read_bytes
from seminarkit.topics.packs.personal_form import form_for

CUTS = st.tuples(
    st.floats(0, 1), st.integers(1, 300), st.sampled_from(["", "<w:p>", "x", "\0", "9" * 5000])
)
PARTS = [
    ("docx", "word/document.xml"), ("docx", "word/numbering.xml"), ("docx", "word/footnotes.xml"),
    ("docx", "word/styles.xml"), ("docx", "word/_rels/document.xml.rels"), ("odt", "content.xml"),
]  # fmt: skip


@functools.cache
def made(kit: SeminarFolder, kind: str) -> bytes:
    if kind == "odt":
        return zipped(parts(kit, "".join(written for written, _, _ in CASES.values()), DELETION))
    return document(form_for(kit, "country_report", "GE-2"), "answer", *CONSTRUCTS.values())


def check(kit: SeminarFolder, expected: Expected, kind: str, part: str, cut: tuple[float, int, str]) -> None:  # fmt: skip
    where, length, instead = cut

    def change(xml: str) -> str:
        at = int(where * len(xml))
        return xml[:at] + instead + xml[at + length :]

    (result,) = read_bytes(edited(made(kit, kind), change, part), expected)
    assert result.reading or result.problem


@pytest.mark.parametrize(("kind", "part"), PARTS)
@given(cut=CUTS)
@settings(max_examples=8)
def test_whatever_was_cut_out(
    kit: SeminarFolder, expected: Expected, kind: str, part: str, cut: tuple[float, int, str]
) -> None:
    """P09 C25: no document raises."""
    check(kit, expected, kind, part, cut)


@pytest.mark.nightly
@pytest.mark.parametrize(("kind", "part"), PARTS)
@given(cut=CUTS)
@settings(max_examples=300)
def test_whatever_was_cut_out_by_night(
    kit: SeminarFolder, expected: Expected, kind: str, part: str, cut: tuple[float, int, str]
) -> None:
    """P09 C25: the same, long."""
    check(kit, expected, kind, part, cut)
