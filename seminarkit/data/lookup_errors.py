"""What can be wrong with a question to the collected data: each says what to write instead."""

from __future__ import annotations

from seminarkit.core.errors import SeminarError, UsageError


class UnknownQuestion(UsageError):  # noqa: N818
    """No form that this reader may read asks a question of this name, or there is no such form."""


class AmbiguousQuestion(UsageError):  # noqa: N818
    """Several forms ask a question of this name."""


class UnknownCountry(UsageError):  # noqa: N818
    """The seminar has no such country."""


class AudienceError(SeminarError):
    """The answers are not for this reader."""


class NotCollected(SeminarError):  # noqa: N818
    """Nothing was collected yet, or the dossier of this report does not hold it."""
