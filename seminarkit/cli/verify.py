"""``seminar verify``."""

from __future__ import annotations

from dataclasses import asdict, replace

import click

from seminarkit.cli.conflict_lines import conflict_lines, conflicts_json
from seminarkit.cli.options import json_option, plural, print_json, progress_bar, with_folder
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
    from seminarkit.cli.copies_notice import missing_line_sentences, remarks
    from seminarkit.topics.intake.verify import verify

    with progress_bar("Verifying") as bar:
        result = verify(folder, lambda what, done, total: bar(done, total, what.capitalize()))
    # conflicting decisions are not damage, but somebody has to choose
    readable = not result.damage
    if readable:
        result = replace(
            result,
            damage=tuple(missing_line_sentences(folder)),
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
            plural(len(result.damage), "is damaged", "are damaged")
            if result.damage
            else "all is as it was"
        )
        click.echo(
            f"{plural(result.files, 'received file')}, {plural(result.rows, 'row')} of the index, "
            f"{plural(result.outputs, 'report or page', 'reports and pages')}: {verdict}."
        )
        if result.forgotten or result.redacted:
            removed = plural(result.forgotten, "file was", "files were")
            click.echo(
                f"{removed} removed by 'seminar forget', and a person was removed from "
                f"{plural(result.redacted, 'file')}; their old hashes are kept."
            )
    raise SystemExit(1 if result.damage else 0)
