"""The errors a person may read: each says what is wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path


class SeminarError(Exception):
    """Something a person can mend. Its text is shown as it stands, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows of it: IPython asks for this name."""
        return [f"{type(self).__name__}: {self}"]


class StopError(SeminarError):
    """What must stop all that is being made, and not one page alone: something would leak."""


class UsageError(SeminarError):
    """The command was asked for something that does not exist: exit code 2."""


class DamageError(SeminarError):
    """The store's files are not as they were written; the text says which."""


class FileError(SeminarError):
    """One or more mistakes in a file that a person wrote.

    ``problems`` holds (line, sentence) pairs, lines counted from 1, in the order of the file.
    """

    def __init__(self, path: Path | str, problems: Iterable[tuple[int, str]]) -> None:
        self.path = Path(path)
        self.problems = sorted(set(problems))
        super().__init__(
            "\n".join(f"{self.path.name} line {line}: {text}" for line, text in self.problems)
        )


def raise_together(errors: Sequence[FileError]) -> None:
    """Raise what is wrong in several files as one error; do nothing if nothing is wrong."""
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise SeminarError("\n".join(str(error) for error in errors))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return " Did you mean 'x'?" for the nearest of the known words, or what is known.

    >>> did_you_mean("chiar", ["chair", "presenter"])
    " Did you mean 'chair'?"
    """
    names = sorted(set(known))
    near = get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f" Did you mean '{near[0]}'?"
    return f" Known: {', '.join(names)}." if names and len(names) <= 30 else ""
