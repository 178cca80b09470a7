"""What all handlers of the server of forms share: who knocks, and how they are told no."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tornado.web import HTTPError, RequestHandler

from seminarkit.errors import SeminarError
from seminarkit.forms.bundle import Payload
from seminarkit.seminar.assignments import Author
from seminarkit.serve import pages, refused
from seminarkit.serve.batches import Batches
from seminarkit.serve.desk import Desk
from seminarkit.serve.drafts import Draft
from seminarkit.serve.rates import Rates
from seminarkit.store.index import Outcome

COOKIE = "seminar"
_BETWEEN_SUBMISSIONS = 0.2  # seconds in which others may take the store's lock
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@dataclass
class Office:
    """What all handlers share. ``address`` is how people reach the server, without a slash.

    ``live`` says whether forms open as live notebooks too.
    """

    desk: Desk
    address: str
    live: bool = False
    rates: Rates = field(default_factory=Rates)

    def __post_init__(self) -> None:
        self.saving: Batches[Draft, Payload | None] = Batches(self.desk.drafts.add)
        self.submitting: Batches[tuple[str, bytes], Outcome] = Batches(
            self.desk.submit, _BETWEEN_SUBMISSIONS
        )


class Handler(RequestHandler):
    """Answers with the kit's own headers, and says no in a sentence."""

    def initialize(self, office: Office, **more: Any) -> None:
        """Take what is shared; ``more`` is for the handler that this one stands in front of."""
        super().initialize(**more)
        self.office, self.desk = office, office.desk

    def set_default_headers(self) -> None:
        """Send the same headers with everything."""
        self.clear_header("Server")
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def author(self, person: str) -> Author:
        """Return the person of a page, if it is theirs who ask; raises Refused."""
        return self.desk.admit(self.get_cookie(COOKIE) or "", person)

    def is_from_here(self, origin: str | None) -> bool:
        """Say whether a request comes from a page of this server; one without an origin may."""
        here = {self.office.address, f"{self.request.protocol}://{self.request.host}"}
        return not origin or origin in {"://".join(urlsplit(each)[:2]) for each in here}

    def show(self, page: str) -> None:
        """Answer with a page, under the policy that it states."""
        self.set_header("Content-Security-Policy", pages.policy_of(page))
        self.finish(page)

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """Keep quiet about what a person is told anyway."""
        if not isinstance(error, SeminarError | HTTPError):
            super().log_exception(kind, error, trace)

    def write_error(self, status_code: int, **more: Any) -> None:
        """Tell a person, or a page's script, what is wrong."""
        error = more.get("exc_info", (None, None, None))[1]
        status, text = refused.told(error, status_code)
        self.set_status(status)
        if self.request.method == "POST":
            self.set_header("Content-Type", "application/json")
            self.finish(pages.as_json({"error": text}))
        else:
            self.show(pages.message(self.desk.now.folder, refused.title(status), text))
