"""Turns the HTML of a mail into lines as a plain mail has them: quoted with ">", lists with "- ".

Only words come out, never markup: they are not shown as HTML anywhere. What nobody sees in a mail
program (styles, scripts, hidden words, pictures, buttons) is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from seminarkit.topics.intake.mail.html_tokens import tokens

LARGEST = 2**20  # letters; a mail that a person wrote is far shorter
_DEEPEST = 120
_LARGEST_ROW = 6  # lines of a row of a table whose second cell may hold codes


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BLOCKS = _tags(
    "address article aside blockquote body center dd details div dl dt fieldset figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section table tbody td "
    "tfoot th thead tr ul"
)
_VOID = _tags("area base br col embed hr img input link meta param source track wbr")
_UNSEEN = _tags(
    "applet audio button canvas datalist head map noscript object select svg template video"
)
_CLOSED_BY = {  # an element that ends where one of these begins, as browsers have it
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
_KEEPS_LINES = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
_INDENTED = re.compile(r"border(?:-left)?\s*:\s*(?:none|0)", re.I)
_LIST_MARK = re.compile(r"mso-list\s*:\s*ignore", re.I)
# How programs mark what they put into a mail: class or id, in small letters.
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
    mark_at: int | None  # where in the line the sign of a list's entry begins


def text_of_html(html: str) -> str:
    """Return the words of a mail in HTML, line by line, with an empty line between paragraphs."""
    reader = _Reader(keeps_lines=not re.search(r"<(?:br|p|div|td|li|pre)\b", html, re.I))
    for token in tokens(html):
        if isinstance(token, str):
            reader.words(token)
        elif token.ends:
            reader.end(token.tag)
        else:
            reader.begin(token.tag, token.told)
    return reader.text()


class _Reader:
    """Takes tags and words one by one; ``text`` gives the lines."""

    def __init__(self, *, keeps_lines: bool) -> None:
        self._open: list[_Open] = [_Open("", False, 0, keeps_lines, None)]
        self._lines: list[str] = []
        self._line: list[str] = []
        self._lists: list[int] = []  # numbers of the lists that are open; -1 without numbers
        self._row: int | None = None  # where the row of a table begins
        self._gap = False  # a paragraph ended: an empty line comes before the next

    def text(self) -> str:
        """Return all lines."""
        self._end_line()
        return "\n".join(self._lines) + "\n"

    def begin(self, tag: str, told: Mapping[str, str]) -> None:
        """Take the begin of an element; ``told`` are its attributes."""
        while self._open[-1].tag in _CLOSED_BY and tag in _CLOSED_BY[self._open[-1].tag]:
            self._close(len(self._open) - 1)
        if tag in _BLOCKS:
            self._end_block()
        if tag == "br":
            self._break()
        elif tag == "hr":
            self._put("_" * 32)
            self._end_block()
        if tag in _VOID or len(self._open) > _DEEPEST:
            return
        self._open_element(tag, told)

    def _open_element(self, tag: str, told: Mapping[str, str]) -> None:
        above, style = self._open[-1], told.get("style", "")
        marks = f"{told.get('class', '')} {told.get('id', '')}".lower()
        unseen = above.unseen or tag in _UNSEEN or "hidden" in told or bool(_HIDDEN.search(style))
        quoted = above.quoted + (_is_quote(tag, told, style) or bool(_QUOTES.search(marks)))
        if not unseen and _OPENING.search(marks):
            self._put(_SEPARATOR)
            self._end_block()
        elif not unseen and _SIGNATURE.search(marks):
            self._end_block()
            self._put("-- ")
            self._end_block()
        if _ATTRIBUTION.search(marks):
            quoted += 1
        keeps = above.keeps_lines or tag == "pre" or bool(_KEEPS_LINES.search(style))
        mark_at = len(self._line) if _LIST_MARK.search(style) else None
        if mark_at is not None:
            self._line.append("")
        self._open.append(_Open(tag, unseen, quoted, keeps, mark_at))
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else -1)
        elif tag == "li" and not unseen:
            self._line.append(self._entry())
        elif tag == "tr":
            self._row = len(self._lines)

    def end(self, tag: str) -> None:
        """Take the end of an element; one that is not open is passed over."""
        if tag == "br":
            self._break()
        if tag == "p" and not any(each.tag == "p" for each in self._open):
            self._end_block()
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag == tag:
                self._close(at)
                return

    def words(self, data: str) -> None:
        """Take words between two tags."""
        here = self._open[-1]
        if here.unseen:
            return
        if here.keeps_lines:
            first, *others = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self._put(first)
            for line in others:
                self._break()
                self._put(line)
        else:
            self._put(re.sub(r"[ \t\r\n\f]+", " ", data))

    def _close(self, at: int) -> None:
        """End the elements from this one on."""
        for each in reversed(self._open[at:]):
            if each.mark_at is not None:
                sign = "".join(self._line[each.mark_at :]).strip()
                number = re.fullmatch(r"\(?(\d{1,3})[.)]?", sign)
                self._line[each.mark_at :] = [f"{number[1]}. " if number else "- "]
            if each.tag in _BLOCKS:
                self._end_block()
            if each.tag in ("ul", "ol") and self._lists:
                self._lists.pop()
            if each.tag in ("td", "th"):
                self._join_codes()
            if each.tag == "tr":
                self._row = None
            self._open.pop()

    def _entry(self) -> str:
        if not self._lists or self._lists[-1] < 0:
            return "- "
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "

    def _put(self, text: str) -> None:
        if text:
            self._line.append(text)

    def _break(self) -> None:
        if self._open[-1].unseen:
            return
        if not self._end_line() and not (self._lines and not self._lines[-1].strip("> ")):
            self._lines.append(self._quote() + "")

    def _end_block(self) -> None:
        self._end_line()
        self._gap = True

    def _end_line(self) -> bool:
        """Put the line that is being read to the others; say whether there was one."""
        keeps = self._open[-1].keeps_lines
        text = "".join(self._line)
        text = text.rstrip() if keeps else re.sub(r" {2,}", " ", text).strip(" ")
        self._line.clear()
        if not text.strip():
            return False
        if self._gap and self._lines:
            self._lines.append("")
        self._gap = False
        self._lines.append(self._quote() + text)
        return True

    def _quote(self) -> str:
        depth = self._open[-1].quoted
        return ">" * depth + " " if depth else ""

    def _join_codes(self) -> None:
        """Put a cell of codes alone behind the cell before it, as codes are behind a point."""
        if self._row is None or len(self._lines) - self._row > _LARGEST_ROW:
            return
        cells = [at for at in range(self._row, len(self._lines)) if self._lines[at].strip("> ")]
        if len(cells) != 2:
            return
        point, codes = (self._lines[at].strip() for at in cells)
        bare = codes.strip("> ").removeprefix("- ").strip("()[]")
        if _CODES.fullmatch(bare) and len(point) > 3:
            self._lines[cells[0] :] = [f"{self._lines[cells[0]]} ({bare})"]


def _is_quote(tag: str, told: Mapping[str, str], style: str) -> bool:
    """Say whether an element quotes; some programs use the same one to indent."""
    if tag != "blockquote":
        return False
    marks = f"{told.get('class', '')} {told.get('type', '')}".lower()
    return "quote" in marks or "cite" in marks or not ("indent" in marks or _INDENTED.search(style))
