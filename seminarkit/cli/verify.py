"""``seminar verify``."""

from __future__ import annotations

from dataclasses import asdict, replace

import click

from seminarkit.cli.conflict_lines import conflict_lines, conflicts_json
from seminarkit.cli.options import json_option, many, print_json, progress_bar, with_folder
from seminarkit.core.seminar.folder import SeminarFolder


@click.command()
@json_option
@with_folder
def command(folder: SeminarFolder, as_json: bool) -> None:
    """Prove that nothing received was lost or changed.

    Reads every received file again and compares log, files, index, reports and pages with each
    other. It names each changed bit, each missing file and each row without a file, with what to
    do. It also names lines from other copies of this folder that are still missing here, and copies
    that may still contain somebody who was forgotten.

    \b
    Example:
      seminar verify

    Exit code 1 when something is damaged.
    """
    from seminarkit.cli.copies_notice import lacking, remarks
    from seminarkit.topics.intake.verify import verify

    with progress_bar("Verifying") as bar:
        result = verify(folder, lambda what, done, total: bar(done, total, what.capitalize()))
    # conflicting decisions are not damage, but somebody has to choose
    readable = not result.damage
    if readable:
        result = replace(
            result,
            damage=tuple(lacking(folder)),
            stale=(*result.stale, *remarks(folder)),
        )
    if as_json:
        print_json({**asdict(result), "conflicts": conflicts_json(folder) if readable else []})
    else:
        for sentence in (*result.damage, *result.stale):
            click.echo(sentence)
        for sentence in conflict_lines(folder) if readable else ():
            click.echo(sentence)
        verdict = (
            many(len(result.damage), "is damaged", "are damaged")
            if result.damage
            else "all is as it was"
        )
        click.echo(
            f"{many(result.files, 'received file')}, {many(result.rows, 'row')} of the index, "
            f"{many(result.outputs, 'report or page', 'reports and pages')}: {verdict}."
        )
        if result.forgotten or result.redacted:
            click.echo(
                f"{many(result.forgotten, 'file was', 'files were')} removed by 'seminar forget', "
                f"and a person was removed from {many(result.redacted, 'file')}; their old hashes "
                "are kept."
            )
    raise SystemExit(1 if result.damage else 0)
