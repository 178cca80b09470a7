"""Search every part of a document for chats: text, margins, notes, hidden, deleted, embedded.

Answers are searched too, since their bounds are uncertain in a document edited with several
programs. As in notes, only strong signs of a chat count.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from seminarkit.core.forms.word_form import PROPERTY, read_identity_line
from seminarkit.topics.intake.archives.zip_archives import zip_parts
from seminarkit.topics.intake.chats.found import ContainsChat, IsNotes, Searched, place_of
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

_LARGEST_CACHED = 200_000  # characters; the styles part is the same in every form
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
# The namespaces of a document's own parts; other markup is an embedded file.
_OFFICE = re.compile(
    r"schemas\.(?:openxmlformats|microsoft)\.|urn:oasis:names|purl\.oclc\.org/ooxml|"
    r"http://www\.w3\.org/1999/02/22-rdf-syntax-ns"
)


@dataclass(frozen=True)
class DocumentSearch:
    """A search of documents for chats; ``contains_chat`` checks an embedded file."""

    is_notes: IsNotes
    allowance: Allowance
    contains_chat: ContainsChat

    def search(self, searched: Searched, data: bytes, words: OfficeText, place: str) -> None:
        """Add the result for a document at ``place``; forms and notes need strong signs."""
        is_form = (
            PROPERTY.encode() in words.properties
            or any(map(read_identity_line, words.text.splitlines()))
            or holds_answers(words.text)
            or self.is_notes(words.text)
        )
        if looks_like_chat(words.aside, notes=True):
            part_name = "a comment or property"
        elif looks_like_chat(words.text, notes=is_form):
            part_name = "the document" if is_form else ""
        elif not (part_name := _part_with_chat(data, self.allowance, self.contains_chat)):
            if is_form:
                searched.others.append((place, data))
            return
        searched.chats.append(place_of(place, part_name))
        searched.inseparable |= is_form


def flat_words(data: bytes) -> OfficeText | None:
    """Return the text of a document saved as one XML file; None for any other file."""
    if data.startswith(b"PK") or not (is_opendocument(data) or is_flat_word(data)):
        return None
    markup = "\n".join(all_readings(data))
    return OfficeText(_text_of_markup(markup), markup.encode("utf-8", "replace"), "")


def _part_with_chat(data: bytes, allowance: Allowance, contains_chat: ContainsChat) -> str:
    """Return the name of the first part of a document with a chat, or ''."""
    if not data.startswith(b"PK"):
        return "the document" if _markup_has_chat(data, "", contains_chat) else ""
    opened = set()
    try:
        for part in zip_parts(data, allowance):
            if part.data is not None:
                opened.add(part.name)
            if _part_has_chat(part.data or b"", part.name, contains_chat):
                return part.name
        remaining = without_entries(data, opened)
    except (Refusal, MemoryError, RecursionError):
        remaining = data
    # the bytes between and after the parts, and uncompressed parts
    return "the file around the document" if _has_strong_signs(remaining) else ""


def _part_has_chat(data: bytes, name: str, contains_chat: ContainsChat) -> bool:
    if data.startswith(_OLE):  # an OLE object contains the embedded file unchanged
        start = data.find(_ZIP)
        return (
            contains_chat(data, name)
            or _has_strong_signs(data)
            or looks_like_chat(data.decode("utf-16-le", "replace"), notes=True)
            or (start > 0 and contains_chat(data[start:], name))
        )
    return _markup_has_chat(data, name, contains_chat)


def _markup_has_chat(data: bytes, name: str, contains_chat: ContainsChat) -> bool:
    """Return whether a part contains a chat, as text of the document or as an embedded file."""
    is_own_part = False
    for markup in all_readings(data) if b"<" in data[:200] else ():
        if not markup.lstrip("\ufeff \t\r\n").startswith("<"):
            continue
        is_own_part |= _OFFICE.search(markup[:8_000]) is not None
        is_cacheable = len(markup) < _LARGEST_CACHED
        if (_cached_markup_is_chat if is_cacheable else _markup_is_chat)(markup):
            return True
        if any(contains_chat(from_base_64(code.encode()), name) for code in _CODED.findall(markup)):
            return True
    return not is_own_part and contains_chat(data, name)


def _has_strong_signs(data: bytes) -> bool:
    return any(looks_like_chat(text, notes=True) for text in readings(data))


def _markup_is_chat(markup: str) -> bool:
    return any(looks_like_chat(text, notes=True) for text in _texts_of_markup(markup))


_cached_markup_is_chat = lru_cache(maxsize=64)(_markup_is_chat)


def _texts_of_markup(markup: str) -> Iterator[str]:
    """Yield the text of markup: all, before and after tracked changes, and attribute values."""
    yield _text_of_markup(markup)
    for change_tags in (_DELETED, _INSERTED):
        if change_tags.search(markup):
            yield _text_of_markup(_without(markup, change_tags))
    if not _PARAGRAPH.search(markup):  # properties: one line per value
        yield html.unescape(_TAG.sub("\n", _with_plain_comments(markup)))
    values = dict.fromkeys(double or single for double, single in _VALUE.findall(markup))
    yield "\n".join(html.unescape(value) for value in values)


def _text_of_markup(markup: str) -> str:
    return html.unescape(
        _TAG.sub("", _TAB.sub("\t", _BREAK.sub("\n", _with_plain_comments(markup))))
    )


def _with_plain_comments(markup: str) -> str:
    """Return markup with CDATA sections, comments and instructions turned into plain text."""
    first, *sections = markup.split("<![CDATA[")
    pieces = [first]
    for section in sections:
        inside, _, after = section.partition("]]>")
        pieces += [html.escape(inside), after]
    return _UNSHOWN.sub("\n", "".join(pieces))


def _without(markup: str, change_tags: re.Pattern[str]) -> str:
    """Return markup without the content of these change elements."""
    depth, kept_pieces = 0, []
    for piece in change_tags.split(markup):
        if not change_tags.fullmatch(piece):
            kept_pieces += [piece] if not depth else []
        elif piece.startswith("</"):
            depth = max(0, depth - 1)
        elif not piece.endswith("/>"):
            depth += 1
    return "".join(kept_pieces)
