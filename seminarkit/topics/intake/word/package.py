"""Open an untrusted Word file: a zip package or flat XML, whatever its parts are named.

Only the few parts needed are unpacked, each up to a size limit; macros, pictures and link targets
are never opened.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Mapping
from functools import cached_property
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.containers import Allowance
from seminarkit.topics.intake.refusal import Refusal
from seminarkit.topics.intake.word.relations import Relation, plain_name, relation
from seminarkit.topics.intake.word.untrusted_xml import (
    CUT_OFF,
    attribute,
    child,
    children,
    join_paragraphs,
    read_xml,
)

MAX_DOCUMENT = 8 * 2**20
MAX_PART = 2 * 2**20
_MAX_RATIO = 150
_MIN_BOMB = 2**20  # bytes; a smaller part is never taken for a zip bomb
_TYPES = "[content_types].xml"
_MAIN = (".document.main+xml", "template.main+xml", "macroenabled.main+xml")
_MISSING = Element("none")
LOCKED = "It is locked with a password. Ask for it without one."
_PACKED = (
    "It is packed in a way that cannot be read here. Open it where it was written, save it again "
    "as .docx, and send that."
)
_BARE_XML = "It is a Word file saved as XML. Open it in Word, save it as Word document (.docx)."
TOO_LARGE = (
    "It is a Word file that is far too large for a form when it is unpacked. Ask for the form's "
    "own file, without anything pasted in that is not an answer."
)


class Archive:
    """The parts of a zip package, by normalised name."""

    def __init__(self, data: bytes, allowance: Allowance, damaged: str = CUT_OFF) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            entries = self._archive.infolist()
        except Exception:  # damaged archives make zipfile raise many types
            raise Refusal(damaged) from None
        self._allowance, self._damaged = allowance, damaged
        self._entries = {plain_name(entry.filename): entry for entry in reversed(entries)}

    def __contains__(self, name: str) -> bool:
        return plain_name(name) in self._entries

    def read(self, name: str, limit: int = MAX_PART) -> Element:
        """Return the XML root of a part; raises Refusal if it is missing, too large or damaged."""
        entry = self._entries.get(plain_name(name))
        if entry is None:
            raise Refusal(self._damaged)
        if entry.flag_bits & 1:
            raise Refusal(LOCKED)
        try:
            with self._archive.open(entry) as file:
                # the size declared in the archive may be false: read up to the limit only
                content = file.read(limit + 1)
        except NotImplementedError:
            raise Refusal(_PACKED) from None
        except Exception:  # damaged entries make zipfile raise many types
            raise Refusal(self._damaged) from None
        self._allowance.spend(len(content))
        packed = max(entry.compress_size, 1)
        if len(content) > limit or (
            len(content) > _MIN_BOMB and len(content) / packed > _MAX_RATIO
        ):
            raise Refusal(TOO_LARGE)
        return read_xml(content, self._damaged)

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._entries)

    def types(self) -> dict[str, str]:
        """Return the content type of each part that has one of its own."""
        listed = [node.attrib for node in children(self.read(_TYPES), "Override")]
        return {
            plain_name(attributes.get("PartName", "")): attributes.get("ContentType", "")
            for attributes in listed
        }


class FlatPackage:
    """The parts of a Word document saved as one XML file."""

    def __init__(self, data: bytes, allowance: Allowance) -> None:
        allowance.spend(len(data))
        if len(data) > MAX_DOCUMENT:
            raise Refusal(TOO_LARGE)
        root = read_xml(data, CUT_OFF)
        self._parts = {plain_name(attribute(part, "name")): part for part in root}
        if not self._parts:
            raise Refusal(_BARE_XML)

    def __contains__(self, name: str) -> bool:
        return self._root(name) is not None

    def read(self, name: str, limit: int = MAX_PART) -> Element:
        """Return the XML root of a part; raises Refusal if it is missing."""
        root = self._root(name)
        if root is None:
            raise Refusal(CUT_OFF)
        return root

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._parts)

    def types(self) -> dict[str, str]:
        """Return the content type of each part."""
        return {name: attribute(part, "contentType") for name, part in self._parts.items()}

    def _root(self, name: str) -> Element | None:
        data = child(self._parts.get(plain_name(name)), "xmlData")
        return next(iter(data), None) if data is not None else None


class WordParts:
    """The parts of a Word file that are read; the rarer ones are opened on first use.

    Raises Refusal for a dangerous file and for one that is not a Word document.
    """

    def __init__(self, package: Archive | FlatPackage) -> None:
        self._package = package
        types = package.types()
        self.macros = any("vbaproject" in name for name in package.names())
        self._relations_by_file: dict[str, dict[str, Relation]] = {}
        self._main = _main_part(types, lambda: self._relations(""))
        body = child(package.read(self._main, MAX_DOCUMENT), "body")
        if body is None:
            raise Refusal(CUT_OFF)
        self.body = join_paragraphs(body)
        self.relations = self._relations(self._main)

    @cached_property
    def styles(self) -> Element:
        """The root of the style definitions."""
        return self._related("styles")

    @cached_property
    def numbering(self) -> Element:
        """The root of the list definitions."""
        return self._related("numbering")

    @cached_property
    def notes(self) -> dict[str, Element]:
        """The roots of the footnotes and the endnotes."""
        return {kind: self._related(f"{kind}s") for kind in ("footnote", "endnote")}

    def relations_of(self, kind: str) -> Mapping[str, Relation]:
        """Return the relationships of the part of a kind, by id."""
        return self._relations(self._name(kind))

    @cached_property
    def margins(self) -> list[Element]:
        """The roots of the page headers and footers."""
        kinds = ("header", "footer")
        names = [
            relation.target
            for relation in self.relations.values()
            if relation.kind in kinds and not relation.outside
        ]
        return [self._package.read(name) for name in names if name in self._package]

    @cached_property
    def custom(self) -> dict[str, str]:
        """The custom document properties."""
        root = self._stored("custom-properties", "docProps/custom.xml")
        return {node.get("name", ""): "".join(node.itertext()) for node in root}

    @cached_property
    def modified(self) -> str:
        """The time of the last change, as the program wrote it."""
        moment = child(self._stored("core-properties", "docProps/core.xml"), "modified")
        return (moment.text or "") if moment is not None else ""

    @cached_property
    def comments(self) -> bool:
        """Whether the document contains comments."""
        return any(node.tag == "comment" for node in self._related("comments"))

    def _related(self, kind: str) -> Element:
        name = self._name(kind)
        return self._package.read(name) if name in self._package else _MISSING

    def _name(self, kind: str) -> str:
        names = [
            relation.target
            for relation in self.relations.values()
            if relation.kind == kind and not relation.outside
        ]
        return next(iter(names), posixpath.join(posixpath.dirname(self._main), f"{kind}.xml"))

    def _stored(self, kind: str, usual: str) -> Element:
        if usual in self._package:
            return self._package.read(usual)
        names = [
            relation.target for relation in self._relations("").values() if relation.kind == kind
        ]
        name = next((name for name in names if name in self._package), "")
        return self._package.read(name) if name else _MISSING

    def _relations(self, part: str) -> dict[str, Relation]:
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name not in self._relations_by_file:
            root = self._package.read(name) if name in self._package else None
            nodes = children(root, "Relationship")
            self._relations_by_file[name] = {
                node.get("Id", ""): relation(node, folder) for node in nodes
            }
        return self._relations_by_file[name]


def open_word(data: bytes, allowance: Allowance) -> WordParts:
    """Return the parts of a Word file; ``allowance`` limits what is unpacked from one file."""
    is_zip = data.startswith(b"PK")
    return WordParts(Archive(data, allowance) if is_zip else FlatPackage(data, allowance))


def _main_part(types: Mapping[str, str], relations: Callable[[], Mapping[str, Relation]]) -> str:
    for name, kind in types.items():
        is_word = "wordprocessingml" in kind.lower() or "ms-word" in kind.lower()
        if is_word and kind.lower().endswith(_MAIN) and "glossary" not in kind.lower():
            return name
    other_types = ("spreadsheetml", "presentationml", "ms-excel", "ms-powerpoint", "visio")
    if not any(word in kind.lower() for kind in types.values() for word in other_types):
        for relation in relations().values():
            if relation.kind == "officeDocument":
                return relation.target
    raise Refusal(
        "It is an Office file, but not a Word document. Ask for the form's own file, or its "
        "answers in the Word form that was sent out."
    )
