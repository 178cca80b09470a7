"""Are a country's documents whole: headings, named header rows, directions, links?"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from seminarkit.analyse.status import board
from seminarkit.collect.verify import verify
from seminarkit.pdffile import PdfFile
from seminarkit.publish.document import country_document
from seminarkit.publish.publishing import publish
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.reading import submissions


def dossier(demo: SeminarFolder, code: str, audience: str = "core") -> dict[str, Any]:
    text = (demo.dossiers / audience / f"{code}.json").read_text("utf-8")
    return dict(json.loads(text))


def xml(data: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode("utf-8")


def test_each_country_has_its_document_in_the_core_site_alone(demo: SeminarFolder) -> None:
    """C10 O25: and nothing of it is public, but what was taken over of the conclusions."""
    names = {path.name for path in (demo.site("core") / "documents").glob("??.docx")}
    assert names == {f"{code}.docx" for code in demo.seminar.countries}
    assert [p.name for p in demo.site("public").rglob("*.docx")] == ["conclusions.docx"]
    assert {path.stem for path in (demo.site("core") / "documents").glob("??.pdf")} == {
        *demo.seminar.countries
    }
    assert [p.name for p in demo.site("public").rglob("*.pdf")] == ["conclusions.pdf"]
    page = (demo.site("core") / "countries" / "GE.html").read_text("utf-8")
    assert 'href="../documents/GE.docx"' in page and 'href="../documents/GE.pdf"' in page
    assert "documents/" not in (demo.site("public") / "countries" / "GE.html").read_text("utf-8")


@pytest.mark.parametrize("code", ["GE", "EG", "IL", "LY", "XK"])
def test_headings_tables_and_links_are_real(demo: SeminarFolder, code: str) -> None:
    """C10: what a screen reader and a table of contents find."""
    given = dossier(demo, code)
    data = country_document(given)
    document = Document(io.BytesIO(data))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles.count("Title") == 1
    assert document.paragraphs[0].text == given["country"]["name"]
    assert "Heading 1" in styles
    if given["country"]["footnote"]:
        assert any(given["country"]["footnote"] in p.text for p in document.paragraphs)
    tables = re.findall(r"<w:tbl>.*?</w:tbl>", xml(data), re.DOTALL)
    assert tables
    assert all(table.count("<w:tblHeader/>") == 1 for table in tables)
    targets = {rel.target_ref for rel in document.part.rels.values() if rel.is_external}
    assert {s["url"] for f in given["facts"] for s in f["sources"] if s["url"]} <= targets
    pictures = re.findall(r"<wp:docPr [^>]*>", xml(data))
    assert len(pictures) == len(document.inline_shapes)
    assert all(re.search(r'descr="[^"]{20,}"', each) for each in pictures), "a text in its place"
    assert len(pictures) == {"GE": 3, "LY": 1}.get(code, len(pictures))


def test_answers_stand_in_their_direction(demo: SeminarFolder) -> None:
    """C22 C10"""
    egypt, georgia = xml(country_document(dossier(demo, "EG"))), xml(country_document(dossier(demo, "GE")))  # fmt: skip
    for paragraph in re.findall(r"<w:p>.*?</w:p>", egypt, re.DOTALL):
        text = "".join(re.findall(r"<w:t [^>]*>([^<]*)<", paragraph))
        if re.match(r"[\u0600-\u06ff]", text):
            assert "<w:bidi/>" in paragraph
            assert "<w:rtl/>" in paragraph
    assert egypt.count("<w:bidi/>") >= 5
    assert "<w:bidi/>" not in georgia


def test_the_same_dossier_gives_the_same_bytes(demo: SeminarFolder) -> None:
    for code in ("GE", "EG"):
        made = country_document(dossier(demo, code))
        assert made == country_document(dossier(demo, code))
        assert (demo.site("core") / "documents" / f"{code}.docx").read_bytes() == made


@pytest.mark.parametrize("code", ["GE", "EG", "IL", "LY", "XK"])
def test_the_pdf_says_what_the_word_document_says(demo: SeminarFolder, code: str) -> None:
    """C10: one text, two kinds of files."""
    given = dossier(demo, code)
    made = country_document(given, PdfFile)
    assert made == country_document(given, PdfFile)
    reader = PdfReader(io.BytesIO(made))
    assert reader.metadata is not None and reader.metadata.title == given["country"]["name"]
    shown = "".join("".join(page.extract_text().split()) for page in reader.pages)
    shown = shown.replace("\u200b", "")  # where a link may be broken
    for paragraph in Document(io.BytesIO(country_document(given))).paragraphs:
        if paragraph.text.isascii():  # letters of others are put into another order
            assert all(word in shown for word in paragraph.text.split())
    assert len(reader.pages) >= 1 and b"pdfuaid" in made


def test_a_country_without_answers_says_so(demo: SeminarFolder) -> None:
    assert "Nothing has come from Libya yet." in xml(country_document(dossier(demo, "LY")))


def test_a_document_changed_by_hand_is_found_and_made_again(
    demo: SeminarFolder, tmp_path: Path
) -> None:
    """O38: it stands in the list of pages with its hash."""
    copied = shutil.copytree(
        demo.root, tmp_path / "copy", ignore=shutil.ignore_patterns("packs", "inbox")
    )
    demo = SeminarFolder(copied)
    path = demo.site("core") / "documents" / "GE.docx"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_bytes(b"changed")
    assert any("core/documents/GE.docx" in each for each in verify(demo).damage)
    come = submissions(demo.database)
    result = publish(demo, board(demo.seminar, come), come)
    assert "core/documents/GE.docx" in result.changed
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
