"""Writes one pack per delegation: each person's forms as notebooks and pages.

Presenters of case studies have a pack of their own, ``packs/cases/``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from seminarkit.core.disk.files import sweep, to_json, write_whole
from seminarkit.core.forms.answer_versions import version_id
from seminarkit.core.forms.answers_schema import answers_schema
from seminarkit.core.forms.plain_text_form import plain_form
from seminarkit.core.forms.renamed_questions import carried_over
from seminarkit.core.forms.shapes import Audience, Payload, PersonalForm
from seminarkit.core.seminar.assignments import Assignment, Author, assignments, contact_id
from seminarkit.core.seminar.clock import deadline_words, session_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar, Task
from seminarkit.core.seminar.roles import CASE_PRESENTER, role_of
from seminarkit.core.store.read_store import version_ids
from seminarkit.topics.packs.form_notebook import form_cells, form_notebook, prose_of, with_advice
from seminarkit.topics.packs.form_page import form_page
from seminarkit.topics.packs.guides import pack_guide
from seminarkit.topics.packs.introduction import purpose_text
from seminarkit.topics.packs.opened_pack import is_from_open, own_answers, pack_answers, task_facts
from seminarkit.topics.packs.prefill import PrefillState, prefill_state, starting_form
from seminarkit.topics.packs.reading_links import shelf_names, shelf_page, shelf_text
from seminarkit.topics.packs.tasks_page import tasks_page
from seminarkit.topics.packs.text_templates import read_template

LINK_FILE = "my link.txt"  # written by 'seminar links'

_GUIDES = """
  A guide with pictures: {}
"""
_WORD = """
If you prefer Word
  Every task is also a Word document (its name ends in .docx). Write in its boxes, click the
  squares that apply, save it, and send it. Use only one of the three for each task.
"""


@dataclass(frozen=True)
class Pack:
    """The pack written for one delegation or for the presenters; ``name`` is its folder's name.

    ``kept`` are the notebooks with answers written in the pack itself; they are preserved.
    """

    name: str
    folder: Path
    files: tuple[Path, ...]
    changed: int
    left_over: tuple[Path, ...]
    kept: tuple[Path, ...] = ()


class _File(NamedTuple):
    """One file of a pack; ``is_edited`` if it contains answers written in the pack itself."""

    path: Path
    content: str | bytes
    is_edited: bool = False


def pack_names(folder: SeminarFolder) -> list[str]:
    """Return the names of all packs: the codes of countries with people, and ``cases``."""
    authors = (assignment.author for assignment in assignments(folder.seminar))
    return list(dict.fromkeys(folder.pack(author.country).name for author in authors))


def prepare(
    folder: SeminarFolder,
    names: Sequence[str],
    on_done: Callable[[str], None] = lambda _: None,
    *,
    word: bool = False,
) -> list[Pack]:
    """Write these packs; the same input gives the same bytes.

    Files of people who have left the delegation are reported but not deleted. ``on_done`` is called
    with the name of each finished pack. ``word`` adds each form as a Word document; Word documents
    of earlier runs stay.
    """
    authors_by_pack: dict[str, dict[Author, list[Assignment]]] = {}
    for assignment in assignments(folder.seminar):
        people = authors_by_pack.setdefault(folder.pack(assignment.author.country).name, {})
        people.setdefault(assignment.author, []).append(assignment)
    so_far, stored = prefill_state(folder), version_ids(folder.database)
    packs = []
    shelves: dict[Audience, list[tuple[str, str]]] = {}
    for name in names:
        target = folder.packs / name
        written: dict[Path, bool] = {}
        edited = []
        audience: Audience = "public" if target == folder.pack("") else "core"
        if audience not in shelves:
            shelves[audience] = [
                (shared, shelf_page(folder, shared, audience)) for shared in shelf_names(folder)
            ]
        shelf = shelves[audience]
        for file in _files(folder, authors_by_pack[name], target, so_far, stored, shelf, word=word):
            # a notebook that nobody edited can always be made again
            written[file.path] = write_whole(file.path, file.content, precious=file.is_edited)
            edited += [file.path] if file.is_edited else []
        sweep(target)
        files = (path for path in target.rglob("*") if path.is_file())
        packs.append(
            Pack(
                name,
                target,
                tuple(written),
                sum(written.values()),
                tuple(sorted(path for path in files if not _is_known(path, target, written))),
                tuple(edited),
            )
        )
        on_done(name)
    return packs


def write_forms(folder: SeminarFolder) -> list[Path]:
    """Write every compiled form and the JSON Schema of its answers, for use by other tools."""
    written = []
    for name, form in folder.forms.items():
        for ending, value in (("json", form), ("schema.json", answers_schema(form))):
            path = folder.packs / "forms" / f"{name}.{ending}"
            write_whole(path, to_json(value))
            written.append(path)
    return written


def _is_known(path: Path, pack: Path, written: Mapping[Path, bool]) -> bool:
    """Return whether the kit made a file: now, in an earlier run, or by 'seminar open'."""
    if path.name == LINK_FILE:
        return path.with_name("index.html") in written
    word_side = path.suffix == ".docx" and path.with_suffix(".ipynb") in written
    return path in written or word_side or is_from_open(path, pack)


def _files(
    folder: SeminarFolder,
    people: dict[Author, list[Assignment]],
    target: Path,
    so_far: PrefillState,
    stored: Collection[str],
    shelf: Sequence[tuple[str, str]],
    *,
    word: bool,
) -> Iterator[_File]:
    page = read_template(folder, "prepare", "page.html")
    guides: set[str] = set()
    for author, assigned in people.items():
        listed = []
        for assignment in assigned:
            handout = starting_form(folder, assignment, so_far)
            if handout is None:
                continue
            form, filled = handout
            prose = prose_of(folder, form)
            stem = target / author.id / form["file"]
            own = own_answers(stem.with_suffix(".ipynb"), filled, stored)
            answers, is_edited = pack_answers(filled, carried_over(form, own) if own else None)
            book = with_advice(form_notebook(prose, form, answers), form)
            (cell,) = form_cells(book)
            cell["metadata"]["seminarkit"]["handed"] = version_id(filled if is_edited else answers)
            book["metadata"]["seminarkit"] = {"task": task_facts(folder.seminar, assignment)}
            yield _File(stem.with_suffix(".ipynb"), to_json(book), is_edited)
            yield _File(stem.with_suffix(".html"), form_page(page, book, form))
            if assignment.task.sessions:
                yield _File(stem.with_suffix(".txt"), plain_form(form))
            if word:
                yield _File(stem.with_suffix(".docx"), _document(form, answers))
            listed.append((assignment, form))
        guides.add(_guide_for(folder.seminar, author))
        tasks = tasks_page(folder, author, listed)
        yield _File(target / author.id / "index.html", tasks)
    for name in sorted(guides):
        guide = pack_guide(read_template(folder, "prepare", "guide.html"), folder, name)
        yield _File(target / f"guide-{name}.html", guide)
    for shared, text in shelf:
        yield _File(target / shared, text)
    files = [f"guide-{name}.html" for name in sorted(guides)]
    yield _File(target / "README.txt", _readme(folder, people, files, word=word))


def _guide_for(seminar: Seminar, author: Author) -> str:
    """Return the name of the guide for a person's pack."""
    if not author.country:
        return "presenter" if role_of(seminar, author.role).presents_case else "chair"
    return "neo" if author.id == contact_id(author.country) else "participant"


def _document(form: PersonalForm, filled: Payload) -> bytes:
    # imported here because it is slow to load and seldom needed
    from seminarkit.topics.packs.word_form_writer import form_document

    return form_document(form, filled, handed_out=True)


def _readme(
    folder: SeminarFolder,
    people: dict[Author, list[Assignment]],
    guides: Sequence[str],
    *,
    word: bool,
) -> str:
    seminar, country = folder.seminar, next(iter(people)).country
    tasks = [t for t in seminar.tasks if any(a.task == t for own in people.values() for a in own)]
    by_due = sorted(tasks, key=lambda task: seminar.due(task, country))
    lines = [_task_lines(seminar, task, country) for task in by_due]
    note = seminar.footnote(country) if country else None
    return read_template(folder, "prepare", "README.txt").substitute(
        seminar=seminar.title,
        whom=f"the delegation of {seminar.in_text(country)}" if country else CASE_PRESENTER.plural,
        footnote=f"* {note}\n\n" if note else "",
        people="\n".join(f"  {author.id:<8} {author.name}" for author in people),
        tasks="\n".join(lines),
        send_to=seminar.send_to,
        guides=_GUIDES.format(" and ".join(guides)) if guides else "",
        word=_WORD if word else "",
        about=purpose_text(seminar),
        sessions="\n".join(_session_lines(seminar, country)),
        readings=shelf_text(folder) if country else "",
        example=f"{next(iter(people)).id}/index.html",
    )


def _session_lines(seminar: Seminar, country: str) -> Iterator[str]:
    for session in (s for s in seminar.sessions if s.access):
        yield f"  {session_words(seminar, session, country)}\n    {session.title}"


def _task_lines(seminar: Seminar, task: Task, country: str) -> str:
    names = list(task.subject_names.values())
    title = f"{task.title}: {' or '.join(names)}" if names else task.title
    title += ", for the NEO" if task.per == "contact" else ""
    offers = {"asked": "", "group": ", for your discussion group", "offer": ", if you like"}
    notes = "".join(f"\n    ({note})" for note in (task.due_note, task.needed_note) if note)
    return (
        f"  {title} (about {task.minutes} minutes{offers[seminar.kind_of(task)]})\n"
        f"    by {deadline_words(seminar, task, country)}{notes}"
    )
