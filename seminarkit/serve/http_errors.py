"""Error responses of the form server: an HTTP status and a sentence for the person."""

from __future__ import annotations

from seminarkit.core.errors import SeminarError
from seminarkit.core.store.lock import BusyError
from seminarkit.serve.drafts import DraftsFailedError

NO_COOKIE = (
    "First open the link that you were sent in this browser. After that, this page opens too. The "
    "link is yours alone."
)
WRONG_TOKEN = (
    "The server does not know this link. Perhaps a mail cut it in two: copy the whole link into "
    "the address bar. If it still does not open, ask the organisers for a new one."
)
WITHDRAWN = (
    "This link was withdrawn and no longer works. Nothing that was sent with it is lost. Ask the "
    "organisers for a new link. If this page shows what you wrote, first press “Save my file”."
)
EXPIRED = (
    "This link was valid until after the seminar and has expired. Nothing that was sent with it is "
    "lost. If you still want to change something, ask the organisers to extend it."
)
ANOTHERS = "This page belongs to somebody else. Open the link that was sent to you."
NOT_HERE = "The person with this link no longer fills in forms in this seminar. Ask the organisers."
NO_FORM = "There is no such form for you. Your list of tasks shows all your forms."
NOT_SIGNED = (
    "These answers are signed by another person than the one with this link. Nothing was saved. "
    "Open the form with your own link."
)
TOO_LARGE = (
    "This is more than a form may contain (2 MB). Nothing was saved on the server. Shorten the "
    "longest answer. What you wrote is still on your computer."
)
TOO_OFTEN = "Your page is sending too much to the server at once. It works again in a moment."
TOO_MUCH = (
    "In the last hour your open pages sent more data than forms can hold, so this was not saved on "
    "the server. What you wrote is still on your computer. Close the pages you do not need, and "
    "wait a few minutes. Or press “Save my file” and send that file."
)
ALL_USED = (
    "Your pages have used all the space that the server has for one person, so this was not saved "
    "there. What you wrote is still on your computer. Press “Save my file”, and tell the "
    "organisers."
)
ANOTHER_HOST = (
    "This server does not answer at that address. Open the link exactly as it was sent to you."
)
DISK = (
    "The server cannot write to its disk, so nothing was saved there. What you wrote is still on "
    "this computer. Press “Save my file”, and tell the organisers."
)
BUSY = "The organisers are reading in files now. Press Submit again in a minute; nothing is lost."
TOO_MANY_LIVE = (
    "Too many live notebooks are being opened on this server. Try again in two minutes, or "
    "open the form as a page from your list of tasks: it has the same questions and answers."
)
ELSEWHERE = "This did not come from the form's own page, so it was not accepted."

NOWHERE = "There is no page at this address. Open the link that you were sent."
BROKEN = "The server could not do this. Nothing you wrote is lost; tell the organisers."


_BUSY_SECONDS = 60  # as BUSY says


class Refused(SeminarError):  # noqa: N818 - a sentence to a person, as collect's Refusal is
    """A request is refused with an HTTP ``status``.

    ``retry_after`` is the seconds after which a retry makes sense, 0 for never.
    """

    def __init__(self, status: int, text: str, retry_after: int = 0) -> None:
        super().__init__(text)
        self.status = status
        self.retry_after = retry_after


def status_and_text(error: BaseException | None, status: int) -> tuple[int, str]:
    """Return the HTTP status and the sentence for an error."""
    if isinstance(error, Refused):
        return error.status, str(error)
    if isinstance(error, DraftsFailedError | OSError):
        return 507, DISK
    if isinstance(error, BusyError):
        return 503, BUSY
    return status, NOWHERE if status == 404 else BROKEN


def retry_after(error: BaseException | None) -> int:
    """Return the seconds after which a retry makes sense, or 0 for never."""
    if isinstance(error, Refused):
        return error.retry_after
    return _BUSY_SECONDS if isinstance(error, BusyError) else 0


def title(status: int) -> str:
    """Return the heading of an error page."""
    titles = {403: "Not with this link", 404: "There is nothing here"}
    return titles.get(status, "Something went wrong")
