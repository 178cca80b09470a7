"""Makes one summary from the notes, for ``seminar recap`` and ``seminar conclude``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

import click

from seminarkit.cli import failure_lines, intake_lines
from seminarkit.cli.options import print_json, shown_path, urgent
from seminarkit.core.disk.attempts import Attempts, NotMade
from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.core.submissions.set_aside_files import set_aside
from seminarkit.topics.conclusions.dossier import SummaryDossier

if TYPE_CHECKING:
    from seminarkit.reports.engine.engines import Failure
    from seminarkit.reports.run_record import Report


def summarise(folder: SeminarFolder, subject: str, *, take_in: bool, as_json: bool) -> None:
    """Make one summary and print where its files are and what is missing in them.

    If its notebook or a document fails, the others are still made. Raises SeminarError if no groups
    are decided yet.
    """
    from seminarkit.reports.batch import load_ahead, run_batch
    from seminarkit.reports.plan import planned
    from seminarkit.site.publishing import publish_summary
    from seminarkit.topics.conclusions.dossier_files import write_summaries
    from seminarkit.topics.conclusions.newer_notes import newer_notes
    from seminarkit.topics.intake.collect import collect

    load_ahead()
    collected = collect(folder) if take_in else None
    if collected and not as_json:
        intake_lines.show(folder, collected)
    attempts = Attempts()
    dossiers = write_summaries(folder, submissions(folder.database), attempts)
    wanted = {key: path for key, path in dossiers.items() if key[1] == subject}
    if not wanted and not attempts.failures:
        raise SeminarError(
            "No discussion groups are decided yet, so there is nothing to sum up. Decide them: "
            "seminar groups --keep"
        )
    reports = planned(folder, wanted, [], over_all=True)
    say = partial(click.echo, err=True)
    result = run_batch(reports, folder.root, jobs=len(reports), say=say)
    made = publish_summary(folder, subject)
    failed = [
        *(NotMade(n, why, (folder.root / n).is_file()) for n, why in attempts.failures.items()),
        *(_of_report(report, failure) for report, failure in result.failed),
        *made.not_made,
    ]
    place = folder.dossiers / "core" / f"{subject}.json"
    if not place.is_file():
        raise SeminarError("\n".join(failure_lines.not_made_lines(failed)))
    dossier: SummaryDossier = json.loads(place.read_text(encoding="utf-8"))
    if as_json:
        files = [shown_path(path) for path in made.paths]
        came = {"collected": intake_lines.as_json(folder, collected)} if collected else {}
        aside = [asdict(file) for file in set_aside(folder)]
        sentences = [_with_step(dossier["steps"], sentence) for sentence in dossier["attention"]]
        attention = {"attention": sentences, "set_aside": aside}
        print_json({"files": files, **attention, "failed": failure_lines.as_json(failed)} | came)
        raise SystemExit(failure_lines.end_code(failed))
    _show(dossier, [shown_path(path) for path in made.paths])
    for note in newer_notes(folder):
        click.echo(f"To use the newer notes of {note.group} as they are: {note.command}")
    if not collected:
        intake_lines.show_set_aside(folder)
    failure_lines.show_not_made(failed)
    raise SystemExit(failure_lines.end_code(failed))


def _of_report(report: Report, failure: Failure) -> NotMade:
    """Return the failure of a notebook: its earlier page stays, its documents are made."""
    where = f"Its notebook stopped at cell '{failure.cell}'" if failure.cell else "It stopped"
    return NotMade(f"the page of {report.name}", f"{where}: {failure.reason}", report.page.exists())


def _with_step(steps: Mapping[str, str], sentence: str) -> str:
    """Return a sentence with the command that solves it, if there is one."""
    return " ".join(filter(None, [sentence, steps.get(sentence, "")]))


def _show(dossier: SummaryDossier, paths: list[str]) -> None:
    from seminarkit.core.submissions.dossier import Dossier
    from seminarkit.topics.conclusions.speaking_time_words import spoken_words
    from seminarkit.topics.conclusions.view import lead

    click.echo(lead(Dossier(dossier)))
    click.echo(spoken_words(dossier["spoken"]))
    for sentence in dossier["attention"]:
        words = f"Attention: {_with_step(dossier['steps'], sentence)}"
        (urgent if sentence in dossier["urgent"] else click.echo)(words)
    click.echo("Files to give out:")
    for path in paths:
        click.echo(f"  {path}")
