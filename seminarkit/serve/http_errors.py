"""The answers by which the server turns somebody away: a number for the browser, a sentence."""

from __future__ import annotations

from seminarkit.core.errors import SeminarError
from seminarkit.core.store.lock import BusyError
from seminarkit.serve.drafts import DraftsFailedError

NO_COOKIE = (
    "This page opens by the link that you were sent, which is yours alone. Open that link once in "
    "this browser; afterwards this page opens too."
)
WRONG_TOKEN = (
    "This link is not known here. Perhaps it was cut in two in a mail: copy the whole of it into "
    "the address bar. If it still does not open, ask the organisers for a new one."
)
WITHDRAWN = (
    "This link was withdrawn, so it opens nothing any more. Nothing that came by it is lost. Ask "
    "the organisers for a new link; if there are words on this page, press “Save my file” first."
)
EXPIRED = (
    "This link was good until after the seminar, and has ended. Nothing that came by it is lost. "
    "If you still want to change something, ask the organisers to lengthen it."
)
ANOTHERS = "This is the page of somebody else. Open the link that you were sent yourself."
NOT_HERE = "The person of this link fills in no forms in this seminar any more. Ask the organisers."
NO_FORM = "There is no such form for you here. Your list of tasks shows those that there are."
NOT_SIGNED = (
    "These answers are signed by somebody else than the person of this link. Nothing was kept. "
    "Open the form by your own link."
)
TOO_LARGE = (
    "This is more than a form may hold (2 MB). Nothing was kept on the server. Shorten the longest "
    "answer; what you wrote is still on your computer."
)
TOO_OFTEN = "The server is being sent too much at once from your page. It goes again in a moment."
TOO_MUCH = (
    "Your pages have sent more in the last hour than forms can hold, so this was not kept on the "
    "server. What you wrote is still on your computer. Close the pages you do not need, and wait a "
    "few minutes; or press “Save my file” and send that file."
)
ALL_USED = (
    "Your pages have filled the room that the server has for one person, so this was not kept "
    "there. What you wrote is still on your computer. Press “Save my file”, and tell the "
    "organisers."
)
ANOTHER_HOST = (
    "This server does not answer under that address. Open the link that you were sent as it is."
)
DISK = (
    "The server cannot write to its disk, so nothing was kept there. Your words are kept on this "
    "computer. Press “Save my file”, and tell the organisers."
)
BUSY = "The organisers are just taking in files. Press Submit again in a minute; nothing is lost."
TOO_MANY_LIVE = (
    "More live notebooks are being opened than this server can hold. Try again in two minutes, or "
    "open the form as a page from your list of tasks: it has the same questions and answers."
)
ELSEWHERE = "This did not come from the form's own page, so it was not taken."

NOWHERE = "This address leads nowhere. Open the link that you were sent."
BROKEN = "The server could not do this. Nothing you wrote is lost; tell the organisers."


_BUSY_SECONDS = 60  # as BUSY says


class Refused(SeminarError):  # noqa: N818 - a sentence to a person, as collect's Refusal is
    """Somebody is turned away; ``status`` is HTTP's number for why.

    ``retry_after`` is after how many seconds it is worth another try, 0 where it is not.
    """

    def __init__(self, status: int, text: str, retry_after: int = 0) -> None:
        super().__init__(text)
        self.status = status
        self.retry_after = retry_after


def told(error: BaseException | None, status: int) -> tuple[int, str]:
    """Return the number and the sentence for something that went wrong."""
    if isinstance(error, Refused):
        return error.status, str(error)
    if isinstance(error, DraftsFailedError | OSError):
        return 507, DISK
    if isinstance(error, BusyError):
        return 503, BUSY
    return status, NOWHERE if status == 404 else BROKEN


def retry_after(error: BaseException | None) -> int:
    """Return after how many seconds somebody may try again, 0 where that helps nothing."""
    if isinstance(error, Refused):
        return error.retry_after
    return _BUSY_SECONDS if isinstance(error, BusyError) else 0


def title(status: int) -> str:
    """Return the heading above such a sentence."""
    titles = {403: "Not with this link", 404: "There is nothing here"}
    return titles.get(status, "Something went wrong")
