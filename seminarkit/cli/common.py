"""What several commands share: the seminar's folder, countries as options, progress, JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from seminarkit.errors import UsageError
from seminarkit.seminar.folder import SeminarFolder


def many(number: int, one: str, several: str = "") -> str:
    """Return how many there are of something, as in "1 country" and "2 countries"."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def with_folder(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the seminar's folder as its first argument."""

    @click.pass_context
    def command(ctx: click.Context, /, *args: Any, **kwargs: Any) -> Any:
        return ctx.invoke(function, SeminarFolder.find(ctx.find_root().obj), *args, **kwargs)

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
    return click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")(
        function
    )


def chosen(folder: SeminarFolder, countries: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return the codes of the countries asked for, or all of ``known``."""
    if not countries:
        return list(known)
    codes = [folder.country(text) for text in countries]
    for code in codes:
        if code not in known:
            raise UsageError(f"{folder.seminar.countries[code].name} has nominated nobody yet.")
    return codes


def shown_path(path: Path) -> str:
    """Return a path as short as it can be written here."""
    here = Path.cwd().resolve()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def print_json(value: Any) -> None:
    """Print a value as JSON, letters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def progress_bar(what: str, total: int | None = None) -> Iterator[Callable[[int, int, str], None]]:
    """Show a bar on a terminal, nothing elsewhere; gives a function (done, total, words)."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not sys.stderr.isatty()
    ) as bar:
        task = bar.add_task(what, total=total)

        def step(done: int, of: int, words: str) -> None:
            bar.update(task, completed=done, total=of, description=words)

        yield step
