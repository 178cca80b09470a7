"""``seminar version``."""

from __future__ import annotations

from dataclasses import asdict

import click

from seminarkit.cli.decide_locked import deciding
from seminarkit.cli.earlier_decisions import earlier_decision_words, replaced
from seminarkit.cli.options import dry_run_option, faint, json_option, print_json, with_folder
from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.version_decisions import Seen, VersionChosen
from seminarkit.core.store.read_store import judged_forms, seen_by
from seminarkit.core.store.submission import Submission
from seminarkit.core.store.version_states import JudgedVersions
from seminarkit.core.submissions.version_words import (
    SHORT,
    differences,
    find_version,
    standing_words,
    title_of,
    unsettled_lines,
)
from seminarkit.topics.intake.indexing import reapply_choice


@click.command()
@click.argument("name", required=False)
@click.argument("other", metavar="[FORM | VERSION]", required=False)
@click.option("--about", default="", help="Which case study or other subject, if the form has any.")
@dry_run_option
@json_option
@with_folder
def command(
    folder: SeminarFolder,
    name: str | None,
    other: str | None,
    about: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """List the versions of a form, show what differs, and choose which counts.

    Without a decision, the newer complete version counts. A version by somebody else, or one that
    is not clearly newer, needs your decision. Without a NAME, you see the forms that need one. With
    a person and a form, you see all versions of it. With two versions, you see where they differ.
    With one version (its receipt or the beginning of its id), you choose it: it counts from now on,
    until its writer sends one that was made from it, or you choose another. All others are kept.

    \b
    Example:
      seminar version
      seminar version GE-2 country_report
      seminar version GE-7K3F GE-0B2D
      seminar version GE-7K3F
    """
    forms = judged_forms(folder.database, folder.decisions)
    people = {form.counts.person.upper(): form.counts.person for form in forms}
    if name is None:
        _print_unsettled(folder, forms, as_json)
    elif name.upper() in people:
        _print_versions(folder, _of(forms, people[name.upper()], other, about), as_json)
    elif other is not None:
        _print_differences(folder, forms, name, other, as_json)
    else:
        _choose(folder, name, dry_run)


def _of(
    forms: list[JudgedVersions[Submission]], person: str, form: str | None, about: str
) -> list[JudgedVersions[Submission]]:
    """Return the forms of a person, or only the named one; raises UsageError."""
    mine = [filled for filled in forms if filled.counts.person == person]
    if form and form not in {item.counts.form for item in mine}:
        names = {item.counts.form for item in mine}
        raise UsageError(f"{person} has not sent '{form}'.{did_you_mean(form, names)}")
    return [
        item
        for item in mine
        if form in (None, item.counts.form) and (not about or item.counts.subject == about)
    ]


def _print_unsettled(
    folder: SeminarFolder, forms: list[JudgedVersions[Submission]], as_json: bool
) -> None:
    lines = list(unsettled_lines(folder.forms, forms))
    if as_json:
        print_json([{"decide": d, "what": words, "how": how} for d, words, how in lines])
        return
    for decide, words, how in lines:
        click.echo(f"{'needs a decision' if decide else 'changes begun'}: {words}\n    {how}")
    if not any(decide for decide, _, _ in lines):
        click.echo("No version needs a decision.")


def _print_versions(
    folder: SeminarFolder, forms: list[JudgedVersions[Submission]], as_json: bool
) -> None:
    if as_json:
        print_json([_as_json(folder, judged, v) for judged in forms for v in judged.versions])
        return
    for judged in forms:
        click.echo(title_of(folder.forms, judged.counts))
        for version in judged.versions:
            state = "complete" if version.complete else f"draft {version.answered}/{version.total}"
            saved = (version.saved_at or version.moment)[:16].replace("T", " ")
            click.echo(f"  {version.receipt}  {version.version[:SHORT]}  {saved} UTC  {state}")
            form = folder.forms.get(version.form)
            faint(f"      {standing_words(judged, version, form) if form else ''}")


def _as_json(
    folder: SeminarFolder, judged: JudgedVersions[Submission], version: Submission
) -> dict[str, object]:
    return {
        "person": version.person,
        "form": version.form,
        "subject": version.subject,
        "receipt": version.receipt,
        "id": version.version,
        "saved_at": version.saved_at,
        "complete": version.complete,
        "standing": judged.standing(version),
        "needs_decision": version in judged.undecided,
    }


def _print_differences(
    folder: SeminarFolder,
    forms: list[JudgedVersions[Submission]],
    name: str,
    other: str,
    as_json: bool,
) -> None:
    (judged, one), (of_other, two) = find_version(name, forms), find_version(other, forms)
    if judged.counts.form != of_other.counts.form:
        raise UsageError(f"{one.receipt} and {two.receipt} are versions of two different forms.")
    answers = differences(folder.forms[one.form], one, two)
    if as_json:
        print_json([asdict(answer) for answer in answers])
        return
    for answer in answers:
        click.echo(
            f"{answer.label}\n  {one.receipt}: {answer.one}\n  {two.receipt}: {answer.other}"
        )
    if not answers:
        click.echo(f"{one.receipt} and {two.receipt} have the same answers.")


def _choose(folder: SeminarFolder, name: str, dry_run: bool) -> None:
    with deciding(folder, dry_run) as present:
        judged, version = find_version(name, judged_forms(present.database, present.decisions))
        before, title = judged.counts, title_of(folder.forms, version)
        draft = "" if version.complete else " It is a draft."
        instead = f" instead of {before.receipt}" if before is not version else ""
        if dry_run:
            click.echo(f"{title}: {version.receipt} would count{instead}.{draft}")
            return
        decision = _decision(version, seen_by(present))
        earlier = replaced(present.decisions, decision)
        present.decisions.add([decision])
        reapply_choice(present)
    click.echo(f"{title}: {version.receipt} counts now{instead}.{draft}")
    if earlier:
        click.echo(f"  {earlier_decision_words(earlier, decision.at)}")
    if instead:
        click.echo(f"{before.receipt} is kept. To go back: seminar version {before.receipt}")
    click.echo("Next: seminar report, and seminar confirm " + version.person)


def _decision(version: Submission, seen: Seen) -> VersionChosen:
    return VersionChosen(
        version.country,
        version.person,
        version.form,
        version.subject,
        version.instance,
        version.version,
        version.receipt,
        seen,
        at=now(),
    )
