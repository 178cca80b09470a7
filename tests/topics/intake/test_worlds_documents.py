"""Is a form read, however the program that saved it writes documents? (cases 50 to 70, and more)"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from shared import ROOT, complete_report, only

sys.path.insert(0, str(Path(__file__).parent))
from word_tools import (
    DOCUMENT,
    edited,
    packed,
    without,
    without_bookmarks,
    without_controls,
)

from seminarkit.core.forms.bundle import payload
from seminarkit.core.forms.word_form import identity_line
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.reader import read_bytes
from seminarkit.topics.packs.personal_form import form_for
from seminarkit.topics.packs.word_form_writer import form_document

FILES = ROOT / "tests" / "cases" / "files"
LAW = "What does national legislation say?"
SAVED = "2020-11-18T09:30:00Z"
# file: what is read in it, and what is said beside it
CASES: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "50-footnote-in-answer.docx": (
        {"legislation": "Micro-credentials are allowed by law [footnote: This holds for private universities alone; public ones may not award them.]."},
        (),
    ),
    "52-hyperlink-target.docx": ({"legislation": "The law is here (https://law.example.org/2019/12)."}, ()),
    "52b-link-question-answered-by-linked-word.docx": (
        {"legislation_link": "https://law.example.org/2019/12"},
        ("In 'Link to the law or regulation' the address of a link was used, and not its words: 'Law on education'",),
    ),
    # its template shows this list with bullets
    "53-auto-numbered-list.docx": (
        {"legislation": "Three rules hold:\n• Universities award them\n• Colleges may not\n• Companies need a licence"}, ()
    ),
    "54-table-in-answer.docx": ({"legislation": "By level:\nLevel | ECTS\n5 | 10\n6 | 30"}, ()),
    "57-all-caps-hidden-strike.docx": (
        {"legislation": "A law exists since 2019."},
        (f"In '{LAW}' hidden words were left out: 'HIDDENNOTE'", f"In '{LAW}' struck-through words were left out: 'No law exists.'"),
    ),
    "57b-hidden-struck-footnote-symbol.docx": (
        {"legislation": "A law exists since 2019 [footnote: Only for private universities.] and asks for ≥ 60 ECTS.", "institutions": "x", "has_law": "in_place", "publish": "yes"},
        (f"In '{LAW}' hidden words were left out: 'INTERNAL: ask the minister first.'", f"In '{LAW}' struck-through words were left out: 'No law exists.'"),
    ),
    "61-symbol-font-pua.docx": ({"legislation": "→ see annex"}, ()),
    # handed out before the facts were read anew: their old lines are named, as nobody knows them now
    "63-as-google-docs-writes.docx": (
        {"legislation": "The law of 2019."},
        (
            "Outside of the boxes there is '– European Higher Education Area: Member since 2005. (Acces…', "
            "'– Official language: Armenian. (Unicode Consortium: https:/…', "
            "'– National qualifications framework: Adopted in 2011. First…' and 4 more lines",
        ),
    ),
    "64-backslash-part-names.docx": ({"legislation": "x"}, ()),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_case_ends_as_it_should(name: str, expected: Expected) -> None:
    """P09 C25: what is seen is the answer; what is not taken is said, and nothing else is."""
    answers, remarks = CASES[name]
    part = only(read_bytes((FILES / name).read_bytes(), expected))
    assert part.reading, part.problem
    got = part.reading.answers
    assert {
        key: value.strip() if isinstance(value, str) else value for key, value in got.items()
    } == answers
    whole = "Attention, look into the file: " + " ".join(f"{each}." for each in remarks)
    assert part.remark == (whole if remarks else "")


def test_every_script_comes_back(expected: Expected) -> None:
    """C22: case 70, Arabic, Tifinagh, emoji, signs of money."""
    part = only(
        read_bytes((FILES / "70-arabic-tifinagh-emoji-typst-signs.docx").read_bytes(), expected)
    )
    assert part.reading
    assert part.remark == ""
    assert part.reading.answers["opportunity"].startswith(
        "ⵜⴰⵎⴰⵣⵉⵖⵜ Tifinagh; 𝒳 math; 👩🏽\u200d🎓 emoji;"
    )
    assert part.reading.answers["opportunity"].endswith("₾ ₸ ₼ ﷼")


def test_flat_xml_without_a_part_is_named(expected: Expected) -> None:
    """C25: case 68."""
    part = only(read_bytes((FILES / "68-flat-opc-word-xml.xml").read_bytes(), expected))
    assert "It is a Word file saved as XML. Open it in Word, save it as" in part.problem


def renamed(how: Callable[[str], str]) -> Callable[[bytes], bytes]:
    """Return what gives the parts of a package other names."""

    def change(data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return packed((how(name), archive.read(name)) for name in archive.namelist())

    return change


def all_parts(data: bytes, change: Callable[[str, str], str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(n, archive.read(n)) for n in archive.namelist()]
    return packed(
        (
            n,
            change(n, raw.decode("utf-8")).encode("utf-8")
            if n.endswith((".xml", ".rels"))
            else raw,
        )
        for n, raw in parts
    )


def main_type(name: str) -> Callable[[bytes], bytes]:
    usual = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return lambda data: edited(data, lambda xml: xml.replace(usual, name), "[Content_Types].xml")


def strict(data: bytes) -> bytes:
    """Write it in the other dialect, ISO 29500 Strict."""
    old = "http://schemas.openxmlformats.org/"
    names = (
        (f"{old}wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"),
        (f"{old}officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )  # fmt: skip

    def change(_: str, xml: str) -> str:
        for before, after in names:
            xml = xml.replace(before, after)
        return xml.replace('w14:checked w14:val="1"', 'w14:checked w14:val="true"')

    return all_parts(data, change)


def flat(data: bytes) -> bytes:
    """Write the whole package as one XML file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith((".xml", ".rels"))}  # fmt: skip
    types = dict(re.findall(r'PartName="([^"]*)" ContentType="([^"]*)"', parts.pop("[Content_Types].xml")))  # fmt: skip
    inside = "".join(
        f'<pkg:part pkg:name="/{name}" pkg:contentType="{types.get(f"/{name}", "")}"><pkg:xmlData>'
        f"{xml[xml.index('?>') + 2 :] if xml.startswith('<?') else xml}</pkg:xmlData></pkg:part>"
        for name, xml in parts.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>'
        f'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{inside}</pkg:package>'
    ).encode()


def moved(data: bytes) -> bytes:
    """Name the document as Word for the web does: document2.xml."""

    def change(_: str, xml: str) -> str:
        return xml.replace("word/document.xml", "word/document2.xml")

    rels = renamed(lambda name: name.replace("word/document.xml", "word/document2.xml").replace("rels/document.xml", "rels/document2.xml"))  # fmt: skip
    return rels(all_parts(data, change))


def elsewhere(data: bytes) -> bytes:
    """Put the document and its styles into a folder of another name, told by relations alone."""

    def change(name: str, xml: str) -> str:
        if name == "[Content_Types].xml":
            return re.sub(r'<Override PartName="/word/[^>]*/>', "", xml)
        return xml.replace("word/document.xml", "text/body.xml")

    names = {"word/document.xml": "text/body.xml", "word/_rels/document.xml.rels": "text/_rels/body.xml.rels"}  # fmt: skip
    return renamed(lambda name: names.get(name, name.replace("word/", "text/")))(
        all_parts(data, change)
    )


def wide(data: bytes) -> bytes:
    """Write the document in UTF-16."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[DOCUMENT].decode("utf-8").replace("UTF-8", "UTF-16")
    parts[DOCUMENT] = text.encode("utf-16")
    return packed(parts.items())


def google(data: bytes) -> bytes:
    """Write it as Google Docs does: no controls, bookmarks, styles, properties; tags of its own."""
    bare = edited(
        without(data, "docProps/custom.xml", "docProps/core.xml", "docProps/app.xml"),
        lambda xml: without_bookmarks(without_controls(xml)),
    )

    def own(xml: str) -> str:
        xml = re.sub(r'<w:pStyle w:val="[^"]*"/>', "", xml)
        tag = '<w:sdt><w:sdtPr><w:tag w:val="goog_rdk_0"/></w:sdtPr><w:sdtContent><w:r><w:t>The law'
        return xml.replace("<w:r><w:t xml:space=\"preserve\">The law does not name them.</w:t></w:r>", f"{tag} does not name them.</w:t></w:r></w:sdtContent></w:sdt>")  # fmt: skip

    return edited(bare, own)


def wps(data: bytes) -> bytes:
    """Write it as WPS does: numbers for ids of styles, its own data, values as words."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = archive.read("word/styles.xml").decode("utf-8")
    ids = {old: str(number) for number, old in enumerate(re.findall(r'styleId="([^"]*)"', styles))}

    def change(name: str, xml: str) -> str:
        if name not in (DOCUMENT, "word/styles.xml"):
            return xml
        for kind in ("styleId", "pStyle w:val", "rStyle w:val", "basedOn w:val"):
            xml = re.sub(f'{kind}="([^"]*)"', lambda m, k=kind: f'{k}="{ids.get(m[1], m[1])}"', xml)
        xml = xml.replace(
            "<w:showingPlcHdr/>", '<w15:color w:val="DBDBDB"/><w:showingPlcHdr w:val="1"/>'
        )
        return xml.replace("<w:document ", '<w:document xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" ', 1)  # fmt: skip

    return all_parts(data, change)


def controls_in_text(data: bytes) -> bytes:
    """Put signs into it that XML does not know, as some programs write for Shift+Enter."""
    return edited(data, lambda xml: xml.replace("The law does", "The law\x0bdoes"))


WRITERS: dict[str, Callable[[bytes], bytes]] = {
    "back slashes": renamed(lambda name: name.replace("/", "\\")),
    "capitals": renamed(str.upper),
    "small letters": renamed(str.lower),
    "a slash before each name": renamed(lambda name: name if name.startswith("[") else f"/{name}"),
    "a template": main_type("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
    "macros allowed": main_type("application/vnd.ms-word.document.macroEnabled.main+xml"),
    "a template with macros": main_type("application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    "the strict dialect": strict,
    "flat XML": flat,
    "flat XML in UTF-16": lambda data: flat(data).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    "document2.xml": moved,
    "another folder": elsewhere,
    "UTF-16": wide,
    "as Google Docs": google,
    "as WPS": wps,
}  # fmt: skip


@pytest.fixture(scope="module")
def whole(kit: SeminarFolder) -> bytes:
    form = form_for(kit, "country_report", "GE-2")
    return form_document(form, payload(form, complete_report(), 9, SAVED))


@pytest.mark.parametrize("writer", sorted(WRITERS))
def test_a_form_is_read_as_every_program_writes_it(
    writer: str, whole: bytes, expected: Expected
) -> None:
    """P09 C25: the same answers, and no remark about what the form shows by itself."""
    part = only(read_bytes(WRITERS[writer](whole), expected))
    assert part.reading, part.problem
    assert (part.reading.answers, part.remark) == (complete_report(), "")


@pytest.mark.parametrize("writer", sorted(WRITERS))
def test_an_empty_form_is_empty_as_every_program_writes_it(
    writer: str, kit: SeminarFolder, expected: Expected
) -> None:
    """P09 C25: what the form shows by itself is neither an answer nor an addition."""
    for name, person in (
        ("country_report", "GE-2"),
        ("questions", "GE-2"),
        ("case_review", "GE-2"),
    ):
        data = form_document(form_for(kit, name, person, "ghent" if name == "case_review" else ""))
        part = only(read_bytes(WRITERS[writer](data), expected))
        assert part.problem.startswith("The form is empty: there is nothing in its boxes."), writer
        assert part.problem.endswith("save the file, and send it again."), "and no remark"


def test_a_sign_that_xml_does_not_know_is_a_new_line(whole: bytes, expected: Expected) -> None:
    """C25: a vertical tab, as Shift+Enter is in other programs."""
    part = only(read_bytes(controls_in_text(whole), expected))
    assert part.reading
    assert part.reading.answers["legislation"] == "The law\ndoes not name them."


def test_a_form_that_was_typed_again_by_hand(kit: SeminarFolder, expected: Expected) -> None:
    """C25: made by another program altogether: labels in tables, answers below, the last line."""
    form = form_for(kit, "country_report", "GE-2")
    made, buffer = Document(), io.BytesIO()
    for label, words in ((LAW, "No law."), ("One obstacle in your country", "Time.")):
        table = made.add_table(2, 1)
        table.cell(0, 0).text, table.cell(1, 0).text = label, words
        made.add_paragraph()
    made.add_paragraph(identity_line(form))
    made.save(buffer)
    part = only(read_bytes(buffer.getvalue(), expected))
    assert part.reading, part.problem
    assert part.reading.answers == {"legislation": "No law.", "obstacle": "Time."}
    assert part.remark == ""


def test_what_a_person_changes_in_the_facts_is_said(whole: bytes, expected: Expected) -> None:
    """C25: who mends a fact where it is shown means it; no place takes it."""
    data = edited(
        whole, lambda xml: re.sub(r">– ([^<]*)<", ">– It is quite otherwise<", xml, count=1)
    )
    part = only(read_bytes(data, expected))
    assert part.reading
    assert "Something was changed in the lines that the form shows for information" in part.remark


def test_head_and_foot_of_pages_are_said(whole: bytes, expected: Expected) -> None:
    """C25"""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", f'<Relationship Id="rH" Type="{kind}" Target="header1.xml"/></Relationships>'.encode())  # fmt: skip
    parts["word/header1.xml"] = b'<h xmlns:w="w"><w:p><w:r><w:t>See my letter</w:t></w:r></w:p></h>'
    part = only(read_bytes(packed(parts.items()), expected))
    assert (
        "In the header or footer of its pages there is 'See my letter', which was not read"
        in part.remark
    )


def untouched(kit: SeminarFolder, answers: dict[str, Any]) -> bytes:
    form = form_for(kit, "country_report", "GE-2")
    return form_document(form, payload(form, answers, 9, SAVED), handed_out=True)


def test_a_form_that_comes_back_as_it_was_handed_out(
    kit: SeminarFolder, expected: Expected
) -> None:
    """C25: answers that the kit put there are nobody's, until somebody writes."""
    answers = complete_report(examples=[{"example_title": "a  b", "example_credits": 5}])
    data = untouched(kit, answers)
    part = only(read_bytes(data, expected))
    assert part.problem.startswith("It is as it was sent out: nobody has written in it.")
    assert part.kind == "aside"
    for change in (
        lambda xml: xml.replace("The law does", "The new law does"),
        lambda xml: xml.replace("> Most<", "> Most x<").replace("☒", "☐", 1),
        lambda xml: xml.replace(">5<", ">6<"),
    ):
        assert only(read_bytes(edited(data, change), expected)).reading, "somebody wrote"
