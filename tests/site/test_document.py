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

from seminarkit.core.documents import document
from seminarkit.core.documents import docx_and_pdf as printed
from seminarkit.core.documents import executed_notebook as executed
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.site.publishing import publish
from seminarkit.topics.intake.verify import verify
from seminarkit.topics.progress.status_board import board


def dossier(demo: SeminarFolder, code: str, audience: str = "core") -> dict[str, Any]:
    text = (demo.dossiers / audience / f"{code}.json").read_text("utf-8")
    return dict(json.loads(text))


def shown(demo: SeminarFolder, code: str, audience: str = "core") -> document.Document:
    path = demo.reports / audience / f"{code}.ipynb"
    return executed.read_document(json.loads(path.read_bytes()), path.name)


def published(demo: SeminarFolder, name: str) -> bytes:
    return (demo.site("core") / "documents" / name).read_bytes()


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
    public = (demo.site("public") / "countries" / "GE.html").read_text("utf-8")
    assert "documents/GE.xlsx" in public and "documents/GE.docx" not in public


@pytest.mark.parametrize("code", ["GE", "EG", "IL", "LY", "XK"])
def test_headings_tables_and_links_are_real(demo: SeminarFolder, code: str) -> None:
    """C10: what a screen reader and a table of contents find."""
    given, data = dossier(demo, code), published(demo, f"{code}.docx")
    word = Document(io.BytesIO(data))
    styles = [paragraph.style.name for paragraph in word.paragraphs]
    assert styles.count("Title") == 1
    assert word.paragraphs[0].text.rstrip("*") == given["country"]["name"].rstrip("*")
    assert "Heading 1" in styles
    if given["country"]["footnote"]:
        assert any(given["country"]["footnote"] in p.text for p in word.paragraphs)
    tables = re.findall(r"<w:tbl>.*?</w:tbl>", xml(data), re.DOTALL)
    assert tables
    assert all(table.count("<w:tblHeader/>") == 1 for table in tables)
    targets = {rel.target_ref for rel in word.part.rels.values() if rel.is_external}
    assert {s["url"] for f in given["facts"] for s in f["sources"] if s["url"]} <= targets
    pictures = re.findall(r"<wp:docPr [^>]*>", xml(data))
    assert len(pictures) == len(word.inline_shapes)
    assert all(re.search(r'descr="[^"]{20,}"', each) for each in pictures), "a text in its place"
    assert len(pictures) == {"GE": 3, "LY": 1}.get(code, len(pictures))


def test_a_link_to_a_source_leads_to_the_source(demo: SeminarFolder) -> None:
    """C10: each number of a source is a link, and what it leads to is there."""
    text = xml(published(demo, "GE.docx"))
    to, there = (set(re.findall(rf'w:{name}="(a_[^"]+)"', text)) for name in ("anchor", "name"))
    assert len(to) > 5 and to <= there


def test_answers_stand_in_their_direction(demo: SeminarFolder) -> None:
    """C22 C10"""
    egypt, georgia = xml(published(demo, "EG.docx")), xml(published(demo, "GE.docx"))
    for paragraph in re.findall(r"<w:p>.*?</w:p>", egypt, re.DOTALL):
        text = "".join(re.findall(r"<w:t [^>]*>([^<]*)<", paragraph))
        if re.match(r"[\u0600-\u06ff]", text):
            assert "<w:bidi/>" in paragraph
            assert "<w:rtl/>" in paragraph
    assert egypt.count("<w:bidi/>") >= 5
    assert "<w:bidi/>" not in georgia


def test_the_same_notebook_gives_the_same_bytes(demo: SeminarFolder) -> None:
    """J02: the published files are those that its executed notebook gives, now as then."""
    for code in ("GE", "EG"):
        assert printed.docx(shown(demo, code)) == published(demo, f"{code}.docx")
        assert printed.pdf(shown(demo, code)) == published(demo, f"{code}.pdf")


@pytest.mark.parametrize("code", ["GE", "EG", "IL", "LY", "XK"])
def test_the_pdf_says_what_the_word_document_says(demo: SeminarFolder, code: str) -> None:
    """C10: one text, two kinds of files, and the page says the same."""
    reader = PdfReader(io.BytesIO(published(demo, f"{code}.pdf")))
    assert reader.metadata is not None and reader.metadata.title == shown(demo, code).title
    pdf = "".join("".join(page.extract_text().split()) for page in reader.pages)
    pdf = pdf.replace("\u200b", "")  # where a link may be broken
    word = Document(io.BytesIO(published(demo, f"{code}.docx")))
    heads = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    for paragraph in word.paragraphs:
        if paragraph.text.isascii():  # letters of others are put into another order
            assert all(part in pdf for part in paragraph.text.split())
    page = (demo.site("core") / "countries" / f"{code}.html").read_text("utf-8")
    assert heads == re.findall(r"<h2[^>]*>([^<]+)</h2>", page.replace("&#x27;", "'"))
    assert len(reader.pages) >= 1 and b"pdfuaid" in published(demo, f"{code}.pdf")


def test_a_country_without_answers_says_so(demo: SeminarFolder) -> None:
    assert "Nothing was received from Libya yet." in xml(published(demo, "LY.docx"))


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
