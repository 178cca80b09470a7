"""Fills in the sample seminar: writes into inbox/ what delegations might have sent.

The answers stand in scripts/sample/, a file a country, and one for who presents a case study. They
pass through the same code as a real form's (form, bundle, notebook), and arrive as mail does:
plain, zipped, attached, renamed, nested, in Word, twice, late, half done, and broken. Every free
text says that it is a sample. The same input gives the same bytes.

Example:
    python scripts/make_sample.py
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.bundle import output, payload
from seminarkit.core.forms.shapes import Payload, PersonalForm
from seminarkit.core.seminar.assignments import note_taker
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.form_notebook import form_cells, form_notebook, read_prose
from seminarkit.topics.packs.personal_form import form_for
from seminarkit.topics.packs.word_form_writer import form_document

SAMPLE = "[sample]"
_YAML = YAML(typ="safe", pure=True)
ARRIVED = datetime(2020, 12, 4, 6, 0, tzinfo=UTC)
CASES = "cases"  # the file of those who present a case study: they belong to no country

# How each delegation sent its files; all others sent plain notebooks.
ZIPPED = ("AL", "EG", "UZ")
MAILED = ("MD", "JO", "AM", "LB")
NESTED = {"AZ": "from Baku/new/final", "TN": "ملفات تونس", "UA": "Україна (2)"}
RENAMED = {
    ("IL", "country_report", 3): "Untitled3.ipynb",
    ("ME", "country_report", 2): "izvještaj FINAL final (2).ipynb",
    ("GE", "questions", 2): "questions.ipynb.txt",
    ("KZ", "country_report", 1): "баяндама.ipynb",
}
TWICE = {("BA", "country_report", 2): "BA-2-country_report (1).ipynb"}
# An earlier, shorter version came first.
EARLIER = (("PS", "country_report", 1), ("MA", "questions", 1))
BY_HAND = ("TJ", "questions")
WORD = ("KG", "country_report")


def make_sample(folder: SeminarFolder) -> int:
    """Write the sample into the inbox and return the number of files.

    Raises SeminarError when the inbox holds anything else, so that no real answers are mixed up.
    """
    inbox = folder.inbox
    files = {inbox / name: data for name, data in (*_files(folder), *_notes(folder))}
    there = {path for path in inbox.rglob("*") if path.is_file()}
    if strangers := sorted(there - set(files)):
        raise SeminarError(
            f"{inbox} holds files that are no sample, such as '{strangers[0].name}'. Run the demo "
            "in an empty folder: seminar demo ../my-demo"
        )
    for path, data in files.items():
        _put(path, data)
    return len(files)


def make_notes(folder: SeminarFolder) -> int:
    """Write the notes of the groups into the inbox, once these are decided; return how many."""
    files = dict(_notes(folder))
    for name, data in files.items():
        _put(folder.inbox / name, data)
    return len(files)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)
    os.utime(path, (ARRIVED.timestamp(), ARRIVED.timestamp()))


def _notes(folder: SeminarFolder) -> Iterator[tuple[str, bytes]]:
    """Yield the notes of the groups that were decided and have somebody who takes notes."""
    for path in sorted(folder.material("scripts", "sample", "notes").glob("*.yml")):
        for entry in _YAML.load(path.read_text(encoding="utf-8"))["notes"]:
            found = folder.seminar.group(entry["group"])
            task = next(
                (t for t in folder.seminar.tasks if found and found[0].id in t.sessions), None
            )
            if not found or not task or not (person := note_taker(task, found[1])):
                continue
            form = form_for(folder, task.form, person, entry["group"])
            answers = _stamped(form["fields"], entry["answers"])
            saved = f"{entry['saved']:%Y-%m-%dT%H:%M:%SZ}"
            book = form_notebook(_prose(folder, task.form), form)
            (cell,) = form_cells(book)
            cell["outputs"] = [output(form, payload(form, answers, 40, saved))]
            yield f"notes/{form['file']}.ipynb", _bytes(book)


def _files(folder: SeminarFolder) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.material("scripts", "sample").glob("*.yml")):
        country = "" if path.stem == CASES else path.stem
        entries = _entries(folder, path.stem)
        # who comes was told weeks before, by the office alone
        yield from _filled(folder, country, [e for e in entries if e["by"] == "NEO"])
        entries = [e for e in entries if e["by"] != "NEO"]
        filled = dict(_filled(folder, country, entries))
        newest = max((e["saved"] for e in entries), default=ARRIVED)
        if country in ZIPPED:
            yield f"{country} answers.zip", _zip(filled, newest)
        elif country in MAILED:
            yield f"Country report {country}.eml", _mail(folder, country, filled, newest)
        else:
            for name, data in filled.items():
                yield f"{NESTED.get(country, '.')}/{name}".removeprefix("./"), data
    yield from _broken(folder)


def filled_forms(folder: SeminarFolder) -> Iterator[tuple[PersonalForm, Payload]]:
    """Yield every form of the sample made out to its person, and filled in."""
    for path in sorted(folder.material("scripts", "sample").glob("*.yml")):
        country = "" if path.stem == CASES else path.stem
        for entry in _entries(folder, path.stem):
            yield _made(folder, country, entry)


def _made(
    folder: SeminarFolder, country: str, entry: dict[str, Any]
) -> tuple[PersonalForm, Payload]:
    person = f"{country}-{entry['by']}" if country else entry["by"]
    form = form_for(folder, entry["form"], person, entry.get("subject", ""))
    if entry.get("joint"):
        answers = _joint(folder, entry["form"], country)
    else:
        answers = _stamped(form["fields"], entry["answers"])
    saved = f"{entry['saved']:%Y-%m-%dT%H:%M:%SZ}"
    return form, payload(form, answers, entry["rev"], saved)


def _filled(
    folder: SeminarFolder, country: str, entries: list[dict[str, Any]]
) -> Iterator[tuple[str, bytes]]:
    for entry in entries:
        form, filled = _made(folder, country, entry)
        place = (country, entry["form"], entry["by"])
        book = form_notebook(_prose(folder, entry["form"]), form)
        (cell,) = form_cells(book)
        name = RENAMED.get(place, f"{form['file']}.ipynb")
        if place[:2] == WORD:
            yield f"{form['file']}.docx", form_document(form, filled)
            continue
        if place in EARLIER:
            some = dict(list(filled["answers"].items())[:5])
            early = payload(form, some, entry["rev"] // 2, "2020-11-05T07:30:00Z")
            cell["outputs"] = [output(form, early)]
            yield f"1 earlier/{name}", _bytes(book)
        if place[:2] == BY_HAND:
            cell["outputs"] = []
            _write_by_hand(book, filled["answers"])
        else:
            cell["outputs"] = [output(form, filled)]
        yield name, _bytes(book)
        if place in TWICE:
            yield TWICE[place], _bytes(book)


def _joint(folder: SeminarFolder, form: str, country: str) -> dict[str, Any]:
    """Return a joint report: what all say, and where they differ what the first one wrote."""
    fields = folder.forms[form]["fields"]
    reports = [
        _stamped(fields, entry["answers"])
        for entry in _entries(folder, country)
        if entry["form"] == form and entry["by"] != "NEO"
    ]
    rows = [row for report in reports for row in report.get("examples", [])]
    joint = {name: value for report in reversed(reports) for name, value in report.items()}
    return {**joint, "examples": [row for i, row in enumerate(rows) if row not in rows[:i]]}


def _entries(folder: SeminarFolder, name: str) -> list[dict[str, Any]]:
    path = folder.material("scripts", "sample", f"{name}.yml")
    entries: list[dict[str, Any]] = _YAML.load(path.read_text(encoding="utf-8"))["forms"]
    return entries


def _stamped(fields: list[dict[str, Any]], answers: dict[str, Any]) -> dict[str, Any]:
    """Return answers in which every free text says that it is a sample.

    Links and addresses stay as they are: they are of example.org.
    """
    stamped = dict(answers)
    for field in fields:
        value = answers.get(field["name"])
        if field["type"] == "group":
            stamped |= _stamped(field["fields"], stamped)
        elif field["type"] == "repeat" and value:
            stamped[field["name"]] = [_stamped(field["fields"], row) for row in value]
        elif field["type"] == "text" and value and _is_free(field):
            stamped[field["name"]] = f"{value.rstrip()} {SAMPLE}"
    return stamped


def _is_free(field: dict[str, Any]) -> bool:
    """Say whether anything may be written: a link or a code has a shape, a sentence has none."""
    return "constraint" not in field or field.get("appearance") == "multiline"


def _write_by_hand(book: dict[str, Any], answers: dict[str, Any]) -> None:
    """Put the answers into a tagged cell, as somebody does whose form would not open."""
    source = json.dumps(answers, ensure_ascii=False, indent=2)
    metadata = {"tags": ["seminarkit-answers"]}
    cell = {"cell_type": "raw", "id": "by-hand", "metadata": metadata, "source": source}
    book["cells"].insert(-1, cell)


def _prose(folder: SeminarFolder, form: str) -> dict[str, Any]:
    return read_prose(folder.form_notebook(form))


def _bytes(book: dict[str, Any]) -> bytes:
    return (json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _zip(files: dict[str, bytes], sent: datetime) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(f"answers/{name}", date_time=sent.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()


def _mail(folder: SeminarFolder, country: str, files: dict[str, bytes], sent: datetime) -> bytes:
    name = folder.seminar.countries[country].name
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"NEO representative, {name} (sample) <sample@example.org>"
    mail["To"] = "SPHERE Team (sample) <organiser@example.org>"
    mail["Subject"] = f"Country report {name}"
    mail["Date"] = format_datetime(sent.replace(tzinfo=UTC))
    mail["Message-ID"] = f"<{country.lower()}@sample.example.org>"
    mail.set_content(f"Dear colleagues,\n\nplease find our forms attached.\n\n{SAMPLE}\n")
    for attachment, data in files.items():
        mail.add_attachment(
            data, maintype="application", subtype="x-ipynb+json", filename=attachment
        )
    mail.set_boundary(f"sample-{country}")
    return mail.as_bytes()


def _broken(folder: SeminarFolder) -> Iterator[tuple[str, bytes]]:
    """What arrives damaged or by mistake, each named by what is wrong with it."""
    form = form_for(folder, "country_report", "BY-1")
    book = form_notebook(_prose(folder, "country_report"), form)
    whole = _bytes(book)
    yield "BY-1-country_report cut off.ipynb", whole[: len(whole) // 2]
    yield "BY-1-country_report never filled in.ipynb", whole
    (cell,) = form_cells(book)
    cell["outputs"] = []
    yield "BY-1-country_report outputs cleared.ipynb", _bytes(book)
    yield "BY report, empty file.ipynb", b""
    yield "BY report as a page.html", b"<!doctype html>\n<title>A page without answers</title>\n"
    yield "TJ scanned letter.pdf", b"%PDF-1.4\n% a sample, not a real document\n"
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]}
    yield "TJ old notebook.ipynb", json.dumps(old).encode()
    other = payload(form, {"opportunity": SAMPLE}, 3, "2020-11-18T10:00:00Z")
    cell["outputs"] = [output(form, {**other, "seminar": "another-2019"})]
    yield "from another seminar.ipynb", _bytes(book)


if __name__ == "__main__":
    sample_of = SeminarFolder.find()
    print(f"{make_sample(sample_of)} files in {sample_of.inbox}")
