"""Errors of look-ups in the collected data; their messages say what to write instead."""

from __future__ import annotations

from seminarkit.core.errors import SeminarError, UsageError


class UnknownQuestion(UsageError):  # noqa: N818
    """No form that this reader may read has this name or asks a question of this name."""


class AmbiguousQuestion(UsageError):  # noqa: N818
    """Several forms ask a question of this name."""


class UnknownCountry(UsageError):  # noqa: N818
    """The seminar has no such country."""


class AudienceError(SeminarError):
    """The answers are not for this reader."""


class NotCollected(SeminarError):  # noqa: N818
    """Nothing has been collected yet, or this report's dossier does not contain the data."""
