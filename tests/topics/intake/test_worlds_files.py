"""What becomes of files as the programs of the world write them? One row is one file."""

from __future__ import annotations

import base64
import bz2
import gzip
import json
import lzma
import random
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from chat_samples import SECRET, ZOOM
from shared import ROOT
from wrapped_files import (
    forwarded,
    mail_with,
    outlook_msg,
    signed_block,
    tarred,
    tnef,
    uuencoded,
    zipped_files,
)

from seminarkit.topics.intake.chats.search_chats import search
from seminarkit.topics.intake.file_types import KINDS, UNKNOWN, kind_of
from seminarkit.topics.intake.reader import read_bytes
from seminarkit.topics.intake.unpack import leaves

sys.path.insert(0, str(ROOT / "tests"))
from make_inbox import files as sample_files

CASES = ROOT / "tests" / "cases" / "files"
GOOD = dict(sample_files())["good.ipynb"]
TAKEN = "taken"
_TAIL = "After its end there is more"

# file -> what comes of each part of it: taken, taken with a remark, or a sentence
ROWS: dict[str, list[str]] = {
    "02-stored-zip-of-word-forms.zip": [TAKEN, TAKEN],
    "02c-stored-zip-folder-first-then-word.zip": [TAKEN, TAKEN],
    "02e-stored-zip-word-first-then-notebooks.zip": [TAKEN, TAKEN],
    "02f-mail-with-stored-zip-of-word.eml": [TAKEN, TAKEN],
    "03-zip-backslash-folders.zip": [TAKEN],
    "04-appledouble-beside-file.zip": [TAKEN],
    "04b-._BA-2-pre_survey.ipynb": ["It is not a notebook"],  # the inbox passes it over before
    "05-zip-packed-by-deflate64.zip": [
        "packed with Deflate64, which cannot be opened. Pack it again"
    ],
    "05b-zip-zstd-method93.zip": ["packed with Zstandard, which cannot be opened. Pack it again"],
    "06b-notebook.ipynb.gz": [TAKEN],
    "07-tar-of-notebook.tar": [TAKEN],
    "11-thunderbird-x-mozilla-status.eml": [TAKEN],
    "11d-first-line-quoted-From-dash.eml": [TAKEN],
    "12-leading-blank-line.eml": [TAKEN],
    "12b-utf8-bom.eml": [TAKEN],
    "13-apple-mail.emlx": [TAKEN],
    "15-outlook-winmail.dat.eml": [
        "(winmail.dat), in which no file was found. Ask for the mail in"
    ],
    "16-smime-opaque-signed.eml": ["The mail is signed as one block"],
    "18-notebook-as-unnamed-text-part.eml": [TAKEN],
    "19-uuencoded-in-body.eml": [TAKEN],
    "20b-mbox-body-line-begins-with-From.mbox": [TAKEN],
    "40-answers-as-string.ipynb": [TAKEN],
    "40b-answers-as-list-of-lines.ipynb": [TAKEN],
    "43b-trailing-nuls.ipynb": [_TAIL],
    "43c-trailing-garbage-old-tail.ipynb": [_TAIL],
    "48-nan-in-another-output.ipynb": [TAKEN],
    "68-flat-opc-word-xml.xml": ["a Word file saved as XML. Open it in Word, save it as"],
    "69-pages-document.pages": [
        "Pages, Numbers or Keynote file. Open it in that program, choose 'Export to'"
    ],
    "69b-mhtml-saved-as-doc.doc": ["a web page saved as one file (MHTML)"],
    "69c-safari.webarchive": ["a web page that Safari saved"],
    "94-notes-8bit-cp1251-undeclared.eml": ["No form is attached"],  # its group is not in the kit
}


_MAIL = mail_with(("q.ipynb", GOOD))
_BOOK = json.loads(GOOD)
_DOUBLED = GOOD.replace(b'"nbformat"', b'"note": 1, "note": 2, "nbformat"')
# variants that programs make: each ends as the one form in it
OPENED: dict[str, bytes] = {
    "zip, not packed": zipped_files(("q.ipynb", GOOD), method=zipfile.ZIP_STORED),
    "zip, bzip2": zipped_files(("q.ipynb", GOOD), method=zipfile.ZIP_BZIP2),
    "zip, lzma": zipped_files(("q.ipynb", GOOD), method=zipfile.ZIP_LZMA),
    "zip, folders as empty files": zipped_files(("a", b""), ("a\\b", b""), ("a\\b\\q.ipynb", GOOD)),
    "zip, AppleDouble": zipped_files(("._q.ipynb", b"\0\5\x16\7\0\2"), ("q.ipynb", GOOD), ("__MACOSX/x", b"y")),
    "zip, a form called ._": zipped_files(("._q.ipynb", GOOD)),
    "zip, lock of Office": zipped_files(("~$q.docx", b"\5Ana\0" * 20), ("q.ipynb", GOOD)),
    "zip, something in front": b"#!/bin/sh\nexit\n\0" + zipped_files(("q.ipynb", GOOD)),
    "zip that opens itself": b"MZ" + b"\0" * 600 + zipped_files(("q.ipynb", GOOD)),
    "zip with a split mark": b"PK00" + zipped_files(("q.ipynb", GOOD)),
    "gzip": gzip.compress(GOOD),
    "bzip2": bz2.compress(GOOD),
    "xz": lzma.compress(GOOD),
    "lzma": lzma.compress(GOOD, format=lzma.FORMAT_ALONE),
    "tar.gz": tarred(("a/q.ipynb", GOOD), mode="w:gz"),
    "tar.bz2": tarred(("q.ipynb", GOOD), mode="w:bz2"),
    "tar.xz, AppleDouble": tarred(("._q.ipynb", b"\0\5\x16\7"), ("q.ipynb", GOOD), mode="w:xz"),
    "gzip of several": gzip.compress(GOOD[:500]) + gzip.compress(GOOD[500:]),
    "mail, CRLF and blank lines": b"\r\n\r\n" + _MAIL.replace(b"\n", b"\r\n"),
    "mail, header of 60 letters with figures": b"X-Some-Very-Long-Header-0f-A-Program-That-Nobody-Knows-2: 1\n" + _MAIL,
    "mail, mbox": b"From - Mon Nov 23 09:20:11 2020\n" + _MAIL,
    "mail, gmail mbox": b"From 168@xxx Mon Nov 23 09:20:11 +0000 2020\n" + _MAIL,
    "mail, mbox with a line From": b"From - Mon Nov 23 09:20:11 2020\n" + mail_with(("q.ipynb", GOOD), body="Hello\n\nFrom 1 May to 2 June 2020\nNote: closed.\n"),
    "mail, emlx without plist": b"%d\n" % len(_MAIL) + _MAIL,
    "mail, emlx with a wrong count": b"999999999\n" + _MAIL + b'<?xml version="1.0"?>\n<!DOCTYPE plist PUBLIC "x">\n<plist/>\n',
    "mail, as octet-stream without a name": mail_with(("", GOOD)),
    "mail of a mail as octet-stream": mail_with(("old.eml", _MAIL)),
    "mail of a mail in base64": forwarded("message/rfc822", "q.ipynb", GOOD),
    "mail of a mail as text in base64": forwarded("text/plain", "q.ipynb", GOOD),
    "mail, notebook as picture": _MAIL.replace(b"application/octet-stream", b"image/png"),
    "mail, notebook beside a picture": mail_with(("logo.png", b"\x89PNG\r\n\x1a\n\0\0"), ("q.ipynb", GOOD), ("me.vcf", b"BEGIN:VCARD\n")),
    "mail, signed as one block": mail_with(("smime.p7m", signed_block(_MAIL))),
    "mail, signed, of no told length": mail_with(("smime.p7m", signed_block(_MAIL, endless=True))),
    "mail, signed beside": mail_with(("q.ipynb", GOOD), ("smime.p7s", signed_block(b""))),
    "block by itself, in PEM": b"-----BEGIN PKCS7-----\n" + base64.encodebytes(signed_block(_MAIL)) + b"-----END PKCS7-----\n",
    "mail, winmail.dat": mail_with(("winmail.dat", tnef(("q.ipynb", GOOD)))),
    "winmail.dat by itself": tnef(("q.ipynb", GOOD), body=b"see attached"),
    "mail saved by Outlook, an old Word file beside": outlook_msg(("q.ipynb", GOOD), body="WordDocument"),
    "mail saved by Outlook": outlook_msg(("q.ipynb", GOOD)),
    "mail, uuencoded": mail_with(body="here\n\n" + uuencoded("q.ipynb", GOOD) + "\nBest\n"),
    "text, uuencoded": ("hello\n" + uuencoded("q.ipynb", GOOD)).encode(),
    "notebook, Ctrl-Z behind": GOOD + b"\x1a",
    "notebook, UTF-16 without a mark": GOOD.decode().encode("utf-16-le"),
    "notebook, cp1251": GOOD.replace(b"Who pays?", "Кто платит за курсы?".encode("cp1251")),
    "notebook as a text": json.dumps(GOOD.decode()).encode(),
    "notebook in the answer of a server": json.dumps({"name": "q", "type": "notebook", "content": _BOOK}).encode(),
    "notebook as text in such an answer": json.dumps({"type": "file", "format": "text", "content": GOOD.decode()}).encode(),
    "notebook, NaN elsewhere": GOOD.replace(b'"nbformat"', b'"x": [NaN, -Infinity, 1e999], "nbformat"'),
    "notebook, endless number elsewhere": GOOD.replace(b'"nbformat"', b'"x": ' + b"9" * 5000 + b', "nbformat"'),
    "notebook, an entry twice elsewhere": _DOUBLED,
    "checkpoint of Jupyter": zipped_files((".ipynb_checkpoints/q-checkpoint.ipynb", GOOD)),
}  # fmt: skip

_HTML = b"<!doctype html><html><body>"
# kind -> bytes of such a file, and words that must be said
NAMED: dict[str, tuple[bytes, str]] = {
    "an empty file": (b"", "It is empty"),
    "a file of noughts": (bytes(100), "only zeros: it was not yet downloaded"),
    "a PDF": (b"%PDF-1.4\n", "a PDF, which holds no answers"),
    "a locked Office file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked with a password. Save it without"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "the old format (.doc)"),
    "an old Excel file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "an Excel file"),
    "an old PowerPoint file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "PowerPoint Document".encode("utf-16-le"), "a PowerPoint file"),
    "an old Office or Outlook file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Save a mail as .eml"),
    "an Outlook message": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__properties_version1.0".encode("utf-16-le"), "saved by Outlook (.msg) in which no file was found"),
    "an RTF file": (rb"{\rtf1 hello}", "an RTF file"),
    "a Word file of 2003 as XML": (b'<?xml version="1.0"?><w:wordDocument/>', "saved as XML"),
    "an Excel file": (zipped_files(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")), "not a Word document: Excel"),
    "a PowerPoint file": (zipped_files(("[Content_Types].xml", b"<x/>"), ("ppt/presentation.xml", b"<x/>")), "not a Word document: PowerPoint"),
    "a Pages, Numbers or Keynote file": (zipped_files(("Index/Document.iwa", b"x")), "choose 'Export to'"),
    "an e-book": (zipped_files(("mimetype", b"application/epub+zip"), method=zipfile.ZIP_STORED), "an e-book"),
    "a web archive of Safari": (b"<?xml?><plist><key>WebMainResource</key>", "(.webarchive)"),
    "a placeholder of a cloud": (b"[InternetShortcut]\r\nURL=https://x\r\n", "only points to a file"),
    "a picture": (b"GIF89a\0", "It is a picture"),
    "a picture of a telephone": (b"\0\0\0\x18ftypheic\0", "It is a picture"),
    "a film or a recording": (b"\0\0\0\x18ftypisom\0", "a film or a recording"),
    "a RAR archive": (b"Rar!\x1a\7\0", "a RAR archive. Ask for the files themselves, or a .zip"),
    "a 7z archive": (b"7z\xbc\xaf\x27\x1c\0", "a 7z archive"),
    "a rare archive": (b"\x28\xb5\x2f\xfd\0", "an archive of a kind that cannot be opened"),
    "a disk image": (b"x" * 600 + b"koly" + bytes(508), "a disk image"),
    "a database": (b"SQLite format 3\0", "a database"),
    "a program": (b"MZ\x90\0", "a program, which is never started here"),
    "an encrypted mail": (signed_block(b"x", kind=3), "encrypted, so only its recipient"),
    "a key or a signature": (b"-----BEGIN PGP SIGNATURE-----\n", "a key or a signature"),
    "a calendar entry or an address card": (b"BEGIN:VCALENDAR\r\n", "a calendar entry or an address card"),
    "a property list of a Mac": (b"bplist00\0", "a settings file of a Mac"),
    "a file of a Mac in two parts": (b"\0\5\x16\0\0", "AppleSingle"),
    "a zip archive": (zipped_files(), "The archive is empty"),
    "a packed file": (gzip.compress(b"\0\5\x16\7"), "Nothing is packed in it"),
    "a tar archive": (tarred(("._x", b"\0\5\x16\7")), "The archive is empty"),
    "a mail in Outlook's rich text": (tnef(), "(winmail.dat)"),
    "a signature": (signed_block(b""), "the signature of a mail, without the mail"),
    "a mail signed as one block": (signed_block(b"x")[:20], "signed as one block"),
    "the kit's own page": (_HTML + b'<meta name="generator" content="Seminar Kit: nothing to collect">', "the kit's own page"),
    "the page of a form": (_HTML + b'<script id="notebook">', "the page itself"),
    "a web page": (_HTML, "a web page, which holds no answers"),
    "a web page saved as one file": (b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n", "(MHTML)"),
    "a file as a data address": (b"data:application/json;base64,", "It is empty"),
    "a mail": (mail_with(), "No form is attached to this mail. Ask"),
    "a text with a file in it": (uuencoded("a.txt", b"words").replace("`\nend\n", "").encode(), "cut off in the middle"),
    "the kit's own text": (b"This file is for you to read; there is nothing to send back in it.", "own page"),
    "a zip archive behind something else": (b"x" + zipped_files(("a.txt", b"words")), "not a notebook, mail or zip"),
    "a notebook as a script": (b"# %%\nprint(1)\n", "saved as a script or as Markdown"),
    "a notebook": (b"{}", "it has no cells"),
    "a text": (b"words", "not a notebook, mail or zip archive"),
    "an unknown file": (b"\1\0\xff\xff\0\0\x99", "not a notebook, mail or zip archive"),
}  # fmt: skip
_READ_ELSEWHERE = {
    "a text document",
    "pasted answers",
    "a page with pasted answers",
    "a saved chat",
}


def _ends(data: bytes, expected: Any) -> list[str]:
    return [p.remark or TAKEN if p.reading else p.problem for p in read_bytes(data, expected)]


def test_every_case_file_is_in_the_table() -> None:
    """Those of documents and of notes are in the tables of the tests named here."""
    others = ("test_worlds_documents.py", "test_worlds_mails.py")
    tried = "".join(Path(__file__).with_name(name).read_text("utf-8") for name in others)
    notes = {path.name for path in CASES.glob("9*-notes-*.eml")}
    left = {path.name for path in CASES.iterdir()} - set(ROWS) - notes
    assert set(ROWS) <= {path.name for path in CASES.iterdir()}
    assert {name for name in left if name not in tried} == set()


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_file_of_a_public_report_ends_as_it_should(name: str, expected: Any) -> None:
    """C05 O29 P09"""
    ends = _ends((CASES / name).read_bytes(), expected)
    assert len(ends) == len(ROWS[name]), ends
    for end, wanted in zip(ends, ROWS[name], strict=True):
        assert wanted in end
        assert TAKEN in end or "sk for it again" not in end


@pytest.mark.parametrize("name", sorted(OPENED))
def test_the_form_in_it_is_taken(name: str, expected: Any) -> None:
    """C05 O29 P09"""
    parts = read_bytes(OPENED[name], expected)
    assert [bool(part.reading) for part in parts] == [True], [part.problem for part in parts]


@pytest.mark.parametrize("kind", sorted(NAMED))
def test_what_cannot_be_read_is_named(kind: str, expected: Any) -> None:
    """C05 O29 P09"""
    data, words = NAMED[kind]
    assert kind_of(data).name == kind
    (part,) = {p.problem for p in read_bytes(data, expected)}
    assert words in part
    assert part[-1] == "."


def test_every_kind_of_the_registry_is_tried() -> None:
    assert {kind.name for kind in (*KINDS, UNKNOWN)} == set(NAMED) | _READ_ELSEWHERE


def test_nobody_is_told_that_nothing_is_attached_where_something_is(expected: Any) -> None:
    (end,) = _ends(mail_with(("photo.jpg", b"\xff\xd8\xff\xe0\0")), expected)
    assert end.startswith("No form is attached to this mail, only a picture (“photo.jpg”).")


@pytest.mark.parametrize("behind", [b"\0" * 9, b"\x1a", b"\n}, 3]\n"])
def test_what_is_behind_a_notebook_is_remarked(behind: bytes, expected: Any) -> None:
    (end,) = _ends(GOOD + behind, expected)
    assert _TAIL in end


def test_an_entry_that_hides_answers_is_refused(expected: Any) -> None:
    """C05: which of two lists of cells counts, nobody knows."""
    twice = GOOD.rstrip()[:-1] + b', "cells": []}'
    (end,) = _ends(twice, expected)
    assert "contains the entry 'cells' twice" in end


@pytest.mark.parametrize("banner", [b"[EXTERNAL]", b"{Spam?}"])
def test_a_banner_above_a_text_makes_no_notebook(banner: bytes) -> None:
    """C05: the house of a mail puts it there."""
    assert kind_of(banner + b"\n\nGroup d2-group-1\n").name == "a text"


def test_marks_of_git_are_named(expected: Any) -> None:
    for data in (
        b"<<<<<<< HEAD\n" + GOOD,
        GOOD.replace(b'"nbformat"', b'\n<<<<<<< HEAD\n"nbformat"'),
    ):
        (end,) = _ends(data, expected)
        assert "two versions that git could not merge" in end


_CHAT = ZOOM.encode()
HIDDEN: dict[str, bytes] = {
    "gzip": gzip.compress(_CHAT),
    "lzma": lzma.compress(_CHAT, format=lzma.FORMAT_ALONE),
    "tar.bz2": tarred(("a.txt", _CHAT), mode="w:bz2"),
    "zip behind something": b"x\0" + zipped_files(("a.txt", _CHAT)),
    "emlx": b"%d\n" % len(mail_with(("a.txt", _CHAT))) + mail_with(("a.txt", _CHAT)),
    "signed": mail_with(("smime.p7m", signed_block(mail_with(("a.txt", _CHAT)), endless=True))),
    "winmail.dat, a file": tnef(("a.txt", _CHAT)),
    "winmail.dat, its words": tnef(body=_CHAT),
    "in a mail saved by Outlook": outlook_msg(("a.txt", _CHAT)),
    "words of a mail saved by Outlook": outlook_msg(body=ZOOM),
    "uuencoded": mail_with(body=uuencoded("a.txt", _CHAT)),
    "around an uuencoded file": (ZOOM + uuencoded("q.ipynb", GOOD)).encode(),
    "forwarded in base64": forwarded("message/rfc822", "a.txt", _CHAT),
    "behind a notebook": GOOD + _CHAT,
    "beside a notebook in an answer": json.dumps({"content": _BOOK, "note": ZOOM}).encode(),
    "in an entry that comes twice": GOOD.replace(b'"nbformat"', b'"x": ' + json.dumps(ZOOM).encode() + b', "x": 1, "nbformat"'),
    "UTF-16 without a mark": ZOOM.encode("utf-16-le"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(HIDDEN))
def test_a_chat_in_whatever_is_opened_is_found(name: str) -> None:
    """P08: nothing is opened for reading that is not searched."""
    searched = search(HIDDEN[name], "a.bin", lambda text: False)
    assert searched.chats
    assert not any(SECRET.encode() in data for _, data in searched.others)


@pytest.mark.parametrize("name", sorted(OPENED))
def test_what_is_opened_to_be_read_is_opened_by_all(name: str) -> None:
    """P08 P15: the search for chats and for a person goes as deep as the reader."""
    assert search(OPENED[name], name, lambda text: False).chats == []
    inside = [data for _, data in leaves(OPENED[name])]
    assert any(b"nbformat" in data.replace(b"\0", b"") for data in inside)


@pytest.mark.parametrize("name", ["mail, signed, of no told length", "winmail.dat by itself", "mail, uuencoded", "tar.gz", "lzma", "mail, emlx with a wrong count", "zip, lzma", "block by itself, in PEM", "mail saved by Outlook"])  # fmt: skip
def test_damage_ends_with_a_sentence(name: str, expected: Any) -> None:
    """C10: bits and bytes at random, in what opens files as well as in what looks for chats."""
    draw = random.Random(name)
    for _ in range(8):
        data = bytearray(OPENED[name])
        for _ in range(draw.randrange(1, 6)):
            data[draw.randrange(len(data))] = draw.randrange(256)
        damaged = bytes(data[: draw.randrange(len(data))] if draw.random() < 0.3 else data)
        assert all(p.reading or p.problem for p in read_bytes(damaged, expected))
        search(damaged, name, lambda text: False)
        list(leaves(damaged))


def test_bombs_are_stopped(expected: Any) -> None:
    """C10: what is packed small and is huge."""
    big = bytes(26 * 2**20)
    for data in (gzip.compress(big, 1), lzma.compress(big, preset=0)):
        (end,) = _ends(data, expected)
        assert "the limit is 25 MB" in end
    (end,) = _ends(tarred(("a", big), mode="w:gz"), expected)
    assert "the limit is 25 MB" in end
