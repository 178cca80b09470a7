"""Looks for chats in every part of a document: pages, margins, notes, hidden, deleted, embedded.

An answer is searched as well: where it ends and what was put around it begins is not sure in a
document that went through several programs. As in notes, only strong signs count.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from seminarkit.core.forms.word_form import PROPERTY, read_identity_line
from seminarkit.topics.intake.archives.zip_archives import zip_parts
from seminarkit.topics.intake.chats.found import Holds, IsNotes, Searched, place_of
from seminarkit.topics.intake.chats.in_archives import without_entries
from seminarkit.topics.intake.chats.in_pages import all_readings
from seminarkit.topics.intake.containers import Allowance
from seminarkit.topics.intake.mail.repair import from_base_64
from seminarkit.topics.intake.office_text import OfficeText
from seminarkit.topics.intake.opendocument.open_document import is_flat_word, is_opendocument
from seminarkit.topics.intake.pasted_answers import holds_answers
from seminarkit.topics.intake.refusal import Refusal
from seminarkit.topics.questions.chat.chat_lines import readings
from seminarkit.topics.questions.chat.recognise import looks_like_chat

_REMEMBERED = 200_000  # the styles of a form come back with every form
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_PREFIX = r"(?:[\w.-]+:)?"
_PARAGRAPH = re.compile(rf"<{_PREFIX}(?:p|h|si|is)(?=[\s/>])")
_BREAK = re.compile(
    rf"</?{_PREFIX}(?:p|h|si|is|tr|table-row|br|cr|line-break|desc|title|creator|date|"
    r"annotation|note|txbxContent)(?=[\s/>])[^<>]*>"
)
_TAB = re.compile(rf"<{_PREFIX}(?:tab|s)(?=[\s/>])[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")
_UNSHOWN = re.compile(r"<!--|-->|<\?|\?>")
_VALUE = re.compile(r"=\s*(?:\"([^\"<]{8,})\"|'([^'<]{8,})')")
_CODED = re.compile(rf"<{_PREFIX}(?:binaryData|binary-data)\b[^<>]*>([^<]+)<")
_DELETED, _INSERTED = (
    re.compile(rf"(</?{_PREFIX}(?:{names})(?=[\s>])[^<>]*>)")
    for names in ("del|moveFrom", "ins|moveTo")
)
# Whose words these are, the parts of a document are; any other markup is a file beside them.
_OFFICE = re.compile(
    r"schemas\.(?:openxmlformats|microsoft)\.|urn:oasis:names|purl\.oclc\.org/ooxml|"
    r"http://www\.w3\.org/1999/02/22-rdf-syntax-ns"
)


@dataclass(frozen=True)
class DocumentLook:
    """Looks for chats in documents; ``holds`` looks into a part that is a file of its own."""

    is_notes: IsNotes
    allowance: Allowance
    holds: Holds

    def at(self, searched: Searched, data: bytes, words: OfficeText, place: str) -> None:
        """Add what a document at ``place`` holds; of a form or notes only strong signs count."""
        form = (
            PROPERTY.encode() in words.properties
            or any(map(read_identity_line, words.text.splitlines()))
            or holds_answers(words.text)
            or self.is_notes(words.text)
        )
        if looks_like_chat(words.aside, notes=True):
            where = "a comment or property"
        elif looks_like_chat(words.text, notes=form):
            where = "the document" if form else ""
        elif not (where := _part_with_chat(data, self.allowance, self.holds)):
            if form:
                searched.others.append((place, data))
            return
        searched.chats.append(place_of(place, where))
        searched.inseparable |= form


def flat_words(data: bytes) -> OfficeText | None:
    """Return what a document says that was saved as one XML file; None for any other file."""
    if data.startswith(b"PK") or not (is_opendocument(data) or is_flat_word(data)):
        return None
    markup = "\n".join(all_readings(data))
    return OfficeText(_words(markup), markup.encode("utf-8", "replace"), "")


def _part_with_chat(data: bytes, allowance: Allowance, holds: Holds) -> str:
    """Return the name of a part of a document that holds a chat, or ''."""
    if not data.startswith(b"PK"):
        return "the document" if _markup_holds(data, "", holds) else ""
    opened = set()
    try:
        for part in zip_parts(data, allowance):
            if part.data is not None:
                opened.add(part.name)
            if _part_holds(part.data or b"", part.name, holds):
                return part.name
        rest = without_entries(data, opened)
    except (Refusal, MemoryError, RecursionError):
        rest = data
    # what stands between the parts, behind them, and in them without packing
    return "the file around the document" if _any_strong(rest) else ""


def _part_holds(data: bytes, name: str, holds: Holds) -> bool:
    if data.startswith(_OLE):  # what was put in as an object: its file stands inside as it was
        start = data.find(_ZIP)
        return (
            holds(data, name)
            or _any_strong(data)
            or looks_like_chat(data.decode("utf-16-le", "replace"), notes=True)
            or (start > 0 and holds(data[start:], name))
        )
    return _markup_holds(data, name, holds)


def _markup_holds(data: bytes, name: str, holds: Holds) -> bool:
    """Say whether a part holds a chat: by its words if it is the document's own, else as a file."""
    own = False
    for markup in all_readings(data) if b"<" in data[:200] else ():
        if not markup.lstrip("\ufeff \t\r\n").startswith("<"):
            continue
        own |= _OFFICE.search(markup[:8_000]) is not None
        remembered = len(markup) < _REMEMBERED
        if (_seen_before if remembered else _markup_is_chat)(markup):
            return True
        if any(holds(from_base_64(code.encode()), name) for code in _CODED.findall(markup)):
            return True
    return not own and holds(data, name)


def _any_strong(data: bytes) -> bool:
    return any(looks_like_chat(text, notes=True) for text in readings(data))


def _markup_is_chat(markup: str) -> bool:
    return any(looks_like_chat(text, notes=True) for text in _readings(markup))


_seen_before = lru_cache(maxsize=64)(_markup_is_chat)


def _readings(markup: str) -> Iterator[str]:
    """Yield the words in markup: all, as before and after the changes, and those in attributes."""
    yield _words(markup)
    for changes in (_DELETED, _INSERTED):
        if changes.search(markup):
            yield _words(_without(markup, changes))
    if not _PARAGRAPH.search(markup):  # properties: each value is a line
        yield html.unescape(_TAG.sub("\n", _shown(markup)))
    values = dict.fromkeys(double or single for double, single in _VALUE.findall(markup))
    yield "\n".join(html.unescape(value) for value in values)


def _words(markup: str) -> str:
    return html.unescape(_TAG.sub("", _TAB.sub("\t", _BREAK.sub("\n", _shown(markup)))))


def _shown(markup: str) -> str:
    """Return markup with the words of remarks, and those that stand unmarked, as any others."""
    first, *others = markup.split("<![CDATA[")
    pieces = [first]
    for other in others:
        inside, _, behind = other.partition("]]>")
        pieces += [html.escape(inside), behind]
    return _UNSHOWN.sub("\n", "".join(pieces))


def _without(markup: str, changes: re.Pattern[str]) -> str:
    """Return markup without what stands in such elements."""
    depth, left = 0, []
    for piece in changes.split(markup):
        if not changes.fullmatch(piece):
            left += [piece] if not depth else []
        elif piece.startswith("</"):
            depth = max(0, depth - 1)
        elif not piece.endswith("/>"):
            depth += 1
    return "".join(left)
