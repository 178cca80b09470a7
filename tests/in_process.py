"""Runs a command in this process, as starting one for each takes most of a test's time.

How the program itself starts, ends and prints is tried in tests/cli/test_commands.py and by the
walks over all commands, which start it as a person does.
"""

from __future__ import annotations

from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from seminarkit.cli.main import seminar as group
from seminarkit.core.errors import SeminarError, UsageError
from seminarkit.core.seminar.folder import SeminarFolder


@dataclass(frozen=True)
class Run:
    """What a command has printed."""

    stdout: str
    stderr: str


def seminar(root: Path, *words: str, code: int = 0) -> Run:
    """Run a command in the folder ``root``, and hold its exit code against ``code``."""
    with chdir(root):
        result = CliRunner().invoke(group, words)
    error = result.exception if isinstance(result.exception, SeminarError) else None
    ended = result.exit_code if error is None else 2 if isinstance(error, UsageError) else 1
    assert ended == code, (result.output, result.exception)
    assert isinstance(result.exception, SeminarError | SystemExit | None), result.exception
    return Run(result.stdout, result.stderr + str(error or ""))


def printed(folder: SeminarFolder, *words: str, code: int = 0) -> str:
    """Run a command in a seminar; return what it printed, and the sentence that it ended with."""
    shown = seminar(folder.root, *words, code=code)
    return shown.stdout + shown.stderr
