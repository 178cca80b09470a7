"""A seminar that has happened, with all that really comes: cut off, refused, packed, forwarded."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import in_process
import loaded
from docx import Document
from ruamel.yaml import YAML
from shared import ROOT, keep_countries

from seminarkit.core.forms.bundle import output, payload
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.form_notebook import form_cells, form_notebook, read_prose
from seminarkit.topics.packs.personal_form import form_for

OLD = 1_600_000_000  # arrived long enough ago to be read at once
WROTE = "Nobody but this person would put it in exactly these words"
KEPT = ("AM", "BY", "GE", "KZ", "TJ", "UA", "XK")  # who has sent something, and one that has not
NAMED_ALONE = ("Nino Bérídze-Ünal", "nino.beridze@example.net")


def seminar(root: Path, *words: str, code: int | None = 0) -> str:
    """Run a command as a person does, and return all that it printed."""
    run = loaded.run("--folder", root, *words, cwd=root.parent, timeout=600)
    assert code is None or run.returncode == code, run.stdout[-3000:] + run.stderr[-3000:]
    assert "Traceback" not in run.stderr, run.stderr
    return run.stdout + run.stderr


def book(
    folder: SeminarFolder, form: str, person: str, answers: dict[str, Any], rev: int = 90
) -> bytes:
    made = form_for(folder, form, person, "")
    notebook = form_notebook(read_prose(ROOT / "notebooks" / "prepare" / f"{form}.ipynb"), made)
    (cell,) = form_cells(notebook)
    cell["outputs"] = [output(made, payload(made, answers, rev, "2020-12-01T10:00:00Z"))]
    return json.dumps(notebook, ensure_ascii=rev % 2 == 0).encode()


def zipped(**files: bytes) -> bytes:
    parcel = io.BytesIO()
    with zipfile.ZipFile(parcel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return parcel.getvalue()


def mail(sender: str, text: str, **files: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = sender, "organiser@example.org"
    message["Subject"] = "Our forms"
    message.set_content(text, cte="quoted-printable")
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name.replace("__", "."))  # fmt: skip
    message.set_boundary("a-boundary")
    return message.as_bytes()


def happen(root: Path) -> Path:
    """Make the folder of a seminar that has happened, with all that came."""
    with tarfile.open(ROOT / "tests" / "first_seminar" / "seminar.tar.xz") as archive:
        archive.extractall(root, filter="data")
    keep_countries(root, KEPT)  # the others have sent nothing, and their pages are like these
    folder = SeminarFolder(root)
    two = [
        {"about": "ghent", "question": WROTE},
        {"about": "dcu", "question": "Why this one, and who pays?"},
    ]
    hers = book(folder, "questions", "GE-2", {"questions": two})
    colleague = book(folder, "questions", "GE-1", {"questions": [{"about": "dcu", "question": "A colleague's own question, to be kept"}]}, 91)  # fmt: skip
    report = json.dumps({"opportunity": WROTE, "publish": "perhaps"})
    refused = book(folder, "country_report", "GE-2", json.loads(report), 93)
    only = book(folder, "pre_survey", "BY-5", {"expectation": WROTE}, 95)
    note = Document()
    said = note.add_paragraph("What Core ")  # a name in two runs, as Word writes it
    said.add_run("participant 2, Geor").bold = True
    said.add_run(f"gia said on the telephone: {WROTE}. A second sentence is somebody else's.")
    name, address = NAMED_ALONE
    nomination = book(
        folder, "nomination", "GE-NEO",
        {"nominees": [
            {"nominee_name": name, "nominee_profile": "neo", "nominee_email": address, "nominee_function": "Head of office, alone here"},
            {"nominee_name": "Somebody Else", "nominee_profile": "policy", "nominee_email": "else@example.net", "nominee_function": "Adviser, to be kept"},
        ]}, 97,
    )  # fmt: skip
    for place, data in {
        "GE-2 cut off.ipynb": hers[: len(hers) * 2 // 3],
        "renamed.ipynb": refused,
        "no file.eml": mail("Core participant 2, Georgia <ge-2@example.org>", f"Dear all,\n{WROTE}. {'x' * 90}\n"),
        "refused.eml": mail("x <ge-2@example.org>", "see file", form__ipynb=refused, other__ipynb=colleague),
        "both.zip": zipped(mine__ipynb=hers, theirs__ipynb=colleague, note__txt=b"a word with it"),
        "deep.zip": zipped(a__zip=zipped(b__zip=zipped(mine__ipynb=hers[:-400]), keep__txt=b"a colleague's note, kept")),
        "a note.docx": docx(note),
        "wide.txt": f"GE-2 rang: {WROTE}".encode("utf-16"),
        "BY-5 half.ipynb": only[: len(only) * 3 // 4],
        "again.ipynb": nomination,
    }.items():  # fmt: skip
        (root / "inbox" / place).write_bytes(data)
        os.utime(root / "inbox" / place, (OLD, OLD))
    chat = root.parent / "chat.txt"
    chat.write_text(
        f"09:12:01 From Core participant 2, Georgia to Everyone:\n\t{WROTE}\n"
        "09:13:01 From Somebody to Everyone:\n\tWhat others said in the chat, to be kept\n", "utf-8"
    )  # fmt: skip
    said_in_it = ["chat", str(chat), "--session", "d1-fuss"]
    for words in (
        ["collect"],
        said_in_it,
        ["prepare", "--country", "GE"],
        ["report"],
        ["publish"],
        ["sheets"],
    ):
        in_process.seminar(root, *words)
    core = root / "dossiers" / "core"
    shutil.copy(core / "GE.json", core / ".GE.json.x1y2.tmp")
    (root / "output" / "old copy.json.gz").write_bytes(
        gzip.compress((core / "GE.json").read_bytes())
    )
    pack = root / "packs" / "GE" / "GE-2"
    (pack / ".ipynb_checkpoints").mkdir()
    (pack / ".ipynb_checkpoints" / "x-checkpoint.ipynb").write_bytes(hers)
    (root / "packs" / "GE" / "GE-1" / ".earlier").mkdir(parents=True)
    (root / "packs" / "GE" / "GE-1" / ".earlier" / "questions-3.ipynb").write_bytes(colleague)
    return root


def docx(file: Any) -> bytes:
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def answers_of(country: str) -> dict[str, set[str]]:
    """Return the longer texts of the sample that each person of a country alone wrote."""
    path = ROOT / "scripts" / "sample" / f"{country}.yml"
    by: dict[str, set[str]] = {}
    for entry in YAML(typ="safe", pure=True).load(path.read_text("utf-8"))["forms"]:
        by.setdefault(f"{country}-{entry['by']}", set()).update(_strings(entry.get("answers", {})))
    return {
        who: {t for t in texts if not any(t in o for w, o in by.items() if w != who)}
        for who, texts in by.items()
    }


def _strings(value: Any) -> set[str]:
    if isinstance(value, str):
        return {line.strip() for line in value.splitlines() if len(line.strip()) > 30}
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {text for part in parts for text in _strings(part)}
