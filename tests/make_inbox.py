"""Writes tests/inbox/: received files, each named by what is wrong (or odd) with it.

    python tests/make_inbox.py

They are committed, so that anybody can look at one; a test holds them equal to what this writes.
What cannot lie in a repository (links, pipes, 200 MB) is made by the tests themselves.
"""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from seminarkit.core.forms.answer_versions import receipt
from seminarkit.core.forms.bundle import ANSWERS_MIME, ANSWERS_TAG, FORM_MIME, instance_id

INBOX = Path(__file__).parent / "inbox"
QUESTIONS = [
    {"about": "ghent", "question": "Who pays?"},
    {"about": "dcu", "question": "What does a learner get for it later?"},
]
NASTY = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "formula": "=HYPERLINK('https://example.org','x')",
    "braces": "{country} {{7*7}} ${HOME} %(name)s",
    "path": "../../../../etc/passwd",
    "bidi": "report\u202egpj.exe\u2066 \u200b pаypal",  # the а is Cyrillic
}


def payload(**changed: Any) -> dict[str, Any]:
    """Return a valid payload of the form 'questions', filled in by GE-2, some parts changed."""
    return {
        "form": "questions",
        "form_version": "1",
        "instance": instance_id("sphere-2020", "questions", "GE-2"),
        "rev": 7,
        "seminar": "sphere-2020",
        "country": "GE",
        "author": {"id": "GE-2", "name": "Core participant 2, Georgia", "role": "core participant"},
        "answers": {"questions": QUESTIONS},
        "saved_at": "2020-11-18T09:30:00Z",
        **changed,
    }


def cell(filled: Any, **data: Any) -> dict[str, Any]:
    """Return a form's cell with this payload in its output."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": "questions-form",
        "metadata": {"tags": ["seminarkit-form"]},
        "outputs": [
            {"output_type": "display_data", "metadata": {}, "data": {ANSWERS_MIME: filled, **data}}
        ],
        "source": "",
    }


def book(*cells: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook."""
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def text(value: Any) -> bytes:
    """Return JSON as bytes."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def with_answers(**changed: Any) -> bytes:
    """Return a notebook with one valid payload, some parts changed."""
    return text(book(cell(payload(**changed))))


def by_hand(source: str, *, form: bool = True) -> bytes:
    """Return a notebook whose answers stand in a tagged raw cell, not in an output."""
    shell = {k: v for k, v in payload().items() if k not in ("answers", "rev", "saved_at")}
    shell["version"] = shell.pop("form_version")
    written = {
        "cell_type": "raw",
        "id": "by-hand",
        "metadata": {"tags": [ANSWERS_TAG]},
        "source": source,
    }
    empty = cell({}, **{FORM_MIME: shell})
    del empty["outputs"][0]["data"][ANSWERS_MIME]
    return text(book(*([empty] if form else []), written))


def archive(*files: tuple[str, bytes]) -> bytes:
    """Return a zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files:
            entry = zipfile.ZipInfo(name, date_time=(2020, 11, 20, 12, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, data)
    return buffer.getvalue()


def mail(*files: tuple[str, bytes], subject: str = "Our questions") -> bytes:
    """Return a mail with attachments."""
    made = EmailMessage(policy=SMTP)
    made["From"] = "Core participant 2, Georgia <sample@example.org>"
    made["Subject"] = subject
    made["Date"] = "Fri, 20 Nov 2020 12:00:00 +0100"
    made.set_content("Dear colleagues, please find our file attached.\n")
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if files:
        made.set_boundary("=-sample")
    return made.as_bytes()


def pasted(filled: Any, *, words: str = "1 of 2 answered") -> str:
    """Return answers as the page's "Copy my answers" gives them."""
    code = receipt(filled)
    block = base64.b64encode(json.dumps(filled, ensure_ascii=False).encode()).decode()
    lines = [block[at : at + 64] for at in range(0, len(block), 64)]
    begin = ["-----BEGIN SEMINAR ANSWERS-----", f"Receipt: {code}", ""]
    return "\n".join([words, "", *begin, *lines, "-----END SEMINAR ANSWERS-----", ""])


def letter(text: str, encoding: str = "quoted-printable", subtype: str = "plain") -> bytes:
    """Return a mail without attachments."""
    made = EmailMessage(policy=SMTP)
    made["From"] = "Core participant 2, Georgia <sample@example.org>"
    made["Subject"] = "Our questions"
    made["Date"] = "Fri, 20 Nov 2020 12:00:00 +0100"
    made.set_content(text, subtype=subtype, cte=encoding)
    return made.as_bytes()


def locked(data: bytes) -> bytes:
    """Return a zip archive whose entries say that they need a password."""
    marked = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(magic)
        marked[at + offset] |= 1
    return bytes(marked)


def files() -> Iterator[tuple[str, bytes]]:
    """Yield every file: its name, which says what is wrong, and its bytes."""
    good = with_answers()
    yield "good.ipynb", good
    yield "good, renamed.txt", with_answers(rev=8)
    yield "truncated.ipynb", good[: len(good) // 2]
    yield "empty.ipynb", b""
    yield "not json.ipynb", b"{ this is no notebook }\n"
    yield "a list.ipynb", b"[1, 2, 3]\n"
    yield "no cells.ipynb", b'{"nbformat": 4}\n'
    yield "nbformat 3.ipynb", text({"nbformat": 3, "worksheets": [{"cells": []}]})
    yield "utf-16.ipynb", good.decode().encode("utf-16")
    yield "latin-1.ipynb", good.replace(b"Who pays?", b"Qui paie l'\xe9tude?")
    yield "nested 100,000 deep.ipynb", b"[" * 100_000
    yield "doubled key.ipynb", good.replace(b'"rev": 7', b'"rev": 7, "rev": 8')
    yield "nan.ipynb", good.replace(b'"rev": 7', b'"rev": NaN')
    yield "infinite number.ipynb", good.replace(b'"rev": 7', b'"rev": 1e999')
    yield "endless digits.ipynb", good.replace(b'"rev": 7', b'"rev": ' + b"9" * 5000)
    yield "nul.ipynb", good.replace(b"Who pays?", b"Who \\u0000 pays?")
    yield "half a letter.ipynb", good.replace(b"Who pays?", b"Who \\ud83d pays?")
    yield "unknown form.ipynb", with_answers(form="question")
    yield "unknown country.ipynb", with_answers(country="ZZ")
    yield "unknown person.ipynb", with_answers(author={"id": "GE-9"})
    yield "no author.ipynb", with_answers(author="GE-2")
    yield "another seminar.ipynb", with_answers(seminar="sphere-2019")
    yield "another's number.ipynb", with_answers(instance="0" * 16)
    yield "negative version.ipynb", with_answers(rev=-1)
    yield "version in words.ipynb", with_answers(rev="seven")
    yield "date in words.ipynb", with_answers(saved_at="yesterday")
    yield "answers of the wrong kind.ipynb", with_answers(answers={"questions": "Who pays?"})
    yield "no such choice.ipynb", with_answers(answers={"questions": [{"about": "oxford"}]})
    yield "answers nested deep.ipynb", with_answers(answers=_deep(30))
    yield "too many answers.ipynb", with_answers(answers={f"q{i}": "x" for i in range(201)})
    yield (
        "an answer too long.ipynb",
        with_answers(answers={"questions": [{"question": "x" * 50_001}]}),
    )
    yield "no answers.ipynb", with_answers(answers={})
    yield "blank answers.ipynb", with_answers(answers={"questions": [{"question": "  "}]})
    yield "payload is a text.ipynb", text(book(cell("hello")))
    yield "without a form.ipynb", text(book())
    yield "outputs cleared.ipynb", text(book(_cleared()))
    yield "half done.ipynb", with_answers(answers={"questions": QUESTIONS[:1]})
    yield "older version of the form.ipynb", with_answers(form_version="0.9")
    for name, words in NASTY.items():
        asked = [{"about": "ghent", "question": words}, QUESTIONS[1]]
        yield f"{name} in an answer.ipynb", with_answers(answers={"questions": asked})
    yield "cell copied.ipynb", text(book(cell(payload()), cell(payload())))
    older = payload(rev=3, answers={"questions": QUESTIONS[:1]})
    yield "older copy of the cell.ipynb", text(book(cell(older), cell(payload())))
    rival = payload(answers={"questions": [QUESTIONS[1], QUESTIONS[0]]})
    yield "two versions, one number.ipynb", text(book(cell(payload()), cell(rival)))
    yield "by hand, json.ipynb", by_hand(json.dumps({"questions": QUESTIONS}))
    lines = (
        "questions:\n- about: ghent\n  question: Who pays?\n- about: dcu\n  question: 'No: why?'\n"
    )
    yield "by hand, lines.ipynb", by_hand(lines)
    yield "by hand, no form.ipynb", by_hand(lines, form=False)
    yield "by hand, cannot be read.ipynb", by_hand("questions:\n- about: [ghent\n")
    yield "by hand, alias.ipynb", by_hand("a: &x [1]\nb: *x\n")
    yield "by hand, tag.ipynb", by_hand("questions: !!python/object/apply:os.system [ls]\n")
    yield "by hand, just words.ipynb", by_hand("Who pays?")
    yield "answers.zip", archive(("our answers/q.ipynb", good), ("__MACOSX/._q.ipynb", b"x"))
    yield "zip in zip.zip", archive(("inner.zip", archive(("q.ipynb", good))))
    yield "zip of a mail.zip", archive(("mail.eml", mail(("q.ipynb", good))))
    yield "zip with path.zip", archive(("../../../etc/q.ipynb", good))
    yield "zip, cut off.zip", archive(("q.ipynb", good))[:200]
    yield "zip, empty.zip", archive()
    yield "zip, locked.zip", locked(archive(("q.ipynb", good)))
    yield "zip bomb.zip", archive(("big.ipynb", b" " * (26 * 2**20)))
    yield "zip nested too deep.zip", _nested(good, 6)
    yield "zip of bad and good.zip", archive(("bad.ipynb", b"{"), ("q.ipynb", good))
    yield "mail.eml", mail(("q.ipynb", good))
    yield "mail with a zip.eml", mail(("q.zip", archive(("q.ipynb", good))))
    yield "mail without attachment.eml", mail()
    yield "mailbox.mbox", _mbox(mail(("q.ipynb", good)), mail(("r.ipynb", with_answers(rev=9))))
    yield "pasted into a mail.eml", letter(pasted(payload()))
    yield "pasted, as text.txt", pasted(payload()).encode()
    yield "pasted, cut off.eml", letter(pasted(payload()).partition("-----END")[0])
    yield "pasted, one letter changed.eml", letter(_other_letter(pasted(payload())))
    yield "letter.pdf", b"%PDF-1.4\n% a sample, not a real document\n"
    yield "letter.docx", archive(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>"))
    yield "the page itself.html", b"<!DOCTYPE html>\n<title>Your questions</title>\n"
    yield "words.txt", b"Dear colleagues, my question is who pays.\n"
    yield "outlook.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a sample\n"


def _deep(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = {"a": value}
    return value


def _other_letter(text: str) -> str:
    at = text.index("Receipt") + 200
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]


def _cleared() -> dict[str, Any]:
    form = {"form": "questions"}
    return {**cell({}), "outputs": [], "metadata": {"seminarkit": {"form": form}}}


def _nested(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = archive(("inner.zip" if data[:2] == b"PK" else "q.ipynb", data))
    return data


def _mbox(*mails: bytes) -> bytes:
    line = b"From sample@example.org Fri Nov 20 12:00:00 2020\n"
    return b"".join(line + each.replace(b"\r\n", b"\n") + b"\n" for each in mails)


if __name__ == "__main__":
    INBOX.mkdir(exist_ok=True)
    made = dict(files())
    for old in INBOX.iterdir():
        if old.name not in made:
            old.unlink()
    for file_name, content in made.items():
        (INBOX / file_name).write_bytes(content)
    print(f"{len(made)} files in {INBOX}")
