"""Shared parts of commands: the seminar's folder, common options, progress bars and JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import click

from seminarkit.core.disk.rights import close_to_others
from seminarkit.core.errors import UsageError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.leftovers import sweep_seminar
from seminarkit.core.terminal import Styled, as_ascii, clean, in_bold, in_grey, in_red

if TYPE_CHECKING:
    from rich.console import Console


def plural(number: int, one: str, several: str = "") -> str:
    """Return a number with its noun, such as "1 country" or "2 countries"."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def with_folder(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the seminar's folder as its first argument."""

    @click.pass_context
    def command(ctx: click.Context, /, *args: Any, **kwargs: Any) -> Any:
        folder = SeminarFolder.find(ctx.find_root().obj)
        close_to_others(folder.root)
        # half-written files of a killed run may contain answers
        sweep_seminar(folder)
        # these modules import this one
        from seminarkit.cli.conflict_lines import tell_conflicts
        from seminarkit.cli.damage_notice import restore_logs
        from seminarkit.cli.name_notice import tell_name

        restore_logs(folder)
        tell_conflicts(folder, ctx.info_name or "")
        result = ctx.invoke(function, folder, *args, **kwargs)
        tell_name(folder)
        return result

    command.__name__ = function.__name__
    command.__doc__ = function.__doc__
    params = getattr(function, "__click_params__", [])
    if params:
        command.__click_params__ = params  # type: ignore[attr-defined]
    return command


def country_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--country``, to be given once or more."""
    return click.option(
        "--country",
        "countries",
        multiple=True,
        metavar="CODE",
        help="Only this country, by code or name; may be given more than once.",
    )(function)


def json_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")(
        function
    )


def dry_run_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--dry-run``."""
    return click.option("--dry-run", is_flag=True, help="Show what would be done, but do nothing.")(
        function
    )


def chosen(folder: SeminarFolder, countries: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return the codes of the countries asked for, or all of ``known``."""
    if not countries:
        return list(known)
    codes = [folder.country(text) for text in countries]
    for code in codes:
        if code not in known:
            raise UsageError(f"{folder.seminar.at_start(code)} has nominated nobody yet.")
    return codes


def shown_path(path: Path) -> str:
    """Return a path relative to the current directory if it is inside it."""
    here = Path.cwd().resolve()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def print_json(value: Any) -> None:
    """Print a value as JSON in Unicode, with terminal control characters escaped."""
    click.echo(as_ascii(json.dumps(value, ensure_ascii=False, indent=2)))


def heading(text: str) -> None:
    """Print a line in bold letters."""
    print(in_bold(text, sys.stdout), file=Styled(sys.stdout))


def faint(text: str) -> None:
    """Print a less important line in grey."""
    print(in_grey(text, sys.stdout), file=Styled(sys.stdout))


def urgent(text: str) -> None:
    """Print an urgent line in red."""
    print(in_red(text, sys.stdout), file=Styled(sys.stdout))


def console(*, stderr: bool = False) -> Console:
    """Return a console for tables; pass the text of cells through ``cell_text``."""
    from rich.console import Console

    file = cast(IO[str], Styled(sys.stderr if stderr else sys.stdout))
    return Console(file=file, highlight=False)


def cell_text(words: str) -> str:
    """Return text for a table cell with markup escaped."""
    from rich.markup import escape

    return escape(clean(words))


@contextmanager
def progress_bar(what: str, total: int | None = None) -> Iterator[Callable[[int, int, str], None]]:
    """Show a progress bar if stderr is a terminal; yield a function (done, total, words)."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Progress(
        *columns, console=console(stderr=True), transient=True, disable=not sys.stderr.isatty()
    ) as bar:
        task = bar.add_task(what, total=total)

        def step(done: int, of: int, words: str) -> None:
            bar.update(task, completed=done, total=of, description=clean(words))

        yield step
