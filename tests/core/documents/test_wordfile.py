"""Are the Word files well-formed in the order that Word demands, and do texts stay texts?"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest

from seminarkit.core.documents.docx_xml import is_rtl, run
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.personal_form import form_for
from seminarkit.topics.packs.word_form_writer import form_document

# the order of children in the standard (ECMA-376 part 1), as far as they are used
ORDERS = {
    "rPr": "rStyle rFonts b bCs i iCs caps color spacing w kern position sz szCs highlight u effect rtl cs lang",
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs bidi spacing ind contextualSpacing jc outlineLvl",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "tcW tcBorders shd",
    "sdtPr": "rPr alias tag id lock placeholder showingPlcHdr checkbox",
}


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_elements_come_once_and_in_the_order_of_the_standard(kit: SeminarFolder, part: str) -> None:
    """C25: Word calls a file damaged where they do not."""
    data = form_document(form_for(kit, "country_report", "EG-1"))
    tree = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(part))
    for node in tree.iter():
        name = node.tag.rpartition("}")[2]
        if name in ORDERS:
            order = ORDERS[name].split()
            children = [child.tag.rpartition("}")[2] for child in node]
            known = [order.index(child) for child in children if child in order]
            assert known == sorted(set(known)), (part, name, children)
            assert part != "word/document.xml" or len(known) == len(children), children


def test_every_part_is_listed_and_every_listed_part_is_there(kit: SeminarFolder) -> None:
    archive = zipfile.ZipFile(io.BytesIO(form_document(form_for(kit, "questions", "GE-2"))))
    types = archive.read("[Content_Types].xml").decode()
    listed = set(re.findall(r'PartName="/([^"]+)"', types))
    there = {n for n in archive.namelist() if not n.endswith(".rels") and n[0] != "["}
    assert listed == there
    assert archive.namelist()[0] == "[Content_Types].xml"


RTL = [("القانون", True), ("5 - החוק", True), ("ECTS القانون", False), ("საქართველო", False), ("", False), ("12 %", False)]  # fmt: skip


@pytest.mark.parametrize(("text", "rtl"), RTL)
def test_the_first_letter_decides_the_direction(text: str, rtl: bool) -> None:
    """C22"""
    assert is_rtl(text) is rtl


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\ufffeb", "a\ufddfb", "a\x7fb"])
def test_signs_that_xml_cannot_hold_are_left_out(text: str) -> None:
    """C22"""
    assert ">ab<" in run(text)


def test_a_text_is_never_markup() -> None:
    """C22"""
    made: Any = run('</w:t><w:instrText>DDE</w:instrText> & "x"\r\ny')
    assert "<w:instrText>" not in made
    assert "<w:br/>" in made
