"""A small seminar in each state, and every later command run on it after one line was edited."""

from __future__ import annotations

import json
import os
import shutil
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from shared import ROOT

from seminarkit.cli.main import seminar as group
from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.bundle import output, payload
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.reports.parameters import TAG, cells_of, source_of, tags_of
from seminarkit.reports.plan import planned
from seminarkit.topics.packs.form_notebook import form_cells, form_notebook, read_prose
from seminarkit.topics.packs.personal_form import form_for

SMALL = ROOT / "tests" / "cases" / "checked" / "seminar.yml"
PLACES = ("templates/forms", "notebooks/prepare", "notebooks/discuss", "notebooks/report")
# in the order of the work
COMMANDS: Sequence[Sequence[str]] = (
    ("prepare", "--country", "GE"),
    ("collect", "--verbose"),
    ("nominate",),
    ("status",),
    ("status", "--json"),
    ("remind", "--dry-run"),
    ("remind",),
    ("ask", "GE", "Which of them carry credits?"),
    ("ask", "XK", "Which of them carry credits?", "--dry-run"),
    ("extend", "GE", "country_report", "2020-12-01"),
    ("links",),
    ("groups", "--seconds", "0.2"),
    ("groups", "--seconds", "0.2", "--keep", "--yes"),
    ("sheets",),
    ("questions",),
    ("question", "GE-2-q1", "--parked"),
    ("notes", "--html"),
    ("answers",),
    ("confirm",),
    ("statement",),
    ("next",),
    ("next", "--json"),
    ("next", "--role", "chair"),
    ("next", "--who", "GE-2"),
    ("next", "--who", "GE"),
)
# these take the most of the time: notebooks with a kernel, Word, all files read once more
SLOW: Sequence[Sequence[str]] = (
    ("prepare", "--word"),
    ("report", "--json"),
    ("recap",),
    ("conclude",),
    ("publish",),
    ("verify",),
    ("forget", "GE-2", "--dry-run"),
)


@dataclass(frozen=True)
class Edit:
    """One line of one file written otherwise; ``line`` counts from 1."""

    file: str
    line: int
    text: str | None  # None takes the line away
    why: str

    def __str__(self) -> str:
        written = "(taken away)" if self.text is None else self.text.strip()
        return f"{self.file}:{self.line} {self.why}: {written}"


def fresh(root: Path) -> SeminarFolder:
    """Make the small seminar with forms and notebooks of its own, and nothing collected."""
    root.mkdir(parents=True)
    shutil.copy(SMALL, root / "seminar.yml")
    for place in PLACES:
        shutil.copytree(ROOT / place, root / place, ignore=shutil.ignore_patterns(".*"))
    (root / "inbox").mkdir()
    return SeminarFolder(root)


def begun(root: Path) -> SeminarFolder:
    """Make the small seminar in which everybody has sent something and the groups are decided."""
    folder = fresh(root)
    for person in ("GE-1", "GE-2", "XK-2"):
        for form in ("pre_survey", "questions", "registration", "country_report", "learning_check"):
            _send(folder, person, form, "before" if form == "learning_check" else "")
    _send(folder, "GE-NEO", "nomination")
    _send(folder, "GE-2", "case_review", "dcu")
    _send(folder, "GE-2", "strategy_plan", "national")
    _send(folder, "GE-2", "mini_statement")
    _send(folder, "decker", "case_study_submission", "ghent")
    quietly(folder.root, "collect")
    quietly(folder.root, "groups", "--seconds", "0.2", "--keep", "--yes")
    folder = SeminarFolder(root)
    _send(folder, "colucci", "day_notes", folder.seminar.seating["d1-groups"][0].id)
    sitting = next((g for g in folder.seminar.seating["d2-groups"] if g.people), None)
    assert sitting is not None
    quietly(
        folder.root,
        "groups",
        "--rapporteur",
        f"{sitting.people[0]}={sitting.id}",
        "--keep",
        "--yes",
    )
    folder = SeminarFolder(root)
    _send(folder, sitting.people[0], "group_notes", sitting.id)
    quietly(folder.root, "collect")
    _send(SeminarFolder(root), "XK-NEO", "nomination")  # waits in the inbox
    return SeminarFolder(root)


def quietly(root: Path, *words: str) -> str:
    """Run a command that must go well."""
    result, printed = run(root, *words)
    assert not result and printed.code == 0, (words, result, printed.text)
    return printed.text


@dataclass(frozen=True)
class Printed:
    """How a command ended, and what it wrote."""

    code: int
    text: str


def run(root: Path, *words: str) -> tuple[str, Printed]:
    """Run a command in this process; return what went wrong inside of it, and what it printed."""
    with chdir(root):
        result = CliRunner().invoke(group, words)
    error = result.exception
    text = result.stdout + (str(error) if isinstance(error, SeminarError) else "")
    printed = Printed(result.exit_code, text)
    if error is None or isinstance(error, SeminarError | SystemExit):
        return "", printed
    return _words(error), printed


def _words(error: BaseException) -> str:
    lines = traceback.extract_tb(error.__traceback__)
    ours = [line for line in lines if "seminarkit" in line.filename] or [*lines]
    where = " < ".join(f"{Path(t.filename).name}:{t.lineno}" for t in reversed(ours[-4:]))
    return f"{type(error).__name__}: {error} [{where}]"


def apply(root: Path, edit: Edit) -> None:
    """Write one line of a file otherwise."""
    path = root / edit.file
    lines = path.read_text("utf-8").split("\n")
    lines[edit.line - 1 : edit.line] = [] if edit.text is None else [edit.text]
    path.write_text("\n".join(lines), "utf-8")


def crashes(
    root: Path, commands: Sequence[Sequence[str]], *, and_reports: bool = False
) -> Iterator[str]:
    """Yield what is wrong inside of these commands: nothing where ``check`` refuses the seminar.

    A crash of ``check`` itself is one as well. ``and_reports`` runs the cells of all reports, too.
    """
    wrong, printed = run(root, "check")
    if wrong:
        yield f"check: {wrong}"
    if wrong or printed.code:
        return
    for words in commands:
        wrong, printed = run(root, *words)
        if wrong:
            yield f"{' '.join(words)}: {wrong}"
        elif words[0] == "report":
            yield from (f"report: {each}" for each in _failed(printed.text))
        elif words[0] in ("recap", "conclude") and "stopped at cell" in printed.text:
            yield f"{words[0]}: {printed.text}"
    if and_reports:
        yield from shown(root)


def shown(root: Path) -> Iterator[str]:
    """Run the cells of every report one by one in this process; yield what is wrong with them.

    A kernel for each would take a hundred times as long. It is what notebooks call that is tried.
    """
    with chdir(root):
        folder = SeminarFolder(root)
        try:
            dossiers = build_dossiers(folder, submissions(folder.database))
            reports = planned(folder, dossiers, [*folder.seminar.countries], over_all=True)
        except SeminarError:
            return
        except Exception as error:
            yield f"dossiers: {_words(error)}"
            return
        for report in reports:
            names: dict[str, Any] = {}
            for cell in cells_of(report.notebook):
                if cell["cell_type"] == "code":
                    try:
                        exec(source_of(cell), names)
                    except Exception as error:
                        yield f"{report.name} {source_of(cell)[:80]}: {_words(error)}"
                if TAG in tags_of(cell):
                    names["dossier"] = str(report.dossier)


def _failed(text: str) -> Iterator[str]:
    """Yield the reports that failed of something else than a sentence for people."""
    try:
        failed = json.loads(text)["failed"]
    except ValueError:
        return  # it ended in a sentence
    for each in failed:
        yield f"{each['report']} {each['cell']}: {each['reason']}"


def _send(folder: SeminarFolder, person: str, form: str, subject: str = "") -> None:
    made = form_for(folder, form, person, subject)
    book = form_notebook(read_prose(folder.form_notebook(form)), made)
    for cell in form_cells(book):
        answers = answered(made["fields"], person)
        cell["outputs"] = [output(made, payload(made, answers, 5, "2020-11-10T10:00:00Z"))]
    path = folder.inbox / f"{person}-{form}.ipynb"
    path.write_text(json.dumps(book), "utf-8")
    os.utime(path, (1_600_000_000, 1_600_000_000))


_FITTING = {
    "nominee_profile": "neo",
    "signed_final": "yes",
    "signed_receipt": "GE-7K3F",
    "second_case": "dcu",
    "taken_up": [],
}


def answered(fields: Sequence[Mapping[str, Any]], person: str) -> dict[str, Any]:
    """Return an answer to each question of a compiled form."""
    answers: dict[str, Any] = {}
    for field in fields:
        name, kind = field["name"], field["type"]
        if kind == "group":
            answers |= answered(field["fields"], person)
        elif kind == "repeat":
            rows = range(max(1, field.get("min") or 1))
            answers[name] = [_row(field["fields"], person, number) for number in rows]
        elif kind != "note":
            answers[name] = _FITTING.get(name, _answer(field, person))
    return answers


def _row(fields: Sequence[Mapping[str, Any]], person: str, number: int) -> dict[str, Any]:
    row = answered(fields, person)
    for name, value in row.items():
        if isinstance(value, str) and name.endswith(("email", "link", "name")):
            row[name] = value.replace("one", f"one{number}")
    return row


def _answer(field: Mapping[str, Any], person: str) -> Any:
    kind, name = field["type"], field["name"]
    if kind in ("select_one", "select_multiple"):
        choices = [choice for choice, _ in field["choices"]]
        return choices[:1] if kind == "select_multiple" else "".join(choices[:1])
    if kind == "integer":
        return 3
    if name.endswith("email"):
        return f"one-{person.lower()}@example.org"
    if field.get("appearance") == "url":
        return f"https://example.org/one/{person.lower()}"
    return "GE, LO1" if field.get("codes") else f"Words of one, {person} on {name}."
