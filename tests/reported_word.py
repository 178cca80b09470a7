"""Word files with the traits of public bug reports on programs that read and write them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator

from reported_forms import word

_DOCUMENT = "word/document.xml"
_TRANSITIONAL = "http://schemas.openxmlformats.org/"
_FIRST = "Who pays – and “why”? რატომ? = 100 % &lt;b&gt;&amp;amp;"
# how Word saves "Strict Open XML": its own names for the same things
_STRICT = (
    ("wordprocessingml/2006/main", "wordprocessingml/main"),
    ("officeDocument/2006/relationships", "officeDocument/relationships"),
    ("officeDocument/2006/custom-properties", "officeDocument/customProperties"),
    ("officeDocument/2006/extended-properties", "officeDocument/extendedProperties"),
    ("officeDocument/2006/docPropsVTypes", "officeDocument/docPropsVTypes"),
    ("officeDocument/2006/math", "officeDocument/math"),
    ("drawingml/2006/main", "drawingml/main"),
)
_ALT_CHUNK = '<w:body><w:altChunk r:id="htmlChunk"/><w:sectPr/></w:body></w:document>'


def _changed(change: Callable[[str, str], tuple[str, str]]) -> bytes:
    """Return the form with the name and the text of each part changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made, zipfile.ZipFile(io.BytesIO(word())) as old:  # fmt: skip
        for name in old.namelist():
            made.writestr(*change(name, old.read(name).decode()))
    return buffer.getvalue()


def _document(change: Callable[[str], str]) -> bytes:
    def once(name: str, xml: str) -> tuple[str, str]:
        if name != _DOCUMENT:
            return name, xml
        after = change(xml)
        assert after != xml
        return name, after

    return _changed(once)


def _first(xml: str) -> re.Match[str]:
    """Return the run of the first answer in words."""
    found = re.search(r"<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>" + re.escape(_FIRST) + "</w:t></w:r>", xml)  # fmt: skip
    assert found
    return found


def _wrapped(begin: str, end: str, *, whole: bool = False) -> bytes:
    """Put a part of the first answer, or its whole paragraph, into an element."""

    def change(xml: str) -> str:
        run = _first(xml)
        if whole:
            start = xml.rindex("<w:p>", 0, run.start())
            stop = xml.index("</w:p>", run.end()) + len("</w:p>")
            return f"{xml[:start]}{begin}{xml[start:stop]}{end}{xml[stop:]}"
        half = len(_FIRST) // 3
        head, tail = run[0].replace(_FIRST, _FIRST[:half]), run[0].replace(_FIRST, _FIRST[half:])
        return f"{xml[: run.start()]}{head}{begin}{tail}{end}{xml[run.end() :]}"

    return _document(change)


def _strict() -> bytes:
    def change(name: str, xml: str) -> tuple[str, str]:
        for old, new in _STRICT:
            xml = xml.replace(_TRANSITIONAL + old, "http://purl.oclc.org/ooxml/" + new)
        return name, xml

    return _changed(change)


def _by_default() -> bytes:
    """The type of the main part stands as that of every .xml, and the others beside it."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

    def change(name: str, xml: str) -> tuple[str, str]:
        if name == "[Content_Types].xml":
            xml = re.sub(rf'<Override [^>]*{re.escape(kind)}"\s*/>', "", xml)
            xml = re.sub(r'<Default [^>]*Extension="xml"[^>]*/>', "", xml)
            xml = xml.replace("</Types>", f'<Default Extension="xml" ContentType="{kind}"/></Types>')  # fmt: skip
        return name, xml

    return _changed(change)


def _other_case() -> bytes:
    names = {_DOCUMENT: "Word/Document.xml", "docProps/custom.xml": "docprops/Custom.xml", "[Content_Types].xml": "[content_types].xml"}  # fmt: skip
    return _changed(lambda name, xml: (names.get(name, name), xml))


def _old_boxes() -> bytes:
    """The squares as fields of old Word forms: the tick stands in the field alone."""

    def box(found: re.Match[str]) -> str:
        ticked = 'w14:checked w14:val="1"' in found[0]
        mark = "<w:checked/>" if ticked else ""
        return (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Check1"/><w:enabled/>'
            f'<w:checkBox><w:sizeAuto/><w:default w:val="0"/>{mark}</w:checkBox></w:ffData>'
            "</w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    control = r"<w:sdt><w:sdtPr>(?:(?!</w:sdt>).)*<w14:checkbox>.*?</w:sdt>"
    return _document(lambda xml: re.sub(control, box, xml, flags=re.DOTALL))


def _ticks_without_value() -> bytes:
    return _document(lambda xml: xml.replace('<w14:checked w14:val="1"/>', "<w14:checked/>"))


def _joined() -> bytes:
    """The mark between two paragraphs was deleted with tracking: they are one."""
    deleted = '<w:rPr><w:del w:id="9" w:author="A" w:date="2020-11-18T09:00:00Z"/></w:rPr></w:pPr>'

    def change(xml: str) -> str:
        run = _first(xml)
        start = xml.rindex("<w:p>", 0, run.start())
        stop = xml.index("</w:p>", run.end()) + len("</w:p>")
        at = xml[start:stop]
        half = len(_FIRST) // 3
        one = at.replace(_FIRST, _FIRST[:half]).replace("</w:pPr>", deleted, 1)
        control = re.search(r"<w:sdt>.*</w:sdt>", at, re.DOTALL)
        assert control
        # the second half of the answer stands behind, in a paragraph of its own
        two = at.replace(control[0], run[0].replace(_FIRST, _FIRST[half:]))
        return xml[:start] + one + two + xml[stop:]

    return _document(change)


def _alt_chunk() -> bytes:
    page = "<html><body><p>Your questions</p><p>Who pays?</p></body></html>"

    def change(name: str, xml: str) -> tuple[str, str]:
        if name == _DOCUMENT:
            xml = re.sub(r"<w:body>.*", _ALT_CHUNK, xml, flags=re.DOTALL)
        return name, xml

    data = _changed(change)
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/afchunk.mht", f"MIME-Version: 1.0\nContent-Type: text/html\n\n{page}")
    return buffer.getvalue()


_WORD_2003 = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>
<w:p><w:r><w:t>Your questions</w:t></w:r></w:p></w:body></w:wordDocument>
"""
_HTML_DOC = """<!DOCTYPE html><html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>Your questions</title></head>
<body><p>Who pays?</p></body></html>
"""


def words() -> Iterator[tuple[str, bytes]]:
    """Yield each file: its name begins with its number in the log."""
    yield "47 Strict Open XML.docx", _strict()
    yield "48 smart tag.docx", _wrapped('<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="place"><w:smartTagPr/>', "</w:smartTag>")  # fmt: skip
    yield "49 customXml around a paragraph.docx", _wrapped('<w:customXml w:uri="urn:x" w:element="answer"><w:customXmlPr/>', "</w:customXml>", whole=True)  # fmt: skip
    yield "50 direction by bdo.docx", _wrapped('<w:bdo w:val="ltr">', "</w:bdo>")
    yield "51 type by default.docx", _by_default()
    yield "52 names in another case.docx", _other_case()
    yield "53 ticks of old forms.docx", _old_boxes()
    yield "54 ticks without a value.docx", _ticks_without_value()
    yield "55 paragraphs joined with tracking.docx", _joined()
    yield "56 page in altChunk.docx", _alt_chunk()
    yield "57 Word 2003 XML.doc", _WORD_2003.encode()
    yield "58 web page named doc.doc", _HTML_DOC.encode()
