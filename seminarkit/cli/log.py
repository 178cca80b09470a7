"""``seminar log``."""

from __future__ import annotations

from heapq import merge

import click

from seminarkit.cli.conflict_lines import conflict_lines
from seminarkit.cli.history_lines import decision_line, file_line, show
from seminarkit.cli.options import json_option, plural, print_json, with_folder
from seminarkit.core.seminar.decision_history import history, short_ids
from seminarkit.core.seminar.decision_subjects import subject_ids
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.progress.look_up import asked_words
from seminarkit.topics.progress.received_outcomes import came


@click.command()
@click.argument("what", nargs=-1)
@json_option
@with_folder
def command(folder: SeminarFolder, what: tuple[str, ...], as_json: bool) -> None:
    """Show who decided what, when and on which computer, the newest last.

    Without WHAT, it shows all decisions. WHAT is a person, a question, a statement, a group, a
    session, a country, a form, a file or the id of a decision. With WHAT, it also shows the
    received files, and who took them in. With several words, it shows only what is about all of
    them. Times are in the seminar's time zone.

    Each decision has an id, with which you can undo it. If a decision does not count, the reason is
    below it: it was undone, another one replaced it, or two decisions are in conflict.

    \b
    Example:
      seminar log
      seminar log GE-2
      seminar log Georgia country_report
      seminar undo 3f9a02
    """
    everything = folder.decisions.everything()
    past = history(everything)
    names = short_ids([decision.entry.id for decision in past])
    by_id = {decision.entry.id: decision for decision in past}
    about = {
        decision.entry.id: {
            decision.entry.id,
            *(subject_ids(decision.decision) if decision.decision else ()),
        }
        for decision in past
    }
    files = came(folder) if what else []
    logged = {word for words in (*about.values(), *(f.about for f in files)) for word in words}
    wanted = [asked_words(folder, word, logged) for word in what]

    def is_meant(words: set[str]) -> bool:
        return all(words & item for item in wanted)

    chosen = [decision for decision in past if is_meant(about[decision.entry.id])]
    decided = [decision_line(folder, item, names, by_id) for item in chosen]
    arrived = [file_line(folder, file) for file in files if is_meant(file.about)]
    # decisions stay in the order of cause, whatever the clocks say
    lines = list(merge(decided, arrived, key=lambda line: str(line["at"])))
    unknown = sum(item.state == "unknown" for item in chosen)
    if as_json:
        print_json({"lines": lines, "unknown": unknown})
        return
    for line in lines:
        show(folder, line)
    if not lines:
        message = "There is no decision about it, and no file for it was received."
        click.echo(message if what else "Nothing has been decided yet.")
    if unknown:
        click.echo(
            f"{plural(unknown, 'line is', 'lines are')} from a newer version of the kit. Only that "
            f"version knows what was decided there. {'It is' if unknown == 1 else 'They are'} kept."
        )
    for words in conflict_lines(folder, {item.entry.id for item in chosen}):
        click.echo(words)
