"""Open an untrusted OpenDocument text (.odt, or flat .fodt), as package.py opens Word files.

Only the parts needed are unpacked, with the same limits; scripts and pictures are never opened.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.containers import Allowance
from seminarkit.topics.intake.opendocument.paragraphs import OpenText
from seminarkit.topics.intake.opendocument.styles import Styles
from seminarkit.topics.intake.refusal import Refusal
from seminarkit.topics.intake.word.package import LOCKED, MAX_DOCUMENT, TOO_LARGE, Archive
from seminarkit.topics.intake.word.relations import plain_name
from seminarkit.topics.intake.word.remarks import margin_remark
from seminarkit.topics.intake.word.text_pieces import Document
from seminarkit.topics.intake.word.untrusted_xml import attribute, child, children, read_xml

_DAMAGED = "It is an OpenDocument file that is cut off or damaged. Ask for it again."
_NO_TEXT = (
    "It is an OpenDocument file, but not a text document. Ask for the form's own file, or its "
    "answers in the Word form that was sent out."
)
_TYPE = b"application/vnd.oasis.opendocument"
_FLAT = re.compile(r"<(?:[\w.-]+:)?document\s[^<>]*urn:oasis:names:tc:opendocument", re.DOTALL)
_FLAT_WORD = "http://schemas.microsoft.com/office/2006/xmlPackage"
_START = 8_000
_MARGIN = re.compile(r"(?:header|footer)(?:-first|-left)?")


def is_document(data: bytes) -> bool:
    """Return whether a file is an Office or OpenDocument file, zipped or flat, by its content."""
    return is_opendocument(data) or is_flat_word(data) or _is_package(data)


def is_opendocument(data: bytes) -> bool:
    """Return whether a file is in OpenDocument format, zipped or flat."""
    if not data.startswith(b"PK"):
        start = _start(data)
        return start.lstrip("\ufeff \t\r\n").startswith("<") and bool(_FLAT.search(start))
    if b"mimetype" + _TYPE in data[:200]:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("mimetype") as file:
            return file.read(len(_TYPE)) == _TYPE
    except Exception:  # damaged archives raise many types, a missing name KeyError
        return False


def _is_package(data: bytes) -> bool:
    """Return whether a zip archive is an Office package, not just an archive of documents."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(plain_name(name) == "[content_types].xml" for name in archive.namelist())
    except Exception:  # damaged archives make zipfile raise many types
        return False


def is_flat_word(data: bytes) -> bool:
    """Return whether a file is a Word document saved as one XML file."""
    start = _start(data)
    return start.lstrip("\ufeff \t\r\n").startswith("<") and _FLAT_WORD in start


def _start(data: bytes) -> str:
    """Return the beginning of an XML file in UTF-8 or UTF-16."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return data[:_START].decode("utf-16" if wide else "utf-8", "ignore")


def open_document(data: bytes, allowance: Allowance) -> Document:
    """Return an OpenDocument text; raises Refusal for a dangerous file and for another format.

    ``allowance`` limits what is unpacked from one received file.
    """
    archive = Archive(data, allowance, _DAMAGED) if data.startswith(b"PK") else None
    roots = _flat(data, allowance) if archive is None else _roots(archive)
    body = next(
        (text_body for root in roots if (text_body := child(root, "body", "text")) is not None),
        None,
    )
    if body is None:
        raise Refusal(_NO_TEXT)
    text = OpenText(Styles(roots), archive)
    blocks = text.read(body)
    aside = ["It contains comments, which were not read"] if text.comments else []
    if margins := text.words_of(_margins(roots)):
        aside.append(margin_remark(margins))
    meta = [node for root in roots for node in children(child(root, "meta"), "user-defined")]
    custom = {attribute(node, "name"): "".join(node.itertext()) for node in meta}
    return Document(blocks, custom, _modified(roots), aside)


def _roots(archive: Archive) -> list[Element]:
    """Return the roots of a package's parts; content.xml is last, so that it overrides others."""
    if "encrypted-package" in archive:
        raise Refusal(LOCKED)
    manifest = "META-INF/manifest.xml"
    if manifest in archive and any(
        node.tag == "encryption-data" for node in archive.read(manifest).iter()
    ):
        raise Refusal(LOCKED)
    other_roots = [archive.read(name) for name in ("meta.xml", "styles.xml") if name in archive]
    return [*other_roots, archive.read("content.xml", MAX_DOCUMENT)]


def _flat(data: bytes, allowance: Allowance) -> list[Element]:
    allowance.spend(len(data))
    if len(data) > MAX_DOCUMENT:
        raise Refusal(TOO_LARGE)
    return [read_xml(data, _DAMAGED)]


def _modified(roots: Sequence[Element]) -> str:
    """Return the time of the last change as stored; LibreOffice omits the time zone."""
    dates = (child(root, "meta", "date") for root in roots)
    return next((node.text or "" for node in dates if node is not None), "")


def _margins(roots: Sequence[Element]) -> Iterator[Element]:
    for root in roots:
        for page in children(child(root, "master-styles"), "master-page"):
            yield from (node for node in page if _MARGIN.fullmatch(node.tag))
