"""Opens a Word file that came from outside, and gives its paragraphs as plain pieces of text.

Nothing but the standard library touches it. Only the few parts that matter are unpacked,
each with a bound; a part with a document type (where entities and links to other files live) is
refused before anything in it is read; macros, pictures, fields and links are never looked into.
Names are compared without their name space, as there are two dialects of the format.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from seminarkit.collect.containers import Allowance
from seminarkit.collect.refusal import Refusal

MAX_DOCUMENT = 8 * 2**20
_MAX_PART = 2 * 2**20
_MAX_RATIO = 150
_FREE = 2**20  # below it, no ratio is a bomb
_CUT_OFF = "It is a Word file that is cut off or damaged. Ask for it again."
_LOOKS = ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr")
_SKIPPED = {*_LOOKS, "del", "moveFrom", "instrText", "delText", "Fallback"}
_MAIN = (".document.main+xml", ".template.main+xml")
_PICTURES = ("drawing", "pict", "object")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
# what Word's picture fonts show for boxes and ticks
_SYMBOLS = {"F0A8": "☐", "F06F": "☐", "F0FE": "☒", "F0FD": "☒", "F0FC": "✓", "F0FB": "✗"}


@dataclass(frozen=True)
class WordParts:
    """What of a Word file is read: its body, names of styles, properties, time of last change."""

    body: Element
    styles: Mapping[str, str]
    custom: Mapping[str, str]
    modified: str
    comments: bool


class Piece(NamedTuple):
    """A piece of a paragraph: ``text``, ``box``, ``placeholder`` or ``picture``."""

    kind: str
    text: str = ""
    tag: str = ""
    ticked: bool = False


def open_word(data: bytes, allowance: Allowance) -> WordParts:
    """Return the parts of a Word file; raises Refusal for any other file, and for a dangerous one.

    ``allowance`` bounds all that is unpacked from one received file.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception:  # zipfile raises many kinds for damaged archives
        raise Refusal(_CUT_OFF) from None
    names = set(archive.namelist())
    main = _main_part(_part(archive, "[Content_Types].xml", allowance), names)
    document = _part(archive, main, allowance, MAX_DOCUMENT)
    body = next((child for child in document if local(child) == "body"), None)
    if body is None:
        raise Refusal(_CUT_OFF)
    folder = main.rpartition("/")[0]
    styles, core, custom, comments = (
        _part(archive, name, allowance) if name in names else Element("none")
        for name in (
            f"{folder}/styles.xml",
            "docProps/core.xml",
            "docProps/custom.xml",
            f"{folder}/comments.xml",
        )
    )
    return WordParts(
        body,
        {attribute(s, "styleId"): value(s, "name") for s in styles if local(s) == "style"},
        {p.get("name", ""): "".join(p.itertext()) for p in custom},
        next((each.text or "" for each in core if local(each) == "modified"), ""),
        any(local(each) == "comment" for each in comments),
    )


def local(node: Element) -> str:
    """Return an element's name without its name space."""
    return node.tag.rpartition("}")[2]


def attribute(node: Element | None, name: str) -> str:
    """Return an attribute, whatever its name space."""
    held = node.items() if node is not None else ()
    return next((text for key, text in held if key.rpartition("}")[2] == name), "")


def value(node: Element, *names: str) -> str:
    """Return the ``val`` of the child at the end of these names."""
    return attribute(_child(node, *names), "val")


def rows_and_paragraphs(node: Element) -> Iterator[Element]:
    """Yield the rows of tables, and the paragraphs outside of tables, from top to bottom."""
    for child in node:
        name = local(child)
        if name in ("p", "tr"):
            yield child
        elif name not in _SKIPPED:
            yield from rows_and_paragraphs(child)


def paragraphs(row: Element, placeholder_style: str) -> Iterator[Element]:
    """Yield every paragraph in a row that is no placeholder, also those of tables inside it."""
    for child in row:
        name = local(child)
        if name == "p":
            yield child
        elif name not in _SKIPPED and not (
            name == "sdt" and _is_placeholder(child, placeholder_style)
        ):
            yield from paragraphs(child, placeholder_style)


def pieces(node: Element, placeholder_style: str) -> Iterator[Piece]:
    """Yield what a paragraph holds, in its order; what was deleted with tracking is left out."""
    for child in node:
        name = local(child)
        if name in _SKIPPED:
            continue
        if name == "t":
            yield Piece("text", child.text or "")
        elif name in _SIGNS:
            yield Piece("text", _SIGNS[name])
        elif name == "sym":
            yield Piece("text", _SYMBOLS.get(attribute(child, "char").upper(), ""))
        elif name in _PICTURES:
            yield Piece("picture")
        elif name == "sdt":
            yield from _control(child, placeholder_style)
        else:
            yield from pieces(child, placeholder_style)


def _control(control: Element, placeholder_style: str) -> Iterator[Piece]:
    content, tag = _child(control, "sdtContent"), value(control, "sdtPr", "tag")
    inside = list(pieces(content, placeholder_style)) if content is not None else []
    box = _child(control, "sdtPr", "checkbox")
    if box is not None:
        shown = "".join(piece.text for piece in inside)
        yield Piece("box", shown, tag, value(box, "checked") in ("1", "true", "on"))
    elif _is_placeholder(control, placeholder_style):
        yield Piece("placeholder", "".join(piece.text for piece in inside), tag)
    else:
        yield from inside


def _is_placeholder(control: Element, style: str) -> bool:
    """Say whether a control still shows its placeholder, and nothing that was typed."""
    if _child(control, "sdtPr", "showingPlcHdr") is None:
        return False
    runs = [each for each in control.iter() if local(each) == "r" and "".join(each.itertext())]
    return all(value(each, "rPr", "rStyle") == style for each in runs)


def _child(node: Element | None, *names: str) -> Element | None:
    for name in names:
        node = next((c for c in node if local(c) == name), None) if node is not None else None
    return node


def _main_part(types: Element, names: set[str]) -> str:
    kinds = {each.get("PartName", "")[1:]: each.get("ContentType", "") for each in types}
    if any("macroEnabled" in k for k in kinds.values()) or any("vbaProject" in n for n in names):
        raise Refusal(
            "It is a Word file with macros (a small program inside), which was not read. Open the "
            "form that was sent out, write there, save it as .docx and send that."
        )
    for name, kind in kinds.items():
        if "wordprocessingml" in kind and kind.endswith(
            (".document.main+xml", "template.main+xml")
        ):
            return name
    raise Refusal(
        "It is an Office file, but no Word document. Ask for the form's own file, or its answers "
        "in the Word form that was sent out."
    )


class _NoDocumentType(TreeBuilder):
    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise Refusal(
            "It is a Word file that holds a document type, by which a file can reach for others; "
            "Word writes none, so it was not read. Ask for the form again, saved by Word."
        )


def _part(
    archive: zipfile.ZipFile, name: str, allowance: Allowance, limit: int = _MAX_PART
) -> Element:
    try:
        entry = archive.getinfo(name)
        with archive.open(entry) as file:
            # the size that the archive tells may be a lie: read no more than is allowed
            content = file.read(limit + 1)
    except Exception:  # and for damaged, locked or missing entries
        raise Refusal(_CUT_OFF) from None
    allowance.spend(len(content))
    packed = max(entry.compress_size, 1)
    if len(content) > limit or (len(content) > _FREE and len(content) / packed > _MAX_RATIO):
        raise Refusal(
            "It is a Word file that unpacks to far more than a form holds. Ask for the form's own "
            "file, without anything pasted in that is not an answer."
        )
    try:
        parser = XMLParser(target=_NoDocumentType())
        parser.feed(content)
        return parser.close()
    except (ParseError, ValueError, LookupError):
        raise Refusal(_CUT_OFF) from None
