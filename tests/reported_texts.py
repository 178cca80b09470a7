"""Notes and seminar.yml as editors and programs leave them, with traits of public bug reports."""

from __future__ import annotations

from collections.abc import Iterator

from notes_tools import TEXT
from shared import ROOT

_RTF_HEAD = "{\\rtf1\\ansi\\ansicpg1252\\cocoartf2639\n{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica;}\n\\pard\\f0\\fs24 \\cf0 "  # fmt: skip


def texts() -> Iterator[tuple[str, bytes]]:
    """Yield notes of group d2-group-1: each name begins with its number in the log."""
    yield "59 hyphens that do not break.txt", TEXT.replace("d2-group-1, UA-2", "d2‑group‑1, UA‑2").replace("KZ-1-q2", "KZ‑1–q2").encode()  # fmt: skip
    yield "60 line separators.txt", TEXT.replace("\n", "\u2028").encode()
    yield "61 rich text of TextEdit.rtf", (_RTF_HEAD + TEXT.replace("\n", "\\\n") + "}").encode()


def seminars() -> Iterator[tuple[str, bytes]]:
    """Yield seminar.yml: each name begins with its number in the log."""
    plain = (ROOT / "seminar.yml").read_text("utf-8")
    yield "62 no-break spaces indent.yml", plain.replace("\n    title: ", "\n\u00a0\u00a0\u00a0\u00a0title: ", 1).encode()  # fmt: skip
    yield "63 curly quotes.yml", plain.replace("due: 2020-10-30", "due: “2020-10-30”", 1).encode()
    yield "64 UTF-16 by PowerShell.yml", plain.encode("utf-16")
    yield "65 byte order mark.yml", plain.replace("\n", "\r\n").encode("utf-8-sig")
    yield "66 ANSI.yml", plain.replace("SPHERE Team", "Команда SPHERE", 1).encode("cp1251", "replace")  # fmt: skip
    yield "67 a time without quotes.yml", plain.replace('"10:30"', "10:30").encode()
    yield "68 zero in front of a number.yml", plain.replace("minutes: 15\n", "minutes: 015\n").encode()  # fmt: skip
