"""What a person is told when a page or an answer of the server could not be given."""

from __future__ import annotations

from seminarkit.serve import refused
from seminarkit.serve.drafts import DraftsFailedError
from seminarkit.serve.refused import Refused
from seminarkit.store.lock import BusyError

TITLES = {0: "Something went wrong", 403: "Not with this link", 404: "There is nothing here"}


def told(error: BaseException | None, status: int) -> tuple[int, str]:
    """Return the number and the sentence for something that went wrong."""
    if isinstance(error, Refused):
        return error.status, str(error)
    if isinstance(error, DraftsFailedError | OSError):
        return 507, refused.DISK
    if isinstance(error, BusyError):
        return 503, refused.BUSY
    if status == 404:
        return status, "This address leads nowhere. Open the link that you were sent."
    return status, "The server could not do this. Nothing you wrote is lost; tell the organisers."
