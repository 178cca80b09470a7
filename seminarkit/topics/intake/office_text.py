"""Takes the words out of office documents, to look what they are; never to read answers in them."""

from __future__ import annotations

import html
import re
import zipfile
from dataclasses import dataclass

from seminarkit.topics.intake.archives.zip_names import open_zip

_LARGEST = 20 * 2**20
_WORDS = re.compile(
    r"word/(?:document|comments|footnotes|endnotes|header\d*|footer\d*)\d*\.xml|content\.xml|"
    r"xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml|ppt/(?:slides|notesSlides)/[^/]+\.xml|"
    r"index\.xml",
    re.IGNORECASE,
)
# what stands beside the text: remarks, and what a file says about itself
_ASIDE = re.compile(
    r"docProps/[^/]+\.xml|customXml/[^/]+\.xml|word/comments\w*\.xml|xl/comments\d*\.xml|"
    r"xl/(?:threadedComments|persons)/[^/]+\.xml|ppt/comments/[^/]+\.xml|meta\.xml",
    re.IGNORECASE,
)
_ENDS = re.compile(r"</(?:w:p|text:p|text:h|a:p|si|is|table:table-row|w:tr)>|<w:br\b[^<>]*/?>")
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
    """The words of a document, a paragraph on each line, and its own properties as they are.

    ``aside`` are the words of its remarks and properties.
    """

    text: str
    properties: bytes
    aside: str


def office_text(data: bytes) -> OfficeText | None:
    """Return what a Word, OpenDocument, Excel or PowerPoint file says; None for another archive."""
    try:
        archive = open_zip(data)
        # some programs write back slashes, or capitals
        names = {name.replace("\\", "/").lstrip("/"): name for name in archive.namelist()}
        if not {"[content_types].xml", "content.xml"} & {name.lower() for name in names}:
            return None
        parts = [_part(archive, own) for name, own in names.items() if _WORDS.fullmatch(name)]
        beside = [_part(archive, own) for name, own in names.items() if _ASIDE.fullmatch(name)]
        aside = "\n".join(beside)
        own = [own for name, own in names.items() if name.lower() == "docprops/custom.xml"]
        properties = "".join(_part(archive, name) for name in own).encode()
    except Exception:  # zipfile raises many kinds for damaged archives
        return None
    return OfficeText(
        _plain("\n".join(parts)),
        properties,
        f"{_plain(aside)}\n{html.unescape(_TAG.sub(chr(10), aside))}",
    )


def rtf_text(source: str) -> str:
    """Return the words of a text in RTF."""
    return _RTF.sub(_rtf_sign, source.replace("\r", "").replace("\n", ""))


def _rtf_sign(found: re.Match[str]) -> str:
    byte, number, sign = found.groups()
    if byte:
        return bytes([int(byte, 16)]).decode("cp1252", "replace")
    if number:
        return chr(int(number) % 0x10000)
    if sign:
        return " " if sign == "~" else sign
    word = found[0].strip()
    if word in _RTF_BREAKS:
        return "\n"
    return "\t" if word in ("\\cell", "\\tab") else ""


def _plain(markup: str) -> str:
    return html.unescape(_TAG.sub("", _TABS.sub("\t", _ENDS.sub("\n", markup))))


def _part(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as file:
        return file.read(_LARGEST).decode("utf-8", "replace")
