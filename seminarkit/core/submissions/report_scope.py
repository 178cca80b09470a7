"""Which report this process makes: whom it is for, and the dossier that was handed to it.

Set by who runs or reads a report; asked by what must not read anything else then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class ReportScope:
    """``audience`` is empty outside of a report; ``dossier`` is None before one was read."""

    audience: str = ""
    dossier: Mapping[str, object] | None = field(default=None, repr=False)


_scope = ReportScope()


def report_scope() -> ReportScope:
    """Return the report that this process makes."""
    return _scope


def begin_report(audience: str, dossier: Mapping[str, object] | None = None) -> None:
    """Note that this process makes a report for an audience, from a dossier once it was read."""
    _scope.audience = audience
    _scope.dossier = _scope.dossier if dossier is None else dossier
