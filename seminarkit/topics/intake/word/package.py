"""Opens a Word file that came from outside: a zip package or flat XML, however its parts are named.

Only the few parts that matter are unpacked, each with a bound; macros, pictures and what links lead
to are never looked into.
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
_FREE = 2**20  # below it, no ratio is a bomb
_TYPES = "[content_types].xml"
_MAIN = (".document.main+xml", "template.main+xml", "macroenabled.main+xml")
_NOTHING = Element("none")
LOCKED = "It is locked with a password. Ask for it without one."
_PACKED = (
    "It is packed in a way that cannot be read here. Open it where it was written, save it again "
    "as .docx, and send that."
)
_BARE_XML = "It is a Word file saved as XML. Open it in Word, save it as Word document (.docx)."
TOO_LARGE = (
    "It is a Word file that unpacks to far more than a form holds. Ask for the form's own "
    "file, without anything pasted in that is not an answer."
)


class Archive:
    """The parts of a zip package by their plain names: small letters, no back slashes."""

    def __init__(self, data: bytes, allowance: Allowance, damaged: str = CUT_OFF) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            entries = self._archive.infolist()
        except Exception:  # zipfile raises many kinds for damaged archives
            raise Refusal(damaged) from None
        self._allowance, self._damaged = allowance, damaged
        self._entries = {plain_name(entry.filename): entry for entry in reversed(entries)}

    def __contains__(self, name: str) -> bool:
        return plain_name(name) in self._entries

    def read(self, name: str, limit: int = MAX_PART) -> Element:
        """Return the tree of a part; raises Refusal where it is missing, too large or damaged."""
        entry = self._entries.get(plain_name(name))
        if entry is None:
            raise Refusal(self._damaged)
        if entry.flag_bits & 1:
            raise Refusal(LOCKED)
        try:
            with self._archive.open(entry) as file:
                # the size that the archive tells may be a lie: read no more than is allowed
                content = file.read(limit + 1)
        except NotImplementedError:
            raise Refusal(_PACKED) from None
        except Exception:  # and for damaged entries
            raise Refusal(self._damaged) from None
        self._allowance.spend(len(content))
        packed = max(entry.compress_size, 1)
        if len(content) > limit or (len(content) > _FREE and len(content) / packed > _MAX_RATIO):
            raise Refusal(TOO_LARGE)
        return read_xml(content, self._damaged)

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._entries)

    def types(self) -> dict[str, str]:
        """Return the type of each part that the package names one for."""
        listed = [each.attrib for each in children(self.read(_TYPES), "Override")]
        return {plain_name(e.get("PartName", "")): e.get("ContentType", "") for e in listed}


class FlatPackage:
    """The parts of a Word document that was saved as one XML file."""

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
        """Return the tree of a part; raises Refusal where it is missing."""
        root = self._root(name)
        if root is None:
            raise Refusal(CUT_OFF)
        return root

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._parts)

    def types(self) -> dict[str, str]:
        """Return the type of each part."""
        return {name: attribute(part, "contentType") for name, part in self._parts.items()}

    def _root(self, name: str) -> Element | None:
        held = child(self._parts.get(plain_name(name)), "xmlData")
        return next(iter(held), None) if held is not None else None


class WordParts:
    """What of a Word file is read; parts that few documents use are opened when they are asked for.

    Raises Refusal for any other file, and for a dangerous one.
    """

    def __init__(self, package: Archive | FlatPackage) -> None:
        self._package = package
        types = package.types()
        self.macros = any("vbaproject" in name for name in package.names())
        self._known: dict[str, dict[str, Relation]] = {}
        self._main = _main_part(types, lambda: self._relations(""))
        body = child(package.read(self._main, MAX_DOCUMENT), "body")
        if body is None:
            raise Refusal(CUT_OFF)
        self.body = join_paragraphs(body)
        self.relations = self._relations(self._main)

    @cached_property
    def styles(self) -> Element:
        """The root of the styles."""
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
        """Return what the part of a kind refers to, by id."""
        return self._relations(self._name(kind))

    @cached_property
    def margins(self) -> list[Element]:
        """The roots of the heads and feet of pages."""
        kinds = ("header", "footer")
        names = [r.target for r in self.relations.values() if r.kind in kinds and not r.outside]
        return [self._package.read(name) for name in names if name in self._package]

    @cached_property
    def custom(self) -> dict[str, str]:
        """The properties of its own."""
        root = self._stored("custom-properties", "docProps/custom.xml")
        return {each.get("name", ""): "".join(each.itertext()) for each in root}

    @cached_property
    def modified(self) -> str:
        """When it was last changed, as the program wrote it."""
        moment = child(self._stored("core-properties", "docProps/core.xml"), "modified")
        return (moment.text or "") if moment is not None else ""

    @cached_property
    def comments(self) -> bool:
        """Whether it holds comments."""
        return any(each.tag == "comment" for each in self._related("comments"))

    def _related(self, kind: str) -> Element:
        name = self._name(kind)
        return self._package.read(name) if name in self._package else _NOTHING

    def _name(self, kind: str) -> str:
        names = [r.target for r in self.relations.values() if r.kind == kind and not r.outside]
        return next(iter(names), posixpath.join(posixpath.dirname(self._main), f"{kind}.xml"))

    def _stored(self, kind: str, usual: str) -> Element:
        if usual in self._package:
            return self._package.read(usual)
        names = [r.target for r in self._relations("").values() if r.kind == kind]
        name = next((each for each in names if each in self._package), "")
        return self._package.read(name) if name else _NOTHING

    def _relations(self, part: str) -> dict[str, Relation]:
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name not in self._known:
            root = self._package.read(name) if name in self._package else None
            listed = children(root, "Relationship")
            self._known[name] = {each.get("Id", ""): relation(each, folder) for each in listed}
        return self._known[name]


def open_word(data: bytes, allowance: Allowance) -> WordParts:
    """Return the parts of a Word file. ``allowance`` bounds all that is unpacked from one file."""
    is_zip = data.startswith(b"PK")
    return WordParts(Archive(data, allowance) if is_zip else FlatPackage(data, allowance))


def _main_part(types: Mapping[str, str], relations: Callable[[], Mapping[str, Relation]]) -> str:
    for name, kind in types.items():
        is_word = "wordprocessingml" in kind.lower() or "ms-word" in kind.lower()
        if is_word and kind.lower().endswith(_MAIN) and "glossary" not in kind.lower():
            return name
    known = ("spreadsheetml", "presentationml", "ms-excel", "ms-powerpoint", "visio")
    if not any(word in kind.lower() for kind in types.values() for word in known):
        for relation in relations().values():
            if relation.kind == "officeDocument":
                return relation.target
    raise Refusal(
        "It is an Office file, but no Word document. Ask for the form's own file, or its answers "
        "in the Word form that was sent out."
    )
