"""The recap and the conclusions as a document, Word or PDF, from the dossier of their page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from seminarkit.pdffile import PdfFile
from seminarkit.report.dossier import Dossier
from seminarkit.report.speech import spoken_words
from seminarkit.report.summary import lead, not_covered
from seminarkit.wordfile import WordFile

File = WordFile | PdfFile


def summary_document(dossier: Dossier, kind: type[File] = WordFile) -> bytes:
    """Return the document of one summary, for its audience."""
    document = kind(dossier["title"], "en")
    seminar = dossier["seminar"]
    place = " – ".join([seminar["title"], seminar["series"], dossier["when"]])
    document.text(place, "Seminar Note")
    document.text(lead(dossier))
    if dossier.public:
        _taken_over(document, dossier)
        return document.save()
    document.text("For the core participants of the seminar. Not for the public.")
    document.heading("Before you speak", 1)
    for sentence in (*dossier["attention"], spoken_words(dossier["spoken"])):
        document.text(sentence, "Seminar Answer")
    for each in dossier["spoken"]["cut"]:
        document.text(f"Could go first: {each['text']}", "Seminar Hint")
    _sections(document, dossier)
    _outcomes(document, dossier)
    _mini(document, dossier)
    _groups(document, dossier)
    return document.save()


def _taken_over(document: File, dossier: Dossier) -> None:
    for section in dossier["sections"]:
        document.heading(section["title"], 1)
        for point in section["points"]:
            document.text(point["text"], "Seminar Answer")


def _sections(document: File, dossier: Dossier) -> None:
    for section in dossier["sections"]:
        document.heading(section["title"], 1)
        for name, words in (("shared", "Said by several groups"), ("single", "Said by one group")):
            if section[name]:
                document.heading(words, 2)
            for point in section[name]:
                for statement in point["statements"]:
                    document.text(statement["text"], "Seminar Question")
                    document.text(source_words(statement), "Seminar Hint")
                if point["shared"]:
                    document.text(f"The same point, from {point['groups']} groups.", "Seminar Note")


def source_words(statement: Mapping[str, Any]) -> str:
    """Return where a statement comes from: its group, who noted it, and what is behind it."""
    words = f"{statement['group']}, noted by {statement['by']}"
    words += "" if not statement["draft"] else "; a draft"
    words += "" if statement["seen"] else "; not yet seen by the chair"
    words += f"; goes to {statement['goes_to']}" if statement["goes_to"] else ""
    behind = [
        each["code"] if each["href"].startswith("#") else f"{each['code']}: {each['words']}"
        for each in statement["references"]
    ]
    behind += [f"{code}: not known here" for code in statement["unknown"]]
    return f"{words}. {'; '.join(behind)}".strip()


def _outcomes(document: File, dossier: Dossier) -> None:
    document.heading("The learning outcomes", 1)
    if bare := not_covered(dossier):
        document.text(f"No statement names {', '.join(bare)}.")
    rows = [
        [each["id"], each["text"], f"{len(each['statements'])} in {each['groups']} groups"]
        for each in dossier["outcomes"]
    ]
    document.rows([["Outcome", "What it says", "Statements"], *rows], (3, 10, 4), head=True)


def _mini(document: File, dossier: Dossier) -> None:
    mini, missing = dossier.get("mini", []), dossier.get("mini_missing", [])
    if not (mini or missing):
        return
    document.heading("Mini statements of the countries", 1)
    for each in mini:
        draft = "" if each["state"] == "complete" else ", a draft"
        document.heading(f"{each['country']}: {each['by']}{draft}", 2)
        for answer in each["answers"]:
            document.text(answer["label"], "Seminar Question")
            document.text(answer["shown"], "Seminar Answer")
    if missing:
        document.text(f"None yet from {', '.join(missing)}.")


def _groups(document: File, dossier: Dossier) -> None:
    document.heading("The groups and their notes", 1)
    rows = [
        [each["title"], each["when"], " and ".join(each["by"]) or each["asked"], each["state"]]
        for each in dossier["groups"]
    ]
    document.rows([["Group", "When", "Noted by", "Notes"], *rows], (7, 4, 4, 2), head=True)
    for note in dossier["footnotes"]:
        document.text(note, "Seminar Hint")
