"""``seminar collect``."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

import click

from seminarkit.cli.common import json_option, many, print_json, progress_bar, with_folder
from seminarkit.names import shown_name
from seminarkit.rights import make_folder
from seminarkit.seminar.folder import SeminarFolder

_WORDS = {
    "accepted": "accepted",
    "draft": "accepted as draft",
    "replaced": "replaced an earlier one",
    "waits": "with changes begun, waiting",
    "decide": "in need of a decision",
    "beside": "a draft beside another version",
    "earlier": "an older version, kept",
    "already": "already received",
    "reply": "a reply to notes",
    "own": "with nothing to collect",
    "chat": "saved chat",
    "aside": "set aside",
}
_ALWAYS = ("waits", "decide", "beside", "earlier", "aside")


@click.command()
@click.option("--rebuild", is_flag=True, help="Make the index again from the received files.")
@click.option("--verbose", "-v", is_flag=True, help="A line for every file, not only for problems.")
@json_option
@with_folder
def command(folder: SeminarFolder, rebuild: bool, verbose: bool, as_json: bool) -> None:
    """Take in what came into inbox/.

    Save everything there as it came: notebooks, Word forms (.docx), zip archives, whole mails
    (.eml) with files attached or answers pasted in, notes of groups as plain text below their
    headings, a chair's reply such as "OK UA-7K3F", in any folders and under any names. Every file
    is kept byte for byte, then read as data, never run. Each ends as accepted, accepted as draft,
    replaced an earlier one, an older version, already received, in need of a decision (see seminar
    version), or set aside with a sentence that says what to do.
    What the kit made for reading, and forms that nobody wrote in beside others that somebody did,
    are counted as with nothing to collect.

    \b
    Example:
      seminar collect
      seminar collect --verbose

    Exit code 0 also when files were set aside; 1 when the store itself is damaged.
    """
    from seminarkit.collect.collecting import collect

    make_folder(folder.inbox)
    with progress_bar("Collecting") as bar:
        result = collect(
            folder,
            rebuild=rebuild,
            step=lambda what, done, total: bar(done, total, what.capitalize()),
        )
    outcomes = [(shown_name(arrival.name), outcome) for arrival, outcome in result.outcomes]
    if as_json:
        print_json(
            {
                "outcomes": [{"file": name, **asdict(outcome)} for name, outcome in outcomes],
                "known": result.known,
                "not_taken": [asdict(n) for n in result.not_taken],
                "rebuilt": result.rebuilt,
                "changed": list(result.changed),
            }
        )
        return
    if result.rebuilt and result.rebuilt != "there was none yet":
        click.echo(f"The index was made again from the received files, {result.rebuilt}.")
    for words in result.changed:
        click.echo(f"another version counts: {words}")
    aside = ("own", "chat", "aside", "reply")
    taken = [outcome for _, outcome in outcomes if outcome.kind not in aside]
    for code in sorted({o.country for o in taken}, key=lambda code: (not code, code)):
        kinds = Counter(o.kind for o in taken if o.country == code)
        words = ", ".join(f"{n} {_WORDS[kind]}" for kind, n in sorted(kinds.items()))
        click.echo(f"{code or 'Case studies'}  {words}")
    for name, outcome in outcomes:
        where = f"{name} › {outcome.part}" if outcome.part else name
        attention = "Attention" in outcome.text
        if outcome.kind in _ALWAYS or attention or verbose:
            click.echo(f"{_WORDS[outcome.kind]}: {where}\n    {outcome.text}")
    for each in result.not_taken:
        click.echo(f"left in the inbox: {each.name}\n    {each.text}")
    kinds = Counter(outcome.kind for _, outcome in outcomes)
    total = ", ".join(f"{kinds[kind]} {word}" for kind, word in _WORDS.items() if kinds[kind])
    known = f"{many(result.known, 'file was', 'files were')} here before." if result.known else ""
    click.echo(f"{total + '.' if total else 'Nothing new in inbox/.'} {known}".strip())
