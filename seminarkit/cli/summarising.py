"""What ``seminar recap`` and ``seminar conclude`` share: one summary, from notes to its files."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from seminarkit.analyse.set_aside import set_aside
from seminarkit.cli import taken_in
from seminarkit.cli.common import print_json, shown_path, urgent
from seminarkit.errors import SeminarError
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.reading import submissions


def summarise(folder: SeminarFolder, subject: str, *, take_in: bool, as_json: bool) -> None:
    """Make one summary anew and say where its files lie and what is missing in them.

    Raises SeminarError where there are no groups yet, or its notebook fails.
    """
    from seminarkit.analyse.conclusions import write_summaries
    from seminarkit.analyse.newer_notes import newer_notes
    from seminarkit.collect.collecting import collect
    from seminarkit.publish.publishing import publish_summary
    from seminarkit.report.batch import load_ahead, run_batch
    from seminarkit.report.plan import planned

    load_ahead()
    collected = collect(folder) if take_in else None
    if collected and not as_json:
        taken_in.show(folder, collected)
    dossiers = write_summaries(folder, submissions(folder.database))
    wanted = {key: path for key, path in dossiers.items() if key[1] == subject}
    if not wanted:
        raise SeminarError(
            "No discussion groups are decided yet, so there is nothing to sum up. Decide them: "
            "seminar groups --keep"
        )
    reports = planned(folder, wanted, [], over_all=True)
    result = run_batch(reports, folder.root, jobs=len(reports))
    for report, failure in result.failed:
        raise SeminarError(
            f"The notebook for {report.name} stopped at cell '{failure.cell}': {failure.reason}. "
            "The last good page stays."
        )
    paths = publish_summary(folder, subject)
    dossier = json.loads(wanted["core", subject].read_text(encoding="utf-8"))
    if as_json:
        files = [shown_path(path) for path in paths]
        came = {"collected": taken_in.as_json(folder, collected)} if collected else {}
        aside = [asdict(each) for each in set_aside(folder)]
        made = {"files": files, "attention": dossier["attention"], "set_aside": aside}
        print_json(made | came)
        return
    _show(dossier, [shown_path(path) for path in paths])
    for each in newer_notes(folder):
        click.echo(f"To take newer notes of {each.group} as they are: {each.command}")
    if not collected:
        taken_in.show_set_aside(folder)


def _show(dossier: dict[str, object], paths: list[str]) -> None:
    from seminarkit.report.dossier import Dossier
    from seminarkit.report.speech import spoken_words
    from seminarkit.report.summary import lead

    made = Dossier(dossier)
    click.echo(lead(made))
    click.echo(spoken_words(made["spoken"]))
    for sentence in made["attention"]:
        words = f"Attention: {sentence}"
        (urgent if sentence in made["urgent"] else click.echo)(words)
    click.echo("Hand over:")
    for path in paths:
        click.echo(f"  {path}")
