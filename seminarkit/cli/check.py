"""``seminar check``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict

import click

from seminarkit.cli.options import json_option, plural, print_json, with_folder
from seminarkit.core.disk.shared_disks import warnings_of
from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.promises import audiences_of
from seminarkit.core.seminar.checks import check_programme
from seminarkit.core.seminar.date_checks import check_dates
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.form_checks import check_forms
from seminarkit.core.seminar.reference_messages import check_references
from seminarkit.core.seminar.timetable_checks import MUST_BE_MENDED, CheckFinding
from seminarkit.core.store.promise_log import read_promises
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.progress.answers_without_question import unasked_answers

_HEADINGS = {
    "error": "Must be corrected",
    "clash": "Must be corrected: people in two places",
    "access": "Who may come",
    "time": "Times that do not add up, or gaps",
    "date": "Dates and deadlines",
    "role": "Roles without a person",
    "open": "Still open",
    "delegation": "Delegations",
    "address": "Addresses",
    "reader": "Who may read what",
    "answer": "Answers received",
    "notebook": "Notebooks",
    "content": "Texts",
}


@click.command()
@json_option
@click.option("--content", is_flag=True, help="Also check the texts, as a reader would.")
@click.option("--strict", is_flag=True, help="Exit with code 1 for any finding.")
@with_folder
def command(folder: SeminarFolder, as_json: bool, content: bool, strict: bool) -> None:
    """Show what is wrong or still open in the programme.

    It reads seminar.yml, the forms, the case studies, the readings, the terms, the facts and your
    own notebooks. Each mistake is shown with its line. Exit code 1 means that a file cannot be
    read, that something named in a file does not exist, or that people are in two places at once.
    What passes this check can be run by every later command. It then looks for gaps in the
    timetable, days that look wrong, roles without a person, and incomplete delegations.

    With --content it also checks the texts. It looks for facts without a source or the day on which
    it was read, years after the seminar that are not marked, and readings that nobody has seen. It
    also looks for answers in the table of definitions without their place in the text, tasks whose
    minutes do not fit, words from another seminar, and long sentences in texts for participants.

    \b
    Example:
      seminar check
      seminar check --content
      seminar check --json | jq '.findings[] | select(.kind == "role")'
    """
    seminar = folder.seminar
    forms, cases, readings, facts = folder.forms, folder.cited_cases, folder.readings, folder.facts
    terms = len(folder.glossary) + len(folder.definitions.definitions)
    findings = [
        *check_references(folder),
        *_own_notebooks(folder),
        *check_programme(seminar),
        *check_dates(seminar),
        *check_forms(folder),
        *_decided_groups(folder),
        *_promised(folder),
        *_without_question(folder),
        *(_content(folder) if content else ()),
    ]
    if as_json:
        print_json({"seminar": seminar.id, "findings": [asdict(f) for f in findings]})
    else:
        click.echo(
            f"{seminar.title}\n{plural(len(seminar.sessions), 'session')}, "
            f"{plural(len(seminar.countries), 'country', 'countries')}, "
            f"{plural(len(forms), 'form')}, "
            f"{plural(len(cases), 'case study', 'case studies')}, "
            f"{plural(len(readings), 'reading')}, "
            f"{plural(terms, 'term or definition', 'terms and definitions')}, "
            f"{plural(len(facts.sources), 'source')}: all can be read."
        )
        for kind, heading in _HEADINGS.items():
            of_kind = [f for f in findings if f.kind == kind]
            if of_kind:
                click.echo(f"\n{heading}")
            for finding in of_kind:
                where = f"{finding.where}:" if kind == "error" else f"{finding.where:<16}"
                click.echo(f"  {where} {finding.text}")
        click.echo(f"\n{plural(len(findings), 'point')} to look at.")
        if warnings_of(folder.root):
            click.echo("Attention: other computers may write to this folder; see seminar doctor.")
    wrong = any(f.kind in MUST_BE_MENDED for f in findings)
    raise SystemExit(1 if wrong or (strict and findings) else 0)


def _content(folder: SeminarFolder) -> list[CheckFinding]:
    from seminarkit.topics.packs.content_checks import check_content

    return check_content(folder)


def _promised(folder: SeminarFolder) -> Iterator[CheckFinding]:
    """Yield a finding for each form with a wider audience than its version promised."""
    promises = read_promises(folder)
    for name, form in folder.forms.items():
        promise = promises.get((name, form["version"]))
        for question, audience in audiences_of(form).items() if promise else ():
            if promise and not promise.allows(question, audience):
                yield CheckFinding(
                    "reader",
                    f"{name}.yml",
                    f"Version {form['version']} promised '{question}' to fewer readers. Answers to "
                    "that version remain for those readers only. Give the form another 'version', "
                    "so that new answers are for the new readers.",
                )
                break


def _without_question(folder: SeminarFolder) -> Iterator[CheckFinding]:
    """Yield a finding for answers whose question was removed or renamed.

    An unreadable store is ignored here: commands that need it report the error.
    """
    with suppress(SeminarError):
        for lost in unasked_answers(folder, submissions(folder.database)):
            yield CheckFinding("answer", f"{lost.form}.yml", str(lost))


def _decided_groups(folder: SeminarFolder) -> Iterator[CheckFinding]:
    """Yield differences between the decided groups and the programme."""
    from seminarkit.topics.groups.differences import differences

    for sentence in differences(folder.seminar):
        yield CheckFinding("open", "groups", sentence)


def _own_notebooks(folder: SeminarFolder) -> Iterator[CheckFinding]:
    """Yield errors and unusual things in the seminar's own notebooks."""
    from seminarkit.reports.notebook_checks import check_report_notebooks
    from seminarkit.topics.packs.form_notebook import read_prose

    yield from check_report_notebooks(folder)
    for name in folder.forms:
        path = folder.form_notebook(name)
        if path.is_relative_to(folder.root) and path.exists():
            try:
                read_prose(path)
            except SeminarError as error:
                yield CheckFinding("error", path.name, str(error))
