"""Puts constructs into the places of a Word form, as a person who fills it in would."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from document_constructs import (
    ENDNOTES,
    FOOTNOTES,
    LINKS,
    LISTS,
    NAMES,
    NUMBERS,
    STYLES,
    Construct,
    par,
)
from word_tools import DOCUMENT, packed

from seminarkit.core.forms.bundle import payload
from seminarkit.core.forms.shapes import PersonalForm
from seminarkit.topics.packs.word_form_writer import form_document

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MARK = "MARKER"
SAVED = "2020-11-18T09:30:00Z"


def _answers(place: str) -> dict[str, Any]:
    base: dict[str, Any] = {"evaluated": "so"}
    return {
        "answer": base | {"obstacle": _MARK},
        "row": base | {"examples": [{"example_title": _MARK}]},
        "link": base | {"legislation_link": _MARK},
        "number": base | {"examples": [{"example_title": "a", "example_credits": _MARK}]},
    }.get(place, base | {"institutions_share": "most"})


_MADE: dict[tuple[str, str], bytes] = {}  # python-docx takes its time
PLACES = ("answer", "row", "link", "number", "choice", "label", "outside")
_BEFORE = {"choice": " Most", "label": "One obstacle in your country"}


def document(form: PersonalForm, place: str, *constructs: Construct) -> bytes:
    """Return a form with constructs in a place: each is a paragraph of its own."""
    key = (form["file"], place)
    if key not in _MADE:
        _MADE[key] = form_document(form, payload(form, _answers(place), 9, SAVED))
    first, *rest = [c for c in constructs if not c.block] or [None]
    blocks = "".join([*(par(c.xml) for c in rest), *(c.xml for c in constructs if c.block)])
    inside = first.xml if first else ""
    gap = '<w:pPr><w:pStyle w:val="SeminarGap"/></w:pPr>'

    def change(xml: str) -> str:
        if place == "outside":
            return xml.replace("<w:sectPr", f"<w:p>{gap}{inside}</w:p>{blocks}<w:sectPr", 1)
        words = _BEFORE.get(place, _MARK)
        at = xml.rindex("<w:r>", 0, xml.index(f">{words}"))
        end = xml.index("</w:r>", at) + 6
        kept = xml[at:end] if place in _BEFORE else ""
        close = xml.index("</w:p>", end) + 6
        return xml[:at] + kept + inside + xml[end:close] + blocks + xml[close:]

    return rich(_MADE[key], change)


def rich(data: bytes, change: Callable[[str], str]) -> bytes:
    """Return a Word file with another body, and with footnotes, lists, styles and links."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith((".xml", ".rels"))}  # fmt: skip
    xml = change(parts[DOCUMENT])
    root, rest = xml.split("<w:body>", 1)
    parts[DOCUMENT] = f"{root[: root.index('<w:document')]}<w:document {NAMES}><w:body>{rest}"
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(
        "</w:styles>", f"{STYLES}</w:styles>"
    )
    numbering = parts["word/numbering.xml"].replace("<w:abstractNum ", f"{LISTS}<w:abstractNum ", 1)
    parts["word/numbering.xml"] = numbering.replace("</w:numbering>", f"{NUMBERS}</w:numbering>")
    for kind, notes in (("footnote", FOOTNOTES), ("endnote", ENDNOTES)):
        # LibreOffice takes notes in the order of what refers to them, whatever their numbers
        used = map(int, re.findall(rf'<w:{kind}Reference w:id="(\d+)"', xml))
        parts[f"word/{kind}s.xml"] = _notes(kind, {n: notes[n] for n in used if n in notes})
    links = "".join(_relation(name, "hyperlink", url) for name, url in LINKS.items())
    kinds = "".join(_relation(f"r{k}", k, f"{k}.xml") for k in ("footnotes", "endnotes"))
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace("</Relationships>", f"{links}{kinds}</Relationships>")
    foot = _relation("rFoot", "hyperlink", "https://foot.example.org/a")
    parts["word/_rels/footnotes.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{foot}</Relationships>"
    )
    overrides = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for kind in ("footnotes", "endnotes")
    )
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace("</Types>", f"{overrides}</Types>")
    return packed((name, text.encode("utf-8")) for name, text in parts.items())


def _notes(kind: str, notes: Mapping[int, str]) -> str:
    inside = "".join(f'<w:{kind} w:id="{n}">{par(xml)}</w:{kind}>' for n, xml in notes.items())
    return f"<w:{kind}s {NAMES}>{inside}</w:{kind}s>"


def _relation(name: str, kind: str, target: str) -> str:
    outside = ' TargetMode="External"' if kind == "hyperlink" else ""
    return f'<Relationship Id="{name}" Type="{_RELATION}/{kind}" Target="{target}"{outside}/>'
