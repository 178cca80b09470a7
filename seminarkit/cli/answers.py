"""``seminar answers``."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from textwrap import wrap

import click

from seminarkit.cli.options import (
    chosen,
    country_option,
    faint,
    heading,
    json_option,
    plural,
    print_json,
    shown_path,
    with_folder,
)
from seminarkit.core.disk.files import write_whole
from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.forms.shapes import fields_in
from seminarkit.core.seminar.clock import moment_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.shown_names import one_line
from seminarkit.core.store.read_store import submissions
from seminarkit.core.submissions.messages_to_organisers import messages
from seminarkit.core.submissions.received_answers import (
    Answer,
    FilledForm,
    filled_forms,
    read_questions,
)
from seminarkit.topics.progress.unread_messages import remember_read

_WIDEST = 100
_SITES = ("public", "core", "groups", "chairs")  # in output/, not for organisers only
ByForm = Mapping[str, Sequence[FilledForm]]


@click.command()
@click.option("--form", "form", metavar="NAME", help="Only this form, such as registration.")
@click.option("--question", metavar="NAME", help="Only this question, such as registration_note.")
@country_option
@json_option
@click.option(
    "--csv",
    "tables",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write CSV files and Excel workbooks into this folder instead.",
)
@with_folder
def command(
    folder: SeminarFolder,
    form: str | None,
    question: str | None,
    countries: tuple[str, ...],
    as_json: bool,
    tables: Path | None,
) -> None:
    """Show who wrote what, form by form and person by person.

    Without --form or --question, it lists the forms and how many of each were received. It shows
    all answers except those that people keep to themselves. It is for organisers only, and so are
    the tables. In the tables, a text that a spreadsheet would run as a formula remains a text.

    \b
    Example:
      seminar answers
      seminar answers --form registration --country GE
      seminar answers --question known_corrections
      seminar answers --csv tables
    """
    if tables:
        _check_place(folder, tables)
    names = _forms(folder, form, question)
    codes = set(chosen(folder, countries, list(folder.seminar.countries))) if countries else set()
    received = submissions(folder.database)
    by_form = {
        name: [
            entry
            for entry in filled_forms(folder, folder.forms[name], received)
            if not codes or entry.country in codes
        ]
        for name in names
    }
    if tables:
        _write(folder, by_form, question, tables)
        return
    if question:
        by_form = {name: list(_answering(forms, question)) for name, forms in by_form.items()}
    if as_json:
        print_json(
            [
                {**asdict(entry), "title": folder.forms[name]["title"]}
                for name, forms in by_form.items()
                for entry in forms
            ]
        )
    elif form or question:
        _show(folder, by_form)
    else:
        _list(folder, by_form)
        return
    if not codes:
        shown = [
            m
            for m in messages(folder, received)
            if m.form in by_form and question in (None, m.question)
        ]
        remember_read(folder, shown)


def _check_place(folder: SeminarFolder, target: Path) -> None:
    """Raise UsageError for a folder inside a site that people other than organisers read."""
    place = Path(os.path.realpath(target))
    sites = {Path(os.path.realpath(folder.site(name))): name for name in _SITES}
    for above in (place, *place.parents):
        for site, name in sites.items():
            same = str(above).casefold() == str(site).casefold()  # one folder on many a disk
            if same or (above.exists() and site.exists() and above.samefile(site)):
                raise UsageError(
                    f"{shown_path(target)} is in output/{name}, which people other than organisers "
                    "can read, and the tables contain all answers. Nothing was written. Choose "
                    "another folder, for example: seminar answers --csv tables"
                )


def _forms(folder: SeminarFolder, form: str | None, question: str | None) -> list[str]:
    """Return the names of the requested forms; raises UsageError with a near match."""
    if form is not None and form not in folder.forms:
        raise UsageError(
            f"'{form}' is not a form of this seminar.{did_you_mean(form, folder.forms)} "
            "See: seminar answers"
        )
    names = [form] if form else list(folder.forms)
    if question is None:
        return names
    asked = {name: _questions(folder, name) for name in names}
    names_asked = [name for name, questions in asked.items() if question in questions]
    if not names_asked:
        known = {name for questions in asked.values() for name in questions}
        place = f"the form '{form}'" if form else "any form of this seminar"
        hint = did_you_mean(question, known)
        raise UsageError(
            f"'{question}' is not a question that organisers can read in {place}.{hint}"
        )
    return names_asked


def _questions(folder: SeminarFolder, form: str) -> set[str]:
    asked = read_questions(folder.forms[form])
    return {f["name"] for field in asked for f in (field, *fields_in(field))}


def _answering(forms: Sequence[FilledForm], question: str) -> Iterator[FilledForm]:
    """Yield the forms that answer a question, with that answer alone."""
    for entry in forms:
        if answers := tuple(_only(entry.answers, question)):
            yield replace(entry, answers=answers, unasked=())


def _only(answers: Sequence[Answer], question: str) -> Iterator[Answer]:
    for answer in answers:
        rows = tuple(row for r in answer.rows if (row := tuple(_only(r, question))))
        if answer.name == question:
            yield answer
        elif rows:
            yield replace(answer, rows=rows)


def _write(folder: SeminarFolder, by_form: ByForm, question: str | None, target: Path) -> None:
    from seminarkit.site.form_tables import answer_files

    if question:
        raise UsageError("A table contains all questions of a form: leave out --question.")
    number = 0
    for name, forms in by_form.items():
        if forms:
            for file, data in answer_files(folder.forms[name], forms).items():
                write_whole(target / file, data, mode=0o600)
                number += 1
    if number:
        click.echo(f"{plural(number, 'file')} in {shown_path(target)}, for organisers only.")
    else:
        click.echo("Nothing has been received yet, so there are no tables.")


def _list(folder: SeminarFolder, by_form: ByForm) -> None:
    width = max(map(len, by_form), default=0)
    for name, forms in by_form.items():
        complete = sum(entry.state == "complete" for entry in forms)
        drafts = f", {plural(len(forms) - complete, 'draft')}" if complete < len(forms) else ""
        state = f"{complete} complete{drafts}" if forms else "none yet"
        click.echo(f"{name:<{width}}  {folder.forms[name]['title']}: {state}")
    click.echo("\nShow one: seminar answers --form NAME")


def _show(folder: SeminarFolder, by_form: ByForm) -> None:
    columns = min(shutil.get_terminal_size().columns, _WIDEST)
    for name, forms in by_form.items():
        click.echo()
        heading(f"{one_line(folder.forms[name]['title'])} ({name})")
        if not forms:
            click.echo("Nothing here yet.")
        for entry in forms:
            about = f", {one_line(entry.about)}" if entry.about else ""
            click.echo(f"\n{entry.country_name}, {one_line(entry.name)} ({entry.person}){about}")
            late = ", late" if entry.late else ""
            faint(f"  {_state(folder.seminar, entry)}{late}; receipt {entry.receipt}")
            _show_answers(entry.answers, "  ", columns)
            if entry.unasked:
                gone = ", ".join(map(one_line, entry.unasked))
                click.echo(f"  Also in the file, but no longer asked: {gone}")


def _state(seminar: Seminar, entry: FilledForm) -> str:
    far = "" if entry.state == "complete" else f" {entry.answered} of {entry.total}"
    saved = moment_words(seminar, entry.saved_at)
    return f"{entry.state}{far}" + (f", saved {saved}" if saved else "")


def _show_answers(answers: Sequence[Answer], indent: str, columns: int) -> None:
    for answer in answers:
        _wrapped(answer.label, indent, columns)
        if not answer.rows:
            for line in answer.shown.splitlines():
                _wrapped(line, indent + "    ", columns)
        for number, row in enumerate(answer.rows, start=1):
            click.echo(f"{indent}  {one_line(answer.row)} {number}")
            _show_answers(row, indent + "    ", columns)


def _wrapped(text: str, indent: str, columns: int) -> None:
    for line in wrap(one_line(text), max(30, columns - len(indent)), break_long_words=False):
        click.echo(indent + line)
