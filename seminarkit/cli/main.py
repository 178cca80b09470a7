"""``seminar``: finds the command, loads only its module, and shows errors as sentences."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import click

from seminarkit import __version__
from seminarkit.core.disk.disk_errors import disk_words, memory_words
from seminarkit.core.errors import SeminarError, UsageError, did_you_mean
from seminarkit.core.terminal import clean_output

# in the order of the work; a command's module is imported when it is called
COMMANDS = {
    "check": "Show what is wrong or still open in the programme.",
    "prepare": "Make the packs that the delegations fill in.",
    "open": "Open a participant's forms in JupyterLab.",
    "links": "Make the links with which people fill in forms on your server.",
    "serve": "Let people fill in forms through a link, on your own server.",
    "collect": "Take in the files in inbox/.",
    "version": "Show the versions of a form, and choose which counts.",
    "confirm": "Write to each sender what was received, and what counts.",
    "nominate": "Show nominations, and accept them.",
    "status": "Show what each country has still to send.",
    "answers": "Show who wrote what, form by form.",
    "remind": "Write a reminder to each country that has still to send something.",
    "ask": "Ask somebody about an answer, in the same form.",
    "extend": "Give one country more time for a form.",
    "groups": "Plan the discussion groups: who sits where, and who leads.",
    "sheets": "Write room lists, duties and the run of the days.",
    "chat": "Take in the saved chat of a session.",
    "questions": "List the questions, with those that might ask the same.",
    "question": "Decide on a question: chosen, parked, answered.",
    "notes": "Show which groups have sent their notes.",
    "report": "Run the report notebooks, one report per country.",
    "recap": "Sum up what the groups of the day before said.",
    "statement": "Say which statements of notes are the same, and which are public.",
    "conclude": "Draft the conclusions from the notes of all groups.",
    "publish": "Make the pages for the public and for core participants.",
    "mail": "Write a mail to each country: invitation, thanks, results.",
    "log": "Show who decided what, when and where.",
    "undo": "Take a decision back.",
    "choose": "Choose one of two decisions that people made independently.",
    "me": "Show or set the name under which you decide.",
    "next": "Say what to do next, for each role.",
    "backup": "Write one archive of everything that cannot be made again.",
    "merge": "Take in what another copy of this seminar has.",
    "sync": "Bring this copy and another one together: a folder or a server.",
    "forget": "Remove a person everywhere.",
    "verify": "Prove that nothing received was lost or changed.",
    "doctor": "Say what is installed, what is missing, and what to do.",
    "demo": "Run everything once on the sample seminar.",
}


class _Stages(click.Group):
    """A group that knows its commands by name and loads them one at a time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"seminarkit.cli.{name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS:
            hint = did_you_mean(args[0], COMMANDS)
            raise UsageError(f"There is no command '{args[0]}'.{hint} See: seminar --help")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands, in the order of the work"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Stages, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="seminar")
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The seminar's folder, if it is not the current one. Outside a seminar's folder, you can "
    "also set the environment variable SEMINAR_FOLDER.",
)
@click.pass_context
def seminar(ctx: click.Context, folder: Path | None) -> None:
    """Prepare, hold and conclude a seminar of nominated country delegations.

    It works in the folder that contains seminar.yml.

    \b
    Example:
      seminar prepare            make the packs, send them out
      seminar collect            take in the files in inbox/
      seminar status             see what is still missing
      seminar report             run a report for every country
      seminar publish            make the pages in output/
    """
    ctx.obj = folder


def main() -> None:
    """Run the command line; errors are sentences on stderr, never tracebacks."""
    clean_output()
    os.umask(0o077)  # what is written is the organiser's alone: see rights.py
    try:
        seminar(prog_name="seminar")
    except UsageError as error:
        _end(str(error), 2)
    except SeminarError as error:
        _end(str(error), 1)
    except OSError as error:
        _end(disk_words(error), 1)
    except MemoryError:
        _end(memory_words(), 1)


def _end(words: str, code: int) -> None:
    with suppress(OSError):  # of a terminal that is gone, too
        click.echo(words, err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
