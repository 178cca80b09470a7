"""Do recap and conclusions come out as page, documents and slides, each for those who may read it?"""

from __future__ import annotations

import io
import json
import re
from html import escape, unescape
from typing import Any

import docx
import pptx
import pytest
from pypdf import PdfReader

from seminarkit.core.documents import docx_and_pdf as printed
from seminarkit.core.documents import slides
from seminarkit.core.documents.document import Document, Part
from seminarkit.core.documents.executed_notebook import read_document
from seminarkit.core.documents.html import html
from seminarkit.core.documents.pieces import EMPTY, Chart
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.submissions.dossier import Dossier
from seminarkit.reports import charts
from seminarkit.topics.conclusions import view as summary


def dossier(demo: SeminarFolder, audience: str, subject: str) -> dict[str, Any]:
    path = demo.dossiers / audience / f"{subject}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def executed(demo: SeminarFolder, audience: str, subject: str) -> Document:
    """What its notebook shows: the one source of all its files."""
    path = demo.reports / audience / f"{subject}.ipynb"
    return read_document(json.loads(path.read_bytes()), path.name)


def page(demo: SeminarFolder, audience: str, subject: str) -> str:
    return unescape((demo.site(audience) / f"{subject}.html").read_text(encoding="utf-8"))


def test_the_sample_plays_both_days(demo: SeminarFolder) -> None:
    """X01 X02 X04 X05 X06 C18: gaps and disagreement named, a person's joining shown, links kept."""
    found = dossier(demo, "core", "conclusions")
    states = [each["state"] for each in found["groups"]]
    assert (states.count("reported"), states.count("missing"), len(states)) == (10, 1, 11)
    for words in ("has not sent any notes yet", "The chair has not yet seen", "“GR” in the"):
        assert any(words in each for each in found["attention"]), words
    shared = [p for s in found["sections"] for p in s["shared"]]
    assert [(p["groups"], p["statements"][0]["kind"]) for p in shared] == [
        (5, "agreed"),
        (2, "disagreed"),
    ]
    single = next(s["single"] for s in found["sections"] if s["kind"] == "disagreed")
    assert len(single) == 2
    assert [each["id"] for each in found["outcomes"] if not each["statements"]] == ["LO6"]
    assert (
        len({each["country"] for each in found["mini"]}) == 8 and "Albania" in found["mini_missing"]
    )
    here = page(demo, "core", "conclusions")
    for code in re.findall(r'href="countries/(\w\w)\.html"', here):
        assert (demo.site("core") / "countries" / f"{code}.html").is_file()
    questions = page(demo, "core", "questions")
    asked = re.findall(r'href="questions\.html#([\w-]+)"', here)
    assert asked and all(f'id="{each}"' in questions for each in asked)
    assert "No statement names LO6." in here and "who was it that said" not in here


def test_a_chart_shows_which_outcomes_are_named(demo: SeminarFolder) -> None:
    """X06: told in words too; nothing where nothing is named, nothing for the public."""
    given = dossier(demo, "core", "conclusions")
    drawn = charts.coverage(Dossier(given))
    assert isinstance(drawn, Chart) and drawn.finding == "No statement names LO6."
    for each in given["outcomes"]:
        number = len(each["statements"])
        assert f"{each['id']}: {f'{number}, in' if number else 'none'}" in drawn.alt
    assert escape(drawn.alt) in page(demo, "core", "conclusions")
    bare = {**given, "outcomes": [{**each, "statements": []} for each in given["outcomes"]]}
    assert charts.coverage(Dossier(bare)) == EMPTY
    said = html(summary.outcomes(Dossier(bare), "Outcomes", charts.coverage(Dossier(bare))))
    assert "No statement names LO1, LO2" in said
    assert charts.coverage(Dossier(dossier(demo, "public", "conclusions"))) == EMPTY


def test_the_recap_is_of_the_day_before_alone(demo: SeminarFolder) -> None:
    """X01 H08: eight groups, and a question that stays open goes to the next chair of its case."""
    found = dossier(demo, "core", "day_recap")
    said = [
        s
        for each in found["sections"]
        for p in each["shared"] + each["single"]
        for s in p["statements"]
    ]
    assert {each["group"].split(", ")[-2] for each in said} == {"26 November"}
    assert len(found["groups"]) == 8 and not found["spoken"]["given"]
    assert "The public listens to this session" in found["attention"][0]
    assert any(each["goes_to"] for each in said if each["kind"] == "open")


def test_the_public_reads_what_was_taken_over_and_nothing_that_says_who_spoke(
    demo: SeminarFolder,
) -> None:
    """X07: no country, group, person, code or address; one wording is not the group's own."""
    here = page(demo, "public", "conclusions")
    body = here.split('<main id="content">')[1].split("</main>")[0]
    core = dossier(demo, "core", "conclusions")
    assert "Ministries compare their registers in spring" in body
    for each in core["groups"]:
        assert each["title"] not in body and all(name not in body for name in each["by"])
    for country in demo.seminar.countries.values():
        assert country.name not in body
    said = [s for e in core["sections"] for p in e["shared"] + e["single"] for s in p["statements"]]
    for statement in said:
        assert statement["id"] not in body
        assert (statement["text"] in body) == (statement["taken"] == statement["text"])
    assert not re.search(r"\b(LO\d|[A-Z]{2}-\d)\b", body)
    written = docx.Document(str(demo.site("public") / "documents" / "conclusions.docx"))
    words = "\n".join(each.text for each in written.paragraphs)
    pdf = PdfReader(demo.site("public") / "documents" / "conclusions.pdf")
    for shown in (words, "\n".join(page.extract_text() for page in pdf.pages)):
        assert "Ministries compare" in shown and "Ukraine" not in shown and "chair" not in shown


def test_the_document_has_headings_directions_and_the_same_bytes(demo: SeminarFolder) -> None:
    """X08: what a reader in Word finds its way by."""
    given = executed(demo, "core", "conclusions")
    data = printed.docx(given)
    assert data == printed.docx(given)
    assert (demo.site("core") / "documents" / "conclusions.docx").read_bytes() == data
    document = docx.Document(io.BytesIO(data))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads[:2] == ["Before you speak", "What was discussed"]
    assert heads[-2:] == ["Mini statements of the countries", "The groups and their notes"]
    arabic = next(p for p in document.paragraphs if p.text.startswith("الجامعتان"))
    assert "w:bidi" in arabic._p.xml
    text = "\n".join(p.text for p in document.paragraphs)
    assert (
        "GE: Georgia" in text
        and "GR: not known here" in text
        and "not yet seen by the chair" in text
    )


def test_the_pdf_holds_every_statement(demo: SeminarFolder) -> None:
    """X09: what is read where there is no Word."""
    given = dossier(demo, "core", "conclusions")
    data = printed.pdf(executed(demo, "core", "conclusions"))
    assert data == printed.pdf(executed(demo, "core", "conclusions"))
    text = "".join(
        "".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages
    )
    points = [p for each in given["sections"] for p in each["shared"] + each["single"]]
    said = [s["text"] for point in points for s in point["statements"] if s["text"].isascii()]
    assert len(said) > 20 and all("".join(each.split()) in text for each in said)
    assert b"pdfuaid" in data


def test_slides_have_titles_sources_in_their_notes_and_right_to_left_text_at_the_right(
    demo: SeminarFolder,
) -> None:
    """X09 X04: every sentence is on a slide; the notes of the first one name the silent group."""
    given = dossier(demo, "core", "conclusions")
    data = slides.pptx(executed(demo, "core", "conclusions"))
    assert data == slides.pptx(executed(demo, "core", "conclusions"))
    deck = list(pptx.Presentation(io.BytesIO(data)).slides)
    assert all(slide.shapes.title.text.strip() for slide in deck)
    shown = [shape.text_frame for slide in deck for shape in slide.placeholders]
    text = "\n".join(frame.text for frame in shown)
    points = [p for each in given["sections"] for p in each["shared"] + each["single"]]
    assert all(s["text"] in text for point in points for s in point["statements"])
    notes = [s.notes_slide.notes_text_frame.text if s.has_notes_slide else "" for s in deck]
    assert "Technical University of Warsaw" in notes[0] and "Before you speak" in notes[0]
    assert "Before you speak" not in text
    notes = "\n".join(notes)
    assert "noted by Core participant 2, Ukraine" in notes
    arabic = next(p for frame in shown for p in frame.paragraphs if p.text.startswith("الجامعتان"))
    assert arabic._p.pPr.get("algn") == "r" and arabic._p.pPr.get("rtl") == "1"


def test_too_long_a_summary_says_what_could_go_first(demo: SeminarFolder) -> None:
    """X03: on the page, in the document; nothing is left out by itself."""
    given = dossier(demo, "core", "conclusions")
    first = given["sections"][0]["single"][0]["statements"][0]
    given["spoken"] |= {
        "minutes": 17.2,
        "over": 2.2,
        "cut": [{"id": first["id"], "text": first["text"], "words": 9}],
    }
    piece = summary.gaps(Dossier(given), "Before you speak")
    shown = html(piece)
    assert "2.2 minutes too long. Nothing was left out" in shown and first["id"] in shown
    data = printed.docx(Document("x.ipynb", "x", "core", "en", (Part(piece, 1),)))
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)
    assert f"Leave out first, if needed:\n1.\t{first['text']}" in text


@pytest.mark.parametrize("bad", ["<script>x</script>", "a & b <b>", '" onclick="'])
def test_what_groups_wrote_is_text(demo: SeminarFolder, bad: str) -> None:
    """K04: escaped on the page wherever it stands."""
    given = dossier(demo, "core", "conclusions")
    statement = given["sections"][0]["single"][0]["statements"][0]
    statement |= {"text": bad, "group": bad, "by": bad, "unknown": [bad]}
    shown = html(summary.points(Dossier(given)))
    assert bad not in shown
