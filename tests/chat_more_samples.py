"""More chats for the generator: layouts of other programs, packages, notebooks and their parts."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from typing import Any

from chat_samples import COPIED, PUBLIC_MAIL, SECRET, ZOOM, mail, word, zipped

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FULL = {number: number + 0xFEE0 for number in range(0x21, 0x7F)}
IRC = f"[09:11] <ana> hello\n[09:12] <ben> {SECRET}\n"
BBB = f"[10:15] Ana Kovač : hello\n[10:16] Ben : {SECRET}\n"
SIGNAL = f"[2020-11-27 09:11] Ana: hello\n[2020-11-27 09:12] Ben: {SECRET}\n"
TELEGRAM = {"messages": [{"id": 1, "date": "2023-05-10T09:16:02", "from": "Ben", "text": SECRET}]}
SLACK = [{"type": "message", "user": "U1", "text": SECRET, "ts": "16.1"}]
TEAMS = {"value": [{"createdDateTime": "2023", "from": {"user": {"displayName": "B"}}, "body": {"content": SECRET}}]}  # fmt: skip
SKYPE = {"conversations": [{"id": "8:b", "MessageList": [{"displayName": "Ben", "originalarrivaltime": "2020-11-27T09:11:02Z", "from": "8:b", "content": SECRET}]}]}  # fmt: skip

TEXTS: dict[str, str] = {
    "teams weekday": f"[Thursday 9:11 AM] Ana Kovač\nhello\n[Thursday 9:12 AM] Ben\n{SECRET}\n",
    "teams weekday, one": f"[Thursday 9:11 AM] Ben\n{SECRET}\n",
    "teams German": f"[Gestern 09:11] Ana\nhallo\n[Gestern 09:12] Ben\n{SECRET}\n",
    "teams German, one": f"[Gestern 09:11] Ben\n{SECRET}\n",
    "teams, day alone": f"Ana Kovač\nYesterday 9:11 AM\nhello\nBen\nYesterday 9:12 AM\n{SECRET}\n",
    "whatsapp Arabic": f"12/5/2023، 9:15 ص - آنا: مرحبا\n12/5/2023، 9:16 ص - بن: {SECRET}\n".translate(ARABIC),
    "whatsapp Arabic iPhone": f"\u200f[12‏/5‏/2023, 9:15:02 ص] آنا: مرحبا\n[12‏/5‏/2023, 9:16:02 م] بن: {SECRET}\n".translate(ARABIC),
    "whatsapp Persian": f"12/5/2023, 9:16 - Ben: {SECRET}\n".translate({48 + n: 0x6F0 + n for n in range(10)}),
    "whatsapp Chinese": f"2023/5/12 上午9:15 - Ana: hello\n2023/5/12 下午9:16 - Ben: {SECRET}\n",
    "discord": f"Ana — Today at 9:11 AM\nhello\nBen — Today at 9:12 AM\n{SECRET}\n",
    "discord date": f"Ana — 11/27/2020 9:11 AM\nhello\nBen — Yesterday at 9:12 AM\n{SECRET}\n",
    "discord exporter": f"[27-Nov-20 09:11 AM] Ana#1\nhello\n\n[27-Nov-20 09:12 AM] Ben#2\n{SECRET}\n",
    "slack German": f"Ana Kovač  9:11 Uhr\nhallo\nBen  9:12 Uhr\n{SECRET}\n",
    "gotomeeting": f"Ana (to Everyone): 9:11 AM: hello\nBen (to Ana): 9:12 AM: {SECRET}\n",
    "gotomeeting, no times": f"Ana (to Everyone): hello\nBen (to Ana): {SECRET}\n",
    "gotowebinar": f"9:11:02 AM Ben (to Organizer(s) Only): {SECRET}\n",
    "adobe connect": f"Ana Kovač: hello\nBen (privately to Ana): {SECRET}\n",
    "adobe connect turned": f"Ana: hello\nBen (to Ana, privately): {SECRET}\n",
    "viber": f"27/11/2020,9:11:02 AM,Ana,+387,hello\n27/11/2020,9:12:02 AM,Ben,+387,{SECRET}\n",
    "viber copied": f"[27 Nov 2020 at 9:11] Ana: hello\n[27 Nov 2020 at 9:12] Ben: {SECRET}\n",
    "skype": json.dumps(SKYPE, indent=1),
    "sms backup": f'<?xml version="1.0" encoding="UTF-8"?>\n<!--backup-->\n<smses count="1"><sms protocol="0" address="+3" date="1" type="1" body="{SECRET}" contact_name="B" /></smses>',
    "signal": SIGNAL,
    "signal backup": f"From: Ben (+387)\nType: incoming\nSent: Fri, 27 Nov 2020 09:11:02\nReceived: Fri, 27 Nov 2020\n\n{SECRET}\n",
    "irc": IRC,
    "zoom, tabs, no heads": f"09:11\tAna\thello\n09:12\tBen\t{SECRET}\n09:13\tAna\tx\n",
    "elements": f"<?xml version='1.0'?><log><message><from>Ben</from><time>9</time><text>{SECRET}</text></message></log>",
    "bigbluebutton recording": f'<popcorn>\n<chattimeline in="1" name="Ben" message="{SECRET}" target="chat"/></popcorn>',
    "signal json": json.dumps([{"sentAt": 1, "source": "+3", "body": SECRET, "type": "incoming"}]),
    "markdown": f"- `09:11` **Ana**: hi\n- `09:12` **Ben**: {SECRET}\n",
    "German direct message": f"Privatnachricht von Ben:\n{SECRET}\n",
    "irc, time bare": f"09:11 <ana> hello\n09:12 <@ben> {SECRET}\n",
    "irc, one line": f"09:12 <ben> {SECRET}\n",
    "weechat": f"2020-11-27 09:11:02\tana\thello\n2020-11-27 09:12:02\tben\t{SECRET}\n",
    "zoom, tabs": f"09:11:02\tAna\tEveryone\thello\n09:12:02\tBen\tAna\t{SECRET}\n",
    "zoom, tabs and heads": f"Time\tFrom\tTo\tMessage\n09:11\tBen\tAna\t{SECRET}\n",
    "direct message from": f"Direct message from Ben Okri:\n{SECRET}\n",
    "direct message, timed": f"09:12 AM Private message from Ben to you: {SECRET}\n",
    "full width": ZOOM.translate(FULL).replace("\uff0c", ","),
    "full width, window": COPIED.translate(FULL),
    "colons of full width": ZOOM.replace(":", "：").replace("(", "（"),
    "cut off": json.dumps(TELEGRAM)[:-4],
    "cut off, lines": json.dumps({"log": IRC.splitlines()}, indent=1)[:-3],
    "mail-like turns": f"Ana: hello\nBen: hi\nAna: who pays?\nDate: today\nBen: {SECRET}\nAna: oh\n",
}  # fmt: skip
TEXTS["full width"] = ZOOM.translate(FULL).replace(
    SECRET.translate(FULL), SECRET
)  # so that the words can be looked for
TEXTS["full width, window"] = COPIED.translate(FULL).replace(SECRET.translate(FULL), SECRET)


def tarred(*files: tuple[str, bytes], how: str = "w") -> bytes:
    """Return a tar archive of files."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=how) as archive:  # type: ignore[call-overload]
        for name, data in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return packed.getvalue()


def cell(source: object, kind: str = "markdown", **more: object) -> dict[str, Any]:
    """Return a cell of a notebook."""
    outputs = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": source, **outputs, **more}


def shown(**data: object) -> list[dict[str, Any]]:
    """Return the outputs of a cell that shows data."""
    bundle = {kind.replace("_", "/"): value for kind, value in data.items()}
    return [{"output_type": "display_data", "metadata": {}, "data": bundle}]


def book(*cells: dict[str, Any], **metadata: object) -> dict[str, Any]:
    """Return a notebook without a form."""
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def notebook_chats() -> dict[str, dict[str, Any]]:
    """Return notebooks that hold a chat in each place that one has, all without a form."""
    chats: dict[str, dict[str, Any]] = {}
    for name, text in {"irc": IRC, "bbb": BBB, "signal": SIGNAL, "zoom": ZOOM}.items():
        lines = text.splitlines(keepends=True)
        stream = [{"output_type": "stream", "name": "stdout", "text": lines}]
        error = [{"output_type": "error", "ename": "E", "evalue": "", "traceback": lines}]
        chats |= {
            f"{name} in a cell": book(cell(lines)),
            f"{name} in raw": book(cell(text, "raw")),
            f"{name} in code": book(cell(f'chat = """\n{text}"""', "code")),
            f"{name} as comments": book(cell("".join(f"# {x}" for x in lines), "code")),
            f"{name} in a stream": book(cell("", "code", outputs=stream)),
            f"{name} in an error": book(cell("", "code", outputs=error)),
            f"{name} in an output": book(cell("", "code", outputs=shown(text_plain=lines))),
            f"{name} as metadata": book(note=text),
            f"{name} as a cell's metadata": book(cell("", metadata={"a": {"b": lines}})),
            f"{name} attached": book(cell("", attachments={"a.txt": {"text/plain": text}})),
            f"{name}, a cell each": book(*[cell(x) for x in lines]),
        }
    for name, data in {"telegram": TELEGRAM, "slack": SLACK, "teams": TEAMS}.items():
        chats |= {
            f"{name} in a cell": book(cell(json.dumps(data))),
            f"{name} in code": book(cell(f"data = {json.dumps(data, indent=1)}", "code")),
            f"{name} in an output": book(cell("", "code", outputs=shown(application_json=data))),
            f"{name} as metadata": book(chat=data),
            f"{name} attached": book(cell("", attachments={"a": {"application/json": data}})),
        }
    return chats


def more_chats() -> dict[str, bytes]:
    """Return all of these by a name for the file."""
    chat, long = ("chat.txt", ZOOM.encode()), mail(PUBLIC_MAIL)
    files = {f"more {name}.txt": text.encode() for name, text in TEXTS.items()}
    for name, content in notebook_chats().items():
        whole = json.dumps(content, indent=1).encode()
        files |= {f"{name}.ipynb": whole}
    cut = json.dumps(book(cell(IRC.splitlines(keepends=True)), cell("x" * 99)), indent=1)
    private = f"Direct message from Ben: {SECRET}"
    return {
        **files,
        "cut off.ipynb": cut[:-120].encode(),
        "notebook utf-16.ipynb": json.dumps(book(cell(IRC))).encode("utf-16"),
        "a.tar": tarred(chat),
        "a.tar.gz": tarred(chat, how="w:gz"),
        "a.tar.xz": tarred(chat, how="w:xz"),
        "a.tar.bz2": tarred(chat, how="w:bz2"),
        "tar in a zip.zip": zipped(("a.tgz", tarred(chat, how="w:gz"))),
        "tar.eml": mail(PUBLIC_MAIL, ("a.tar", tarred(chat))),
        "notebook.tar": tarred(("a.ipynb", json.dumps(book(cell(IRC))).encode())),
        "a.txt.xz": lzma.compress(ZOOM.encode()),
        "a.txt.lzma": lzma.compress(ZOOM.encode(), lzma.FORMAT_ALONE),
        "a.txt.bz2": bz2.compress(ZOOM.encode()),
        "two.gz": gzip.compress(b"Dear all\n") + gzip.compress(ZOOM.encode()),
        "utf-32.txt": ZOOM.encode("utf-32"),
        "utf-32 little.txt": ZOOM.encode("utf-32-le"),
        "utf-32 big.txt": ZOOM.encode("utf-32-be"),
        "subject.eml": long.replace(b"Subject: Forms", f"Subject: Re: {private}".encode()),
        "header.eml": long.replace(b"Subject: Forms", f"X-Note: {private}".encode()),
        "remark.docx": with_part(word("Dear all"), "word/comments.xml", f"<w:p><w:t>{private}</w:t></w:p>"),
        "property.docx": with_part(word("Dear all"), "docProps/custom.xml", f"<property><vt:lpwstr>{private}</vt:lpwstr></property>"),
    }  # fmt: skip


def with_part(document: bytes, name: str, markup: str) -> bytes:
    """Return an office document with one part more."""
    source, packed = zipfile.ZipFile(io.BytesIO(document)), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.namelist():
            if entry != name:
                archive.writestr(entry, source.read(entry))
        archive.writestr(name, markup)
    return packed.getvalue()
