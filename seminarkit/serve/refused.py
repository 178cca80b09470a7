"""The answers by which the server turns somebody away: a number for the browser, a sentence."""

from __future__ import annotations

from seminarkit.errors import SeminarError
from seminarkit.serve.drafts import DraftsFailedError
from seminarkit.store.lock import BusyError

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


class Refused(SeminarError):  # noqa: N818 - a sentence to a person, as collect's Refusal is
    """Somebody is turned away; ``status`` is HTTP's number for why."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def told(error: BaseException | None, status: int) -> tuple[int, str]:
    """Return the number and the sentence for something that went wrong."""
    if isinstance(error, Refused):
        return error.status, str(error)
    if isinstance(error, DraftsFailedError | OSError):
        return 507, DISK
    if isinstance(error, BusyError):
        return 503, BUSY
    return status, NOWHERE if status == 404 else BROKEN


def title(status: int) -> str:
    """Return the heading above such a sentence."""
    titles = {403: "Not with this link", 404: "There is nothing here"}
    return titles.get(status, "Something went wrong")
