"""Can a chair have a brief as Word and PDF, the same as its page, beside it?"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import nbformat
import pytest
from docx import Document
from nbconvert.exporters import get_exporter
from pypdf import PdfReader

from seminarkit.core.documents.pieces import CORE, GROUP
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.briefs.index_page import brief_place
from seminarkit.topics.groups.rooms import BriefedRoom, briefed_rooms

ROOMS = ("d1-keynote", "d2-group-1")  # one for core participants, one for its group
HEADINGS = ["People", "Running order", "Opening words", "To tick", "Questions"]


def room(demo: SeminarFolder, name: str) -> BriefedRoom:
    (about,) = [about for about in briefed_rooms(demo.seminar) if about.id == name]
    return about


def file_of(demo: SeminarFolder, about: BriefedRoom, ending: str) -> Path:
    site = f"groups/{about.id}" if about.group else "core"
    return demo.pages.parent / site / "documents" / f"{about.subject}.{ending}"


@pytest.mark.parametrize("name", ROOMS)
def test_a_brief_links_its_files_and_they_are_there(demo: SeminarFolder, name: str) -> None:
    """H01 X08: documents, and the running order as a table, in the folder of who reads it."""
    about = room(demo, name)
    place = demo.pages.parent / brief_place(about)
    page, up = place.read_text("utf-8"), "" if about.group else "../"
    for ending in ("docx", "pdf", "xlsx"):
        assert f'href="{up}documents/{about.subject}.{ending}"' in page
        assert file_of(demo, about, ending).is_file()
    table = f"{up}tables/{about.subject}/running_order.csv"
    assert f'href="{table}"' in page
    rows = list(csv.reader(io.StringIO((place.parent / table).read_text("utf-8-sig"))))
    assert rows[0] == ["begins", "minutes", "what"] and len(rows) > 3
    other = f"core/documents/{about.subject}.docx" if about.group else f"groups/{about.id}"
    assert not (demo.pages.parent / other).exists()


@pytest.mark.parametrize("name", ROOMS)
def test_a_brief_in_word_has_all_that_its_page_has(demo: SeminarFolder, name: str) -> None:
    """H01 M04 X08: real headings, boxes to tick, what is open, and who may read it."""
    about = room(demo, name)
    reader = "group" if about.group else "core"
    dossier = json.loads((demo.dossiers / reader / f"{about.subject}.json").read_bytes())
    word = Document(io.BytesIO(file_of(demo, about, "docx").read_bytes()))
    texts = [paragraph.text for paragraph in word.paragraphs]
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert [heading for heading in headings if heading in HEADINGS] == HEADINGS
    assert all(f"☐\t{line}" in texts for line in dossier["checklist"])
    assert all(line in texts for line in dossier["opening"])
    assert [t for t in texts if t.startswith("still open")] == [
        f"still open {sentence}" for sentence in dossier["open"]
    ]
    assert (GROUP if about.group else CORE) in texts
    (steps,) = word.tables
    for step, row in zip(dossier["running"]["steps"], steps.rows[1:], strict=True):
        title, *below = [paragraph.text for paragraph in row.cells[2].paragraphs]
        assert title.startswith(step["title"])
        assert bool(below) == bool(step["answers"])


def test_every_brief_has_two_pages_as_a_pdf(demo: SeminarFolder) -> None:
    """H01: as much as on printed pages, of the fullest group, too."""
    rooms = briefed_rooms(demo.seminar)
    pages = {a.id: len(PdfReader(file_of(demo, a, "pdf")).pages) for a in rooms}
    assert len(pages) == 18 and {*pages.values()} <= {1, 2}, pages


@pytest.mark.parametrize("name", ROOMS)
def test_plain_nbconvert_gives_the_same_brief(demo: SeminarFolder, name: str) -> None:
    """J03 X08: byte by byte; and a page with the same content."""
    about = room(demo, name)
    reader = "group" if about.group else "core"
    executed = demo.reports / reader / f"{about.subject}.ipynb"
    resources = {"metadata": {"name": about.subject}}
    for ending in ("docx", "pdf"):
        book = nbformat.read(executed, as_version=4)
        made, _ = get_exporter(f"seminar_{ending}")(audience=reader).from_notebook_node(
            book, resources=dict(resources)
        )
        assert made == file_of(demo, about, ending).read_bytes(), ending
    book = nbformat.read(executed, as_version=4)
    page, _ = get_exporter("seminar_page")(frame=False).from_notebook_node(
        book, resources=dict(resources)
    )
    assert page == executed.with_suffix(".html").read_text("utf-8")
