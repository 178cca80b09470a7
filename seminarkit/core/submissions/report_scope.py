"""The report that this process makes: its audience and its dossier.

The reader of the dossier sets it; code that must not read other data in a report checks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class ReportScope:
    """The running report: ``audience`` is empty outside one, ``dossier`` is None until read."""

    audience: str = ""
    dossier: Mapping[str, object] | None = field(default=None, repr=False)


_scope = ReportScope()


def report_scope() -> ReportScope:
    """Return the scope of the report that this process makes."""
    return _scope


def begin_report(audience: str, dossier: Mapping[str, object] | None = None) -> None:
    """Set the audience of the report that this process runs, and its dossier once it is read."""
    _scope.audience = audience
    _scope.dossier = _scope.dossier if dossier is None else dossier
