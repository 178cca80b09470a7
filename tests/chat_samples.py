"""Chats as programs save them and people copy them, each with a private line of its own."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

from docx import Document

CASES = Path(__file__).parent / "cases" / "chats"
SECRET = "PRIVATEWORDS"

ZOOM = (
    "09:15:02 From Ana Kovač to Everyone:\n\tIs it regulated by law?\n"
    f"09:16:40 From Ben Okri to Ana Kovač (Direct Message):\n\t{SECRET} one\n\t{SECRET} two\n"
)
ZOOM_WITHOUT_MARK = f"12:33 From Ben to Ana:\n\t{SECRET}\n"
COPIED = (
    "From Ana Kovač to Everyone: (12:33 PM)\n Is it law?\n\n"
    f"From Ben Okri to Me: (Privately) (12:34 PM)\n {SECRET} about the minister\n"
)

TEXTS: dict[str, str] = {
    "zoom newer": ZOOM,
    "zoom older": f"09:15:02 From  Ana  to  Everyone : a\n09:16:40 From  B  to  C(Privately) : {SECRET}\n",
    "zoom, one line without a mark": ZOOM_WITHOUT_MARK,
    "zoom am pm": f"9:15:02 AM From Ana to Everyone:\n\ta\n9:16:02 AM From Ben to Ana:\n\t{SECRET}\n",
    "zoom in brackets": f"[09:15:02] From Ana to Everyone: a\n[09:16:02] From Ben to Ana: {SECRET}\n",
    "zoom date first": f"2023-05-10 09:15:02 From Ben to Ana(Direct Message):\n\t{SECRET}\n",
    "zoom cloud": f"00:01:39\tAna K:\tWho pays?\n00:03:00\tBen:\t{SECRET}\n",
    "zoom window": COPIED,
    "zoom window, no from": f"Ana to Everyone 12:33 PM\na\nBen to You (Direct Message) 12:34 PM\n{SECRET}\n",
    "zoom window, one line": f"From Ben to Me: (Privately) (12:34 PM)\n {SECRET}\n",
    "zoom window in a reply": "".join(f"> {line}\n" for line in COPIED.splitlines()),
    "zoom German": f"09:15:02 Von Ana an Alle:\n\ta\n09:16:02 Von Ben an Ana (Direktnachricht):\n\t{SECRET}\n",
    "zoom German window": f"Von Ben an mich: (Privat) (12:34)\n {SECRET}\n",
    "zoom French": f"09:15:02 De Ana à Tous :\n\ta\n09:16:02 De Ben à Ana (Message direct) :\n\t{SECRET}\n",
    "zoom French window": f"De Ben à moi : (En privé) 12:34\n{SECRET}\n",
    "zoom Spanish": f"09:16:02 De Ben a Ana (Mensaje directo):\n\t{SECRET}\n",
    "zoom Russian": f"09:15:02 От Анна кому Все:\n\ta\n09:16:02 От Бен кому Анна (Личное сообщение):\n\t{SECRET}\n",
    "zoom Arabic": f"09:15:02 من آنا إلى الجميع:\n\ta\n09:16:02 من بن إلى آنا (رسالة مباشرة):\n\t{SECRET}\n",
    "whatsapp Android": f"12/05/2023, 09:15 - Ana Kovač: hello\n12/05/2023, 09:16 - Ben: {SECRET}\n",
    "whatsapp iPhone": f"[12.05.23, 09:15:02] Ana: hello\n[12.05.23, 09:16:02] Ben: {SECRET}\n",
    "whatsapp, one line": f"12/05/23, 9:16 PM - Ben: {SECRET}\n",
    "telegram copied": f"Ana Kovač, [10 May 2023 at 09:15]\nhello\n\nBen, [10 May 2023 at 09:16]\n{SECRET}\n",
    "teams copied": f"Ana Kovač  10:15 AM\nhello\nBen Okri  10:16 AM\n{SECRET}\n",
    "teams copied, stamps": f"[27/11/2020 10:15] Ana Kovač\nhello\n[27/11/2020 10:16] Ben\n{SECRET}\n",
    "meet copied": f"Ana Kovač\n10:15 AM\nhello\nBen Okri\n10:16 AM\n{SECRET}\n",
    "meet saved": f"00:15:02.000,00:15:05.000\nAna: hello\n\n00:16:02.000,00:16:05.000\nBen: {SECRET}\n",
    "webvtt": f"WEBVTT\n\n00:15:02.000 --> 00:15:05.000\nBen: {SECRET}\n",
    "webex": f"from Ana to everyone:    10:15 AM\nhello\nfrom Ben to Ana (privately):    10:16 AM\n{SECRET}\n",
    "bigbluebutton": f"[10:15] Ana Kovač : hello\n[10:16] Ben : {SECRET}\n",
    "jitsi": f"Ana\nhello\n10:15\nBen\n{SECRET}\n10:16\n",
    "irc": f"[10:15] <ana> hello\n[10:16] <ben> {SECRET}\n",
    "slack copied": f"Ana Kovač  [10:15 AM]\nhello\nBen  [10:16 AM]\n{SECRET}\n",
    "no times": f"Ana: hello\nBen: hi\nAna: who pays?\nBen: {SECRET}\nAna: oh\n",
    "table": f"Time,From,To,Message\n09:15:02,Ana,Everyone,hello\n09:16:02,Ben,Ana,{SECRET}\n",
    "table, semicolons": f"Uhrzeit;Von;An;Nachricht\n09:15;Ana;Alle;hallo\n09:16;Ben;Ana;{SECRET}\n",
    "table without heads": f"2023-05-10T09:15:02Z,Ana,hello\n2023-05-10T09:16:02Z,Ben,{SECRET}\n",
    "telegram result.json": json.dumps(
        {
            "name": "SPHERE",
            "type": "private_group",
            "messages": [
                {"id": 1, "type": "message", "date": "2023-05-10T09:16:02", "from": "Ben", "text": SECRET}
            ],
        }
    ),
    "slack export": json.dumps([{"type": "message", "user": "U1", "text": SECRET, "ts": "16.1"}]),
    "teams by graph": json.dumps(
        {"value": [{"createdDateTime": "2023-05-10", "from": {"user": {"displayName": "Ben"}}, "body": {"content": SECRET}}]}
    ),
    "json cut off": '{"messages": [{"from": "Ben", "date": "2023-05-10", "text": "' + SECRET,
    "page": f"<html><body><div>Ana</div><div>10:15 AM</div><p>a</p><div>Ben</div><div>10:16 AM</div><p>{SECRET}</p></body></html>",
    "page of telegram": '<!DOCTYPE html>\n<html><body><div class="message default"><div class="pull_right date details" title="10.05.2023 '
    f'09:15:02">09:15</div><div class="from_name">Ana</div><div class="text">a</div></div><div class="message"><div class="date">09:16</div><div class="from_name">Ben</div><div class="text">{SECRET}</div></div></body></html>',
    "page, table": f"<html><table><tr><td>10:15</td><td>Ana: a</td></tr><tr><td>10:16</td><td>Ben: {SECRET}</td></tr></table></html>",
    "sms backup": f'<?xml version="1.0"?><smses><sms address="Ben" date="1683709" body="{SECRET}" /></smses>',
    "rtf": r"{\rtf1\ansi 09:15:02 From Ana to Everyone:\par a\par 09:16:02 From Ben to Ana (Direct Message):\par "
    + SECRET
    + "}",
    "words before it": f"Dear colleagues,\n\nhere is our chat, for the questions.\n\n{ZOOM}\nBest wishes, Ana\n",
    "no-break spaces": ZOOM.replace(" to ", "\u00a0to\u00a0").replace(" From ", "\u00a0From\u00a0"),
}  # fmt: skip

PUBLIC_MAIL = (
    "Dear colleagues,\n\nthank you for the session. Our form is attached.\n\nBest regards,\nAna\n"
)


def mail(body: str, *files: tuple[str, bytes], markup: str = "", inner: bytes = b"") -> bytes:
    """Return a mail with attached files, a body in HTML, or a forwarded mail."""
    message = EmailMessage()
    message["From"], message["To"] = "Ana <ana@example.org>", "team@example.org"
    message["Subject"], message["Date"] = "Forms", "Fri, 27 Nov 2020 13:05:00 +0100"
    message.set_content(body)
    if markup:
        message.add_alternative(markup, subtype="html")
    for name, data in files:
        message.add_attachment(data, "application", "octet-stream", filename=name)
    if inner:
        message.add_attachment(inner, "application", "octet-stream", filename="forwarded.eml")
    return message.as_bytes()


def zipped(*files: tuple[str, bytes], pack: bool = True) -> bytes:
    """Return an archive of files."""
    packed = io.BytesIO()
    how = zipfile.ZIP_DEFLATED if pack else zipfile.ZIP_STORED
    with zipfile.ZipFile(packed, "w", how) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return packed.getvalue()


def word(text: str) -> bytes:
    """Return a Word document with a paragraph for each line."""
    document, saved = Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(saved)
    return saved.getvalue()


def all_chats() -> dict[str, bytes]:
    """Return every chat by a name for its file: as text, encoded otherwise, and packed."""
    files = {f"{name}.txt": text.encode() for name, text in TEXTS.items()}
    files |= {
        path.name: path.read_bytes() for path in CASES.iterdir() if SECRET in path.read_text()
    }
    page = f"<html><body><p>{'</p><p>'.join(COPIED.splitlines())}</p></body></html>"
    forwarded = mail("see below", ("chat.txt", ZOOM.encode()))
    return {
        **files,
        "utf-8 with mark.txt": ZOOM.encode("utf-8-sig"),
        "utf-16.txt": ZOOM.encode("utf-16"),
        "utf-16 without mark.txt": ZOOM.encode("utf-16-le"),
        "utf-16 big.txt": ZOOM.encode("utf-16-be"),
        "windows russian.txt": TEXTS["zoom Russian"].encode("cp1251"),
        "latin.txt": TEXTS["zoom German"].replace("Ana", "Åsa").encode("latin-1"),
        "cr.txt": ZOOM.replace("\n", "\r").encode(),
        "crlf.txt": ZOOM.replace("\n", "\r\n").encode(),
        "no ending": ZOOM.encode(),
        "called a form.ipynb": ZOOM.encode(),
        "packed.zip": zipped(("notes/meeting_saved_chat.txt", ZOOM.encode())),
        "packed twice.zip": zipped(("a.zip", zipped(("chat.txt", COPIED.encode())))),
        "packed.txt.gz": gzip.compress(ZOOM.encode()),
        "body.eml": mail(COPIED),
        "body in html.eml": mail("See the HTML.", markup=page),
        "attached.eml": mail(PUBLIC_MAIL, ("chat.txt", ZOOM.encode())),
        "attached zip.eml": mail(PUBLIC_MAIL, ("c.zip", zipped(("chat.txt", ZOOM.encode())))),
        "attached utf-16.eml": mail(PUBLIC_MAIL, ("chat.txt", ZOOM.encode("utf-16"))),
        "forwarded.eml": mail(PUBLIC_MAIL, inner=forwarded),
        "folder.mbox": b"From a@b Fri Nov 27 13:05:00 2020\n" + mail(PUBLIC_MAIL) + b"\nFrom a@b Fri Nov 27 13:06:00 2020\n" + mail(COPIED),
        "blank line first.eml": b"\n" + mail(COPIED),
        "x mozilla.eml": b"X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00800000\n" + mail(COPIED),
        "chat.docx": word(ZOOM),
        "notes with a chat.docx": word("What we agreed\nmuch\n" + COPIED),
        "notebook.ipynb": json.dumps({"cells": [{"cell_type": "markdown", "metadata": {}, "source": ZOOM.splitlines(keepends=True)}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode(),
        "Zoom chat.pdf": b"%PDF-1.7\n" + SECRET.encode(),
        "recording.zip": zipped(("film.mp4", b"\0" * 26_000_000), ("chat.txt", ZOOM.encode()), pack=False),
    }  # fmt: skip
