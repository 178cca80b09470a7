"""What ``seminar recap`` and ``seminar conclude`` share: one summary, from notes to its files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

import click

from seminarkit.analyse.set_aside import set_aside
from seminarkit.attempts import Attempts, NotMade
from seminarkit.cli import not_made, taken_in
from seminarkit.cli.common import print_json, shown_path, urgent
from seminarkit.errors import SeminarError
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.reading import submissions
from seminarkit.topics.conclusions.dossier import SummaryDossier

if TYPE_CHECKING:
    from seminarkit.report.engine import Failure
    from seminarkit.report.record import Report


def summarise(folder: SeminarFolder, subject: str, *, take_in: bool, as_json: bool) -> None:
    """Make one summary anew and say where its files lie and what is missing in them.

    Where its notebook or a document fails, all else is made. Raises SeminarError where there are no
    groups yet.
    """
    from seminarkit.analyse.newer_notes import newer_notes
    from seminarkit.analyse.summary_files import write_summaries
    from seminarkit.collect.collecting import collect
    from seminarkit.publish.publishing import publish_summary
    from seminarkit.report.batch import load_ahead, run_batch
    from seminarkit.report.plan import planned

    load_ahead()
    collected = collect(folder) if take_in else None
    if collected and not as_json:
        taken_in.show(folder, collected)
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
        raise SeminarError("\n".join(not_made.not_made_lines(failed)))
    dossier: SummaryDossier = json.loads(place.read_text(encoding="utf-8"))
    if as_json:
        files = [shown_path(path) for path in made.paths]
        came = {"collected": taken_in.as_json(folder, collected)} if collected else {}
        aside = [asdict(each) for each in set_aside(folder)]
        sentences = [_with_step(dossier["steps"], sentence) for sentence in dossier["attention"]]
        attention = {"attention": sentences, "set_aside": aside}
        print_json({"files": files, **attention, "failed": not_made.as_json(failed)} | came)
        raise SystemExit(not_made.end_code(failed))
    _show(dossier, [shown_path(path) for path in made.paths])
    for each in newer_notes(folder):
        click.echo(f"To take newer notes of {each.group} as they are: {each.command}")
    if not collected:
        taken_in.show_set_aside(folder)
    not_made.show_not_made(failed)
    raise SystemExit(not_made.end_code(failed))


def _of_report(report: Report, failure: Failure) -> NotMade:
    """Return what is said of a notebook that failed: its page stays, its documents are made."""
    where = f"Its notebook stopped at cell '{failure.cell}'" if failure.cell else "It stopped"
    return NotMade(f"{report.name}, its page", f"{where}: {failure.reason}", report.page.exists())


def _with_step(steps: Mapping[str, str], sentence: str) -> str:
    """Return a sentence with the command that mends what it says, where there is one."""
    return " ".join(filter(None, [sentence, steps.get(sentence, "")]))


def _show(dossier: SummaryDossier, paths: list[str]) -> None:
    from seminarkit.report.speech import spoken_words
    from seminarkit.report.summary import lead
    from seminarkit.topics.asked_dossier import Dossier

    click.echo(lead(Dossier(dossier)))
    click.echo(spoken_words(dossier["spoken"]))
    for sentence in dossier["attention"]:
        words = f"Attention: {_with_step(dossier['steps'], sentence)}"
        (urgent if sentence in dossier["urgent"] else click.echo)(words)
    click.echo("Hand over:")
    for path in paths:
        click.echo(f"  {path}")
