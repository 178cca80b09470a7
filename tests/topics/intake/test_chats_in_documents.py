"""Is a chat found in whatever part of a Word or OpenDocument form it stands, and nothing kept?"""

from __future__ import annotations

import base64
import html
import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from chat_more_samples import tarred, with_part
from chat_samples import SECRET, ZOOM, word, zipped
from ole_tools import ole

sys.path.insert(0, str(Path(__file__).parent))
from test_chats_in_inbox import collect, hits
from word_tools import edited

from seminarkit.core.forms.bundle import payload
from seminarkit.core.forms.word_form import identity_line
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.received_files import ReceivedFiles
from seminarkit.topics.intake.chats.search_chats import search
from seminarkit.topics.packs.personal_form import form_for
from seminarkit.topics.packs.word_form_writer import form_document

Send = Callable[[str, Any], Path]
Change = Callable[[bytes], bytes]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "style", "meta", "draw", "svg")
)
LINES = [html.escape(line.strip()) for line in ZOOM.splitlines()]
ANSWER = "We take home a register."


def paragraphs(before: str = "<w:r><w:t>", after: str = "</w:t></w:r>") -> str:
    return "".join(f"<w:p>{before}{line}{after}</w:p>" for line in LINES)


PAGE = f"<html><body><p>{'</p><p>'.join(LINES)}</p></body></html>"
DELETED = paragraphs('<w:del w:id="1" w:author="x"><w:r><w:delText>', "</w:delText></w:r></w:del>")
MIXED = paragraphs().replace(
    "From", "Fr<w:ins w:id='1'><w:r><w:t>XX</w:t></w:r></w:ins>om"
)  # as it was before somebody's changes
BOX = (
    "<w:p><w:r><w:t>See: </w:t></w:r><w:r><w:pict><v:textbox><w:txbxContent>"
    f"{paragraphs()}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
)
ALT_TEXT = f'<w:p><w:drawing descr="{"&#10;".join(LINES)}"/></w:p>'


def below(markup: str) -> Change:
    """Put markup at the end of the page."""
    return lambda form: edited(form, lambda xml: xml.replace("<w:sectPr", f"{markup}<w:sectPr", 1))


def part(name: str, content: str | bytes) -> Change:
    """Put a part into the package."""
    made = content if isinstance(content, str) else content.decode("latin-1")
    if isinstance(content, str):
        return lambda form: with_part(form, name, made)
    return lambda form: packed_with(form, name, content)


def packed_with(form: bytes, name: str, content: bytes) -> bytes:
    copy = io.BytesIO(form)
    with zipfile.ZipFile(copy, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return copy.getvalue()


def own(root: str, inside: str = "") -> str:
    return f"<w:{root} {W}>{inside or paragraphs()}</w:{root}>"


WORD: dict[str, Change] = {
    "below": below(paragraphs()),
    "hidden": below(paragraphs("<w:r><w:rPr><w:vanish/></w:rPr><w:t>")),
    "deleted": below(DELETED),
    "before the changes": below(MIXED),
    "text box": below(BOX),
    "words for a picture": below(ALT_TEXT),
    "remark of the markup": below(f"<!-- \n{chr(10).join(LINES)}\n -->"),
    "unmarked": below("".join(f"<w:p><w:t><![CDATA[{x}]]></w:t></w:p>" for x in ZOOM.splitlines())),
    "answer": lambda form: edited(form, lambda xml: xml.replace(ANSWER, f"</w:t></w:r></w:p>{paragraphs()}<w:p><w:r><w:t>")),
    "header": part("word/header1.xml", own("hdr")),
    "footer": part("word/footer2.xml", own("ftr")),
    "footnotes": part("word/footnotes.xml", own("footnotes", f'<w:footnote w:id="5">{paragraphs()}</w:footnote>')),
    "endnotes": part("word/endnotes.xml", own("endnotes")),
    "comments": part("word/comments.xml", own("comments")),
    "glossary": part("word/glossary/document.xml", own("glossaryDocument")),
    "part of another name": part("other/text.xml", own("document")),
    "two bytes a letter": part("word/header3.xml", own("hdr").encode("utf-16")),
    "variables": part("word/settings.xml", f'<w:settings {W}><w:docVar w:val="{"&#xA;".join(LINES)}"/></w:settings>'),
    "property": part("docProps/app.xml", f"<Properties><Company>{chr(10).join(LINES)}</Company></Properties>"),
    "page put in": part("word/afchunk1.html", PAGE),
    "text put in": part("word/afchunk1.html", ZOOM),
    "mail put in": part("word/afchunk.mht", f"MIME-Version: 1.0\nContent-Type: text/html\n\n{PAGE}"),
    "rtf put in": part("word/afchunk.rtf", "{\\rtf1 " + "\\par ".join(ZOOM.replace("č", "c").splitlines()) + "}"),
    "word put in": part("word/afchunk.docx", word(ZOOM)),
    "embedded text": part("word/embeddings/chat.txt", ZOOM),
    "embedded word": part("word/embeddings/x.docx", word(ZOOM)),
    "embedded twice": part("word/embeddings/x.docx", with_part(word("a"), "word/embeddings/y.docx", "a") + zipped(("chat.txt", ZOOM.encode()))),
    "embedded archive": part("word/embeddings/x.bin", tarred(("a.txt", ZOOM.encode()), how="w:gz")),
    "embedded object": part("word/embeddings/oleObject1.bin", ole({"\1Ole10Native": b"\0\n" + ZOOM.encode()})),
    "embedded word as object": part("word/embeddings/oleObject1.bin", ole({"Package": word(ZOOM)})),
    "behind the file": lambda form: form + b"\n" + ZOOM.encode(),
}  # fmt: skip


@pytest.fixture(scope="module")
def word_form(kit: SeminarFolder) -> bytes:
    """A Word form with an answer."""
    form = form_for(kit, "mini_statement", "GE-1")
    answers = {"statement_learned": ANSWER, "statement_next": "We write a law."}
    return form_document(form, payload(form, answers, 5, "2020-11-20T10:00:00Z"))


def odt(form: str, **more: str) -> bytes:
    """Return an OpenDocument text with a form's last line, and with other parts by their names."""
    text = "<text:p>Form</text:p>{below}<text:p>{line}</text:p>"
    inside = text.format(below=more.pop("below", ""), line=form)
    content = f"<office:document-content {ODF}><office:body><office:text>{inside}</office:text></office:body></office:document-content>"
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    return zipped(*((name, text.encode()) for name, text in (parts | more).items()))


def flat(form: str, inside: str) -> bytes:
    text = f"<office:text>{inside}<text:p>{form}</text:p></office:text>"
    return f'<?xml version="1.0"?><office:document {ODF}><office:body>{text}</office:body></office:document>'.encode()


OD = "".join(f"<text:p>{line}</text:p>" for line in LINES)
CODED = base64.b64encode(ZOOM.encode()).decode()
HEAD = f"<office:document-styles {ODF}><style:header>{OD}</style:header></office:document-styles>"
META = f"<office:document-meta {ODF}><meta:user-defined>a</meta:user-defined><meta:user-defined>{chr(10).join(LINES)}</meta:user-defined></office:document-meta>"
OPEN: dict[str, Callable[[str], bytes]] = {
    "below": lambda line: odt(line, below=OD),
    "remark": lambda line: odt(line, below=f"<text:p>a<office:annotation>{OD}</office:annotation></text:p>"),
    "deleted": lambda line: odt(line, below=f"<text:tracked-changes><text:deletion>{OD}</text:deletion></text:tracked-changes>"),
    "footnote": lambda line: odt(line, below=f"<text:p>a<text:note><text:note-body>{OD}</text:note-body></text:note></text:p>"),
    "box": lambda line: odt(line, below=f"<text:p>a<draw:text-box>{OD}</draw:text-box></text:p>"),
    "words for a picture": lambda line: odt(line, below=f"<text:p>a<svg:desc>{chr(10).join(LINES)}</svg:desc></text:p>"),
    "header": lambda line: odt(line, **{"styles.xml": HEAD}),
    "property": lambda line: odt(line, **{"meta.xml": META}),
    "embedded": lambda line: odt(line, **{"Object 1/content.xml": f"<office:document-content {ODF}>{OD}</office:document-content>"}),
    "embedded text": lambda line: odt(line, **{"Object 2": ZOOM}),
    "flat": lambda line: flat(line, OD),
    "flat with a file": lambda line: flat(line, f"<draw:object-ole><office:binary-data>{CODED}</office:binary-data></draw:object-ole>"),
}  # fmt: skip


def never(text: str) -> bool:
    return False


@pytest.mark.parametrize("place", WORD)
def test_a_chat_in_any_part_of_a_word_form_is_found(word_form: bytes, place: str) -> None:
    """P08 M02: nothing of the document is handed on, and it is named as one with a form."""
    assert search(word_form, "form.docx", never).others == [("", word_form)]
    searched = search(WORD[place](word_form), "form.docx", never)
    assert (len(searched.chats), searched.others, searched.inseparable) == (1, [], True)


@pytest.mark.parametrize("place", OPEN)
def test_a_chat_in_any_part_of_an_opendocument_form_is_found(
    kit: SeminarFolder, place: str
) -> None:
    """P08 M02: as in a Word form, in a package and in one flat file."""
    line = identity_line(form_for(kit, "mini_statement", "GE-1"))
    for clean in (odt(line), flat(line, "<text:p>a</text:p>")):
        assert search(clean, "form.odt", never).others == [("", clean)]
    searched = search(OPEN[place](line), "form.odt", never)
    assert (len(searched.chats), searched.others, searched.inseparable) == (1, [], True)


def test_notes_and_other_documents_are_searched_as_well() -> None:
    """P08: notes are left and named; a document that is neither is left as a chat is."""
    noted = WORD["footnotes"](
        word("What we agreed\n10:15 Georgia: a register\n10:20 Armenia: a law")
    )
    searched = search(noted, "notes.docx", lambda text: "agreed" in text)
    assert (searched.chats, searched.inseparable) == (["the document"], True)
    letter = WORD["embedded word"](word("Dear all"))
    searched = search(letter, "letter.docx", never)
    assert (searched.chats, searched.inseparable) == (["word/embeddings/x.docx"], False)


def attached(how: str, content: bytes) -> dict[str, Any]:
    """Return a cell that holds a file."""
    coded = base64.b64encode(content).decode()
    cell: dict[str, Any] = {"cell_type": "markdown", "metadata": {}, "source": "See the file."}
    if how == "attachment":
        cell["attachments"] = {"c.txt": {"text/plain": coded}}
    elif how == "lines":
        cell["attachments"] = {"c.bin": {"application/x": base64.encodebytes(content).decode()}}
    elif how == "address":
        cell["source"] = f"See [the file](data:text/plain;base64,{coded})."
    else:
        data = {"application/zip": coded} if how == "output" else {"text/html": f'<a href="data:application/zip;base64,{coded}">a</a>'}  # fmt: skip
        output = {"output_type": "display_data", "metadata": {}, "data": data}
        cell |= {"cell_type": "code", "execution_count": None, "outputs": [output]}
    return cell


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("how", ["attachment", "lines", "address", "output", "page"])
def test_a_file_in_a_notebook_is_looked_into(filled: Any, how: str, packed: bool) -> None:
    """P08: the form is handed on without it; its answers may hold what they like."""
    asked = f"Why?\n{ZOOM}\n{CODED}\ndata:text/plain;base64,{CODED}"
    form = filled("questions", "GE-2", {"questions": [{"question": asked}]})
    data = json.dumps(form).encode()
    assert search(data, "form.ipynb", never).others == [("", data)]
    content = ZOOM.replace("one", "attached").encode()
    content = zipped(("a.txt", content)) if packed else content
    book = {**form, "cells": [*form["cells"], attached(how, content)]}
    searched = search(json.dumps(book).encode(), "form.ipynb", never)
    assert searched.chats == ["a part next to the form"]
    assert [name for name, _ in searched.others] == ["form.ipynb"]
    harmless = {**form, "cells": [*form["cells"], attached(how, b"A register of all buildings.")]}
    assert search(json.dumps(harmless).encode(), "form.ipynb", never).chats == []
    cut = json.dumps({**book, "cells": book["cells"][::-1]}).encode()[:-30]
    assert search(cut, "form.ipynb", never).chats


@pytest.mark.timeout(300)
def test_nothing_private_of_a_document_is_kept(
    folder: SeminarFolder, send: Send, word_form: bytes, filled: Any
) -> None:
    """P08 M02: received/ holds no private line in any packing; the form without one is accepted."""
    form = form_for(folder, "mini_statement", "GE-1")
    files = {f"{name}.docx": change(word_form) for name, change in WORD.items()}
    files |= {f"{name}.odt": make(identity_line(form)) for name, make in OPEN.items()}
    asked = filled("questions", "GE-2", {"questions": [{"question": "Who pays?"}]})
    book = {**asked, "cells": [*asked["cells"], attached("attachment", ZOOM.encode())]}
    for name, data in files.items():
        send(name, data)
    send("clean.docx", word_form)
    send("attached.ipynb", json.dumps(book))
    output = collect(folder.root)
    assert SECRET not in output
    assert output.count("cannot be separated from the chat") == len(files)
    assert sorted(each.name for each in ReceivedFiles(folder.received).arrivals()) == [
        "attached.ipynb/form.ipynb",
        "clean.docx",
    ]
    assert private(folder.received) == []
    assert hits(folder.root) == []
    assert {name: (folder.inbox / name).read_bytes() for name in files} == files


def private(root: Path) -> list[str]:
    """Return the kept files with a private line, packed, coded or plain."""
    found = []
    for path in (each for each in root.rglob("*") if each.is_file()):
        data = path.read_bytes()
        layers = [data]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                layers += [archive.read(name) for name in archive.namelist()]
        if any(SECRET.encode() in layer or CODED.encode() in layer for layer in layers):
            found.append(path.name)
    return found
