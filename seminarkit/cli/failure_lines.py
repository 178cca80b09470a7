"""Reports files that could not be made: the reason, and whether the last good one is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from seminarkit.cli.options import plural, urgent
from seminarkit.core.disk.attempts import NotMade

_NAMED = 5  # at most, per reason


def not_made_lines(failures: Sequence[NotMade]) -> list[str]:
    """Return lines for failures, grouped by reason."""
    if not failures:
        return []
    lines = [f"{plural(len(failures), 'file')} could not be made; all others were made."]
    alike: dict[tuple[str, bool], list[str]] = {}
    for failure in failures:
        alike.setdefault((failure.reason, failure.kept), []).append(failure.path)
    for (reason, kept), paths in alike.items():
        names = ", ".join(paths[:_NAMED])
        names += f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
        stays = "The last good one is kept." if kept else "There is no earlier one."
        lines.append(f"  failed  {names}: {reason} {stays}")
    return lines


def show_not_made(failures: Sequence[NotMade]) -> None:
    """Print failures."""
    for line in not_made_lines(failures):
        urgent(line)


def as_json(failures: Sequence[NotMade]) -> list[Mapping[str, object]]:
    """Return failures as JSON data."""
    return [{"path": e.path, "reason": e.reason, "kept": e.kept} for e in failures]


def end_code(failures: Sequence[NotMade]) -> int:
    """Return the exit code of a run with these failures."""
    return 1 if failures else 0
