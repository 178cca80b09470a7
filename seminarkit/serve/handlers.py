"""The base of all HTTP handlers of the form server: authentication and error pages."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tornado.web import HTTPError, RequestHandler

from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.shapes import Payload
from seminarkit.core.seminar.assignments import Author
from seminarkit.core.store.submission import Outcome
from seminarkit.serve import http_errors
from seminarkit.serve import server_pages as pages
from seminarkit.serve.batches import Batches
from seminarkit.serve.byte_quotas import Quotas
from seminarkit.serve.drafts import Draft
from seminarkit.serve.form_service import FormService
from seminarkit.serve.hosts import Hosts
from seminarkit.serve.http_errors import Refused
from seminarkit.serve.rate_limit import Rates

_log = logging.getLogger(__name__)
COOKIE = "seminar"
_BETWEEN_SUBMISSIONS = 0.2  # seconds in which other processes can take the store's lock
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@dataclass
class HandlerState:
    """The state that all handlers share.

    ``address`` is the server's public URL without a final slash, ``live`` whether forms also open
    as live notebooks, ``hosts`` the host names that it answers to, None for all.
    """

    desk: FormService
    address: str
    live: bool = False
    hosts: Hosts | None = None
    quotas: Quotas = field(default_factory=Quotas)
    rates: Rates = field(default_factory=Rates)

    def __post_init__(self) -> None:
        self.saving: Batches[Draft, Payload | None] = Batches(self.desk.drafts.add)
        self.submitting: Batches[tuple[str, bytes], Outcome] = Batches(
            self.desk.submit, _BETWEEN_SUBMISSIONS
        )


class Handler(RequestHandler):
    """A handler with the kit's security headers, whose errors are sentences for people."""

    def initialize(self, office: HandlerState, **more: Any) -> None:
        """Store the shared state; ``more`` is passed on to a handler of Voilà or Jupyter."""
        super().initialize(**more)
        self.office, self.desk = office, office.desk

    def set_default_headers(self) -> None:
        """Send the same headers with every response."""
        self.clear_header("Server")
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> Any:
        """Refuse a foreign host name, which DNS rebinding by another site's page would use."""
        if self.office.hosts and not self.office.hosts.has(self.request.host_name):
            raise Refused(421, http_errors.ANOTHER_HOST)
        return super().prepare()

    def author(self, person: str) -> Author:
        """Return the person of a page; raises Refused for a request by anybody else."""
        return self.desk.admit(self.get_cookie(COOKIE) or "", person)

    def is_from_here(self, origin: str | None) -> bool:
        """Say whether a request comes from a page of this server, or has no origin."""
        here = {self.office.address, f"{self.request.protocol}://{self.request.host}"}
        return not origin or origin in {"://".join(urlsplit(url)[:2]) for url in here}

    def show(self, page: str) -> None:
        """Answer with a page, and send its content security policy as a header."""
        self.set_header("Content-Security-Policy", pages.policy_of(page))
        self.finish(page)

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """Log an error without the URL, which may contain a token.

        Errors that are shown to the person are not logged.
        """
        if not isinstance(error, SeminarError | HTTPError):
            words = "".join(traceback.format_tb(trace))
            name = type(self).__name__
            _log.error("%s in %s %s:\n%s", kind.__name__, self.request.method, name, words)

    def write_error(self, status_code: int, **more: Any) -> None:
        """Send the error as a page, or as JSON to a page's script."""
        error = more.get("exc_info", (None, None, None))[1]
        status, text = http_errors.status_and_text(error, status_code)
        self.set_status(status)
        if seconds := http_errors.retry_after(error):  # headers that were set before are gone here
            self.set_header("Retry-After", str(seconds))
        if self.request.method == "POST":
            self.set_header("Content-Type", "application/json")
            self.finish(pages.as_json({"error": text}))
        else:
            self.show(pages.message(self.desk.now.folder, http_errors.title(status), text))
