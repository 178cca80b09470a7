"""Exceptions whose messages tell a person what is wrong, where it is, and how to repair it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path


class SeminarError(Exception):
    """An error that a person can repair. Its text is shown without a traceback."""

    def _render_traceback_(self) -> list[str]:
        """Return the lines that IPython shows instead of a traceback."""
        return [f"{type(self).__name__}: {self}"]


class StopError(SeminarError):
    """An error that stops the whole build because private data would be published."""


class UsageError(SeminarError):
    """A command names something that does not exist. The exit code is 2."""


class DamageError(SeminarError):
    """Files of the store were changed or damaged. The message names the files."""


class FileError(SeminarError):
    """Mistakes in a file that a person wrote: ``problems`` are (line, message) pairs."""

    def __init__(self, path: Path | str, problems: Iterable[tuple[int, str]]) -> None:
        self.path = Path(path)
        self.problems = sorted(set(problems))
        super().__init__(
            "\n".join(f"{self.path.name} line {line}: {text}" for line, text in self.problems)
        )


def raise_together(errors: Sequence[FileError]) -> None:
    """Raise the errors of several files as one error. Do nothing without errors."""
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise SeminarError("\n".join(str(error) for error in errors))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return " Did you mean 'x'?" for the closest known word, else a list of the known words.

    >>> did_you_mean("chiar", ["chair", "presenter"])
    " Did you mean 'chair'?"
    """
    names = sorted(set(known))
    matches = get_close_matches(word, names, n=1, cutoff=0.6)
    if matches:
        return f" Did you mean '{matches[0]}'?"
    return f" Known: {', '.join(names)}." if names and len(names) <= 30 else ""
