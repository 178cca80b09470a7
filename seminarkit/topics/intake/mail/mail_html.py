"""Convert an HTML mail to plain-text lines, with ">" for quotes and "- " for list items.

Only text is returned, never markup; it is not shown as HTML anywhere. What a mail program does not
display (styles, scripts, hidden text) is dropped, and so are pictures and buttons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from seminarkit.topics.intake.mail.html_tokens import tokens

LARGEST = 2**20  # characters; a mail written by a person is far shorter
_DEEPEST = 120
_LARGEST_ROW = 6  # lines of a table row whose second cell may hold country codes


def _set_of(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BLOCKS = _set_of(
    "address article aside blockquote body center dd details div dl dt fieldset figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section table tbody td "
    "tfoot th thead tr ul"
)
_VOID = _set_of("area base br col embed hr img input link meta param source track wbr")
_UNSEEN = _set_of(
    "applet audio button canvas datalist head map noscript object select svg template video"
)
_CLOSED_BY = {  # an element is closed by the start of one of these, as in browsers
    "p": _BLOCKS,
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
    "tr": frozenset({"tr"}),
}
_HIDDEN = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden|"
    r"(?:font-size|max-height|max-width|opacity)\s*:\s*0(?:\.0+)?(?:px|pt|em|"
    r"%)?\s*(?:!important\s*)?(?:;|$)",
    re.I,
)
_PREFORMATTED = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
_INDENT = re.compile(r"border(?:-left)?\s*:\s*(?:none|0)", re.I)
_LIST_MARK = re.compile(r"mso-list\s*:\s*ignore", re.I)
# Classes and ids with which mail programs mark what they add, in lower case.
_ATTRIBUTION = re.compile(r"\bgmail_attr\b|\bmoz-cite-prefix\b|\bprotonmail_quote_header\b")
_QUOTES = re.compile(
    r"yahoo_quoted|mail-editor-reference-message|ms-outlook-mobile-reference-message|zmail_extra\b|"
    r"olk_src_body_section|isreplycontent|\btutanota_quote\b|\bprotonmail_quote\b|isforwardcontent"
)
_OPENING = re.compile(r"divrplyfwdmsg|outlookmessageheader|moz-email-headers-table|moz-forward")
_SIGNATURE = re.compile(
    r"gmail_signature(?!_prefix)|moz-signature|applemailsignature|ms-outlook-mobile-signature|"
    r"protonmail_signature|\bsignature\b|tutanota_signature"
)
_CODES = re.compile(r"[A-Z]{2}[A-Za-z0-9-]*(?:\s*[,;]\s*[A-Z]{2}[A-Za-z0-9-]*)*")
_SEPARATOR = "-----Original Message-----"


class _Open(NamedTuple):
    tag: str
    unseen: bool
    quoted: int
    keeps_lines: bool
    mark_at: int | None  # where in the line the bullet or number of a list item begins


def text_of_html(html: str) -> str:
    """Return the text of an HTML mail, with an empty line between paragraphs."""
    reader = _Reader(keeps_lines=not re.search(r"<(?:br|p|div|td|li|pre)\b", html, re.I))
    for token in tokens(html):
        if isinstance(token, str):
            reader.words(token)
        elif token.ends:
            reader.end(token.tag)
        else:
            reader.begin(token.tag, token.attributes)
    return reader.text()


class _Reader:
    """Build plain-text lines from tags and text, fed one by one."""

    def __init__(self, *, keeps_lines: bool) -> None:
        self._open: list[_Open] = [_Open("", False, 0, keeps_lines, None)]
        self._lines: list[str] = []
        self._line: list[str] = []
        self._lists: list[int] = []  # last number of each open list; -1 for a bulleted one
        self._row: int | None = None  # the first line of the current table row
        self._needs_gap = False  # a paragraph ended: add an empty line before the next

    def text(self) -> str:
        """Return all lines as one text."""
        self._end_line()
        return "\n".join(self._lines) + "\n"

    def begin(self, tag: str, attrs: Mapping[str, str]) -> None:
        """Handle a start tag."""
        while self._open[-1].tag in _CLOSED_BY and tag in _CLOSED_BY[self._open[-1].tag]:
            self._close(len(self._open) - 1)
        if tag in _BLOCKS:
            self._end_block()
        if tag == "br":
            self._break()
        elif tag == "hr":
            self._append("_" * 32)
            self._end_block()
        if tag in _VOID or len(self._open) > _DEEPEST:
            return
        self._open_element(tag, attrs)

    def _open_element(self, tag: str, attrs: Mapping[str, str]) -> None:
        parent, style = self._open[-1], attrs.get("style", "")
        marks = f"{attrs.get('class', '')} {attrs.get('id', '')}".lower()
        unseen = parent.unseen or tag in _UNSEEN or "hidden" in attrs or bool(_HIDDEN.search(style))
        quoted = parent.quoted + (_is_quote(tag, attrs, style) or bool(_QUOTES.search(marks)))
        if not unseen and _OPENING.search(marks):
            self._append(_SEPARATOR)
            self._end_block()
        elif not unseen and _SIGNATURE.search(marks):
            self._end_block()
            self._append("-- ")
            self._end_block()
        if _ATTRIBUTION.search(marks):
            quoted += 1
        keeps_lines = parent.keeps_lines or tag == "pre" or bool(_PREFORMATTED.search(style))
        mark_at = len(self._line) if _LIST_MARK.search(style) else None
        if mark_at is not None:
            self._line.append("")
        self._open.append(_Open(tag, unseen, quoted, keeps_lines, mark_at))
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else -1)
        elif tag == "li" and not unseen:
            self._line.append(self._list_mark())
        elif tag == "tr":
            self._row = len(self._lines)

    def end(self, tag: str) -> None:
        """Handle an end tag; one without a start tag is ignored."""
        if tag == "br":
            self._break()
        if tag == "p" and not any(element.tag == "p" for element in self._open):
            self._end_block()
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag == tag:
                self._close(at)
                return

    def words(self, data: str) -> None:
        """Handle text between two tags."""
        element = self._open[-1]
        if element.unseen:
            return
        if element.keeps_lines:
            first_line, *other_lines = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self._append(first_line)
            for line in other_lines:
                self._break()
                self._append(line)
        else:
            self._append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def _close(self, at: int) -> None:
        """Close the open elements from index ``at`` inwards."""
        for element in reversed(self._open[at:]):
            if element.mark_at is not None:
                mark = "".join(self._line[element.mark_at :]).strip()
                number = re.fullmatch(r"\(?(\d{1,3})[.)]?", mark)
                self._line[element.mark_at :] = [f"{number[1]}. " if number else "- "]
            if element.tag in _BLOCKS:
                self._end_block()
            if element.tag in ("ul", "ol") and self._lists:
                self._lists.pop()
            if element.tag in ("td", "th"):
                self._join_codes()
            if element.tag == "tr":
                self._row = None
            self._open.pop()

    def _list_mark(self) -> str:
        if not self._lists or self._lists[-1] < 0:
            return "- "
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "

    def _append(self, text: str) -> None:
        if text:
            self._line.append(text)

    def _break(self) -> None:
        if self._open[-1].unseen:
            return
        if not self._end_line() and not (self._lines and not self._lines[-1].strip("> ")):
            self._lines.append(self._quote() + "")

    def _end_block(self) -> None:
        self._end_line()
        self._needs_gap = True

    def _end_line(self) -> bool:
        """Finish the current line; return whether it had any text."""
        keeps_lines = self._open[-1].keeps_lines
        text = "".join(self._line)
        text = text.rstrip() if keeps_lines else re.sub(r" {2,}", " ", text).strip(" ")
        self._line.clear()
        if not text.strip():
            return False
        if self._needs_gap and self._lines:
            self._lines.append("")
        self._needs_gap = False
        self._lines.append(self._quote() + text)
        return True

    def _quote(self) -> str:
        depth = self._open[-1].quoted
        return ">" * depth + " " if depth else ""

    def _join_codes(self) -> None:
        """Append a cell of country codes, in parentheses, to the cell before it."""
        if self._row is None or len(self._lines) - self._row > _LARGEST_ROW:
            return
        cells = [at for at in range(self._row, len(self._lines)) if self._lines[at].strip("> ")]
        if len(cells) != 2:
            return
        point, codes = (self._lines[at].strip() for at in cells)
        bare = codes.strip("> ").removeprefix("- ").strip("()[]")
        if _CODES.fullmatch(bare) and len(point) > 3:
            self._lines[cells[0] :] = [f"{self._lines[cells[0]]} ({bare})"]


def _is_quote(tag: str, attrs: Mapping[str, str], style: str) -> bool:
    """Return whether an element is a quotation; some programs use blockquote to indent."""
    if tag != "blockquote":
        return False
    marks = f"{attrs.get('class', '')} {attrs.get('type', '')}".lower()
    return "quote" in marks or "cite" in marks or not ("indent" in marks or _INDENT.search(style))
