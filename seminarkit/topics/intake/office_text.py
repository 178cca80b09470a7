"""Extract the text of office documents, to recognise them; answers are not read from it."""

from __future__ import annotations

import html
import re
import zipfile
from dataclasses import dataclass

from seminarkit.topics.intake.archives.zip_names import open_zip

_MAX_SIZE = 20 * 2**20
_TEXT_PARTS = re.compile(
    r"word/(?:document|comments|footnotes|endnotes|header\d*|footer\d*)\d*\.xml|content\.xml|"
    r"xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml|ppt/(?:slides|notesSlides)/[^/]+\.xml|"
    r"index\.xml",
    re.IGNORECASE,
)
# comments and document properties
_ASIDE_PARTS = re.compile(
    r"docProps/[^/]+\.xml|customXml/[^/]+\.xml|word/comments\w*\.xml|xl/comments\d*\.xml|"
    r"xl/(?:threadedComments|persons)/[^/]+\.xml|ppt/comments/[^/]+\.xml|meta\.xml",
    re.IGNORECASE,
)
_LINE_ENDS = re.compile(r"</(?:w:p|text:p|text:h|a:p|si|is|table:table-row|w:tr)>|<w:br\b[^<>]*/?>")
_TABS = re.compile(r"<(?:w:tab|text:tab)\b[^<>]*/>|<text:s\b[^<>]*/>")
_TAG = re.compile(r"<[^<>]*>")
_RTF = re.compile(
    r"\\'([0-9a-f]{2})|\\u(-?\d+) ?\??|\\(?:par|line|sect|page|row|cell|tab)\b ?|"
    r"\\\*?[a-z]+-?\d* ?|\\([{}\\~])|[{}]",
    re.IGNORECASE,
)
_RTF_BREAKS = ("\\par", "\\line", "\\sect", "\\page", "\\row")


@dataclass(frozen=True)
class OfficeText:
    """The text of a document, one paragraph per line, and its custom properties as XML.

    ``aside`` is the text of its comments and properties.
    """

    text: str
    properties: bytes
    aside: str


def office_text(data: bytes) -> OfficeText | None:
    """Return the text of a Word, OpenDocument, Excel or PowerPoint file, else None."""
    try:
        archive = open_zip(data)
        # some programs write backslashes or capitals
        names = {name.replace("\\", "/").lstrip("/"): name for name in archive.namelist()}
        if not {"[content_types].xml", "content.xml"} & {name.lower() for name in names}:
            return None
        parts = [
            _part(archive, path) for name, path in names.items() if _TEXT_PARTS.fullmatch(name)
        ]
        aside_parts = [
            _part(archive, path) for name, path in names.items() if _ASIDE_PARTS.fullmatch(name)
        ]
        aside = "\n".join(aside_parts)
        custom = [path for name, path in names.items() if name.lower() == "docprops/custom.xml"]
        properties = "".join(_part(archive, name) for name in custom).encode()
    except Exception:  # zipfile raises many exceptions for damaged archives
        return None
    return OfficeText(
        _plain("\n".join(parts)),
        properties,
        f"{_plain(aside)}\n{html.unescape(_TAG.sub(chr(10), aside))}",
    )


def rtf_text(source: str) -> str:
    """Return the plain text of an RTF source."""
    return _RTF.sub(_rtf_sign, source.replace("\r", "").replace("\n", ""))


def _rtf_sign(match: re.Match[str]) -> str:
    byte, number, sign = match.groups()
    if byte:
        return bytes([int(byte, 16)]).decode("cp1252", "replace")
    if number:
        return chr(int(number) % 0x10000)
    if sign:
        return " " if sign == "~" else sign
    word = match[0].strip()
    if word in _RTF_BREAKS:
        return "\n"
    return "\t" if word in ("\\cell", "\\tab") else ""


def _plain(markup: str) -> str:
    return html.unescape(_TAG.sub("", _TABS.sub("\t", _LINE_ENDS.sub("\n", markup))))


def _part(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as file:
        return file.read(_MAX_SIZE).decode("utf-8", "replace")
