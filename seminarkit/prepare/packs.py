"""Writes a pack per delegation: for each person the notebook and the page of each form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from seminarkit.files import to_json, write_whole
from seminarkit.forms.bundle import PersonalForm
from seminarkit.forms.schema import answers_schema
from seminarkit.prepare.notebook import form_notebook, read_prose
from seminarkit.prepare.page import form_page
from seminarkit.prepare.personal import form_for
from seminarkit.seminar.clock import deadline_words
from seminarkit.seminar.folder import SeminarFolder

_WORD = """
If you rather write in Word
  Every task is there as a Word document too (name ends in .docx). Write in its boxes, click
  the squares that apply, save it, and send it. Fill in one of the three, not several.
"""


@dataclass(frozen=True)
class Pack:
    """What was made for one delegation."""

    country: str
    folder: Path
    files: tuple[Path, ...]
    changed: int
    left_over: tuple[Path, ...]


def prepare(
    folder: SeminarFolder,
    countries: Sequence[str],
    done: Callable[[str], None] = lambda _: None,
    *,
    word: bool = False,
) -> list[Pack]:
    """Write the packs of these countries; the same input gives the same bytes.

    Files of people who are no longer in the delegation are left and named, never deleted.
    ``done`` is called with each country's code when its pack is whole. ``word`` adds each form as a
    Word document; those that an earlier run made stay.
    """
    packs = []
    for code in countries:
        target = folder.packs / code
        files = _files(folder, code, target, word)
        written = {path: write_whole(path, content) for path, content in files}
        there = (path for path in target.rglob("*") if path.is_file())
        packs.append(
            Pack(
                code,
                target,
                tuple(written),
                sum(written.values()),
                tuple(sorted(path for path in there if not _is_known(path, written))),
            )
        )
        done(code)
    return packs


def write_forms(folder: SeminarFolder) -> list[Path]:
    """Write every compiled form and the JSON Schema of its answers, for other people's tools."""
    written = []
    for name, form in folder.forms.items():
        for ending, value in (("json", form), ("schema.json", answers_schema(form))):
            path = folder.packs / "forms" / f"{name}.{ending}"
            write_whole(path, to_json(value))
            written.append(path)
    return written


def _is_known(path: Path, written: Mapping[Path, bool]) -> bool:
    """Say whether a file is of this pack: written now, or the Word side of a form that was."""
    return path in written or (path.suffix == ".docx" and path.with_suffix(".ipynb") in written)


def _files(
    folder: SeminarFolder, code: str, target: Path, word: bool
) -> Iterator[tuple[Path, str | bytes]]:
    page = Template(folder.material("templates", "prepare", "page.html").read_text("utf-8"))
    for person in folder.seminar.delegations[code]:
        for name in folder.forms:
            form = form_for(folder, name, person.id)
            prose = read_prose(folder.material("notebooks", "prepare", f"{name}.ipynb"))
            book = form_notebook(prose, form)
            stem = target / person.id / form["file"]
            yield stem.with_suffix(".ipynb"), to_json(book)
            yield stem.with_suffix(".html"), form_page(page, book, form)
            if word:
                yield stem.with_suffix(".docx"), _document(form)
    yield target / "README.txt", _readme(folder, code, word)


def _document(form: PersonalForm) -> bytes:
    from seminarkit.prepare.word import form_document  # slow to load, and seldom asked for

    return form_document(form)


def _readme(folder: SeminarFolder, code: str, word: bool) -> str:
    seminar = folder.seminar
    tasks = "\n".join(
        f"  {task.title} (about {task.minutes} minutes)\n"
        f"    by {deadline_words(seminar, task.form, code)}"
        for task in seminar.tasks
    )
    people = "\n".join(f"  {p.id}   {p.name}" for p in seminar.delegations[code])
    text = folder.material("templates", "prepare", "README.txt").read_text("utf-8")
    return Template(text).substitute(
        seminar=seminar.title,
        country=seminar.display_name(code),
        footnote=f"* {note}\n\n" if (note := seminar.footnote(code)) else "",
        people=people,
        tasks=tasks,
        send_to=seminar.send_to,
        word=_WORD if word else "",
        example=f"{seminar.delegations[code][0].id}-{seminar.tasks[0].form}",
    )
