"""The server of forms: the only door to Tornado, and nothing but what this file names is served.

A person's link opens the self-contained page with a line to this server, not Voilà: on a line of
512 kbit/s the page is there in 0.7 s where Voilà took 96 s, it needs no kernel for each reader,
keeps words while the line is down, and shows none of Jupyter's doors (files, kernels, terminals).

    /link/TOKEN            gives the browser a cookie for one person, and goes on without the token
    /p/PERSON/             the list of their tasks; below it a page and a notebook for each form
    /p/PERSON/save         takes a draft: answered when it is on the disk
    /p/PERSON/submit       takes a submission: the same, then into the store as collect does
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from seminarkit.errors import SeminarError
from seminarkit.forms.bundle import Payload
from seminarkit.seminar.assignments import Author
from seminarkit.serve import pages, refused
from seminarkit.serve.batches import Batches
from seminarkit.serve.desk import Desk
from seminarkit.serve.drafts import Draft
from seminarkit.serve.rates import Rates
from seminarkit.serve.refused import Refused
from seminarkit.store.index import Outcome

MAX_BODY = 2 * 2**20
_COOKIE = "seminar"
_DAYS = 60
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
    """What all handlers share. ``address`` is how people reach the server, without a slash."""

    desk: Desk
    address: str
    rates: Rates = field(default_factory=Rates)

    def __post_init__(self) -> None:
        self.saving: Batches[Draft, Payload | None] = Batches(self.desk.drafts.add)
        self.submitting: Batches[tuple[str, bytes], Outcome] = Batches(
            self.desk.submit, _BETWEEN_SUBMISSIONS
        )


class _Handler(RequestHandler):
    def initialize(self, office: Office) -> None:
        self.office, self.desk = office, office.desk

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def author(self, person: str) -> Author:
        return self.desk.admit(self.get_cookie(_COOKIE) or "", person)

    def show(self, page: str) -> None:
        self.set_header("Content-Security-Policy", pages.policy_of(page))
        self.finish(page)

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        if not isinstance(error, SeminarError | HTTPError):
            super().log_exception(kind, error, trace)

    def write_error(self, status_code: int, **more: Any) -> None:
        error = more.get("exc_info", (None, None, None))[1]
        status, text = refused.told(error, status_code)
        self.set_status(status)
        if self.request.method == "POST":
            self.set_header("Content-Type", "application/json")
            self.finish(pages.as_json({"error": text}))
        else:
            self.show(pages.message(self.desk.now.folder, refused.title(status), text))


class _Front(_Handler):
    def get(self) -> None:
        text = "Forms are filled in here. Open the link that you were sent; it is yours alone."
        self.show(pages.message(self.desk.now.folder, "Forms of the seminar", text))


class _Link(_Handler):
    def get(self, token: str) -> None:
        author = self.desk.enter(token)
        address = urlsplit(self.office.address)
        self.set_cookie(
            _COOKIE,
            token,
            path=f"{address.path}/p/{author.id}/",
            expires_days=_DAYS,
            httponly=True,
            samesite="Strict",
            secure=address.scheme == "https",
        )
        # Not a redirect: after a click in a web mail, a browser would follow it without the cookie,
        # as the journey began at another site. A page that goes on by itself is a fresh start.
        text = "Your forms are opening. If they do not, reload this page."
        where = f"../p/{author.id}/"
        self.show(pages.message(self.desk.now.folder, author.name, text, go_to=where))


class _Tasks(_Handler):
    def get(self, person: str) -> None:
        self.show(pages.tasks(self.desk, self.author(person)))


class _Form(_Handler):
    def get(self, person: str, file: str) -> None:
        self.show(pages.form(self.desk, self.author(person), file))


class _Notebook(_Handler):
    def get(self, person: str, file: str) -> None:
        content = pages.notebook(self.desk, self.author(person), file)
        self.set_header("Content-Type", "application/x-ipynb+json")
        self.set_header("Content-Disposition", f'attachment; filename="{file}.ipynb"')
        self.finish(content)


class _Text(_Handler):
    def get(self, person: str, file: str) -> None:
        content = pages.plain_text(self.desk, self.author(person), file)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(content)


class _Post(_Handler):
    def sent(self, person: str) -> tuple[Author, Draft]:
        """Return what was sent, once it is sure that this person's own page sent it."""
        headers = self.request.headers
        if headers.get("Content-Type", "").split(";")[0] != "application/json":
            raise Refused(415, refused.ELSEWHERE)
        here = {self.office.address, f"{self.request.protocol}://{self.request.host}"}
        origin = headers.get("Origin")
        if origin and origin not in {"://".join(urlsplit(each)[:2]) for each in here}:
            raise Refused(403, refused.ELSEWHERE)
        author = self.author(person)
        if len(self.request.body) > MAX_BODY:
            raise Refused(413, refused.TOO_LARGE)
        if seconds := self.office.rates.wait(person, time.monotonic()):
            self.set_header("Retry-After", str(int(seconds) + 1))
            raise Refused(429, refused.TOO_OFTEN)
        return author, self.desk.draft(author, self.request.body)

    def answer(self, value: Any) -> None:
        self.set_header("Content-Type", "application/json")
        self.finish(pages.as_json(value))


class _Save(_Post):
    async def post(self, person: str) -> None:
        _, draft = self.sent(person)
        other = await self.office.saving.put(draft)
        self.answer({"rev": draft.filled["rev"], "other": other})


class _Submit(_Post):
    async def post(self, person: str) -> None:
        author, draft = self.sent(person)
        file = self.desk.notebook(author, draft.filled)
        await self.office.saving.put(draft)
        outcome = await self.office.submitting.put(file)
        self.answer(self.desk.told(draft.filled, outcome))


class _Nowhere(_Handler):
    def prepare(self) -> None:
        raise HTTPError(404)


def application(office: Office) -> Application:
    """Return all that is served."""
    shared = {"office": office}
    person, file = r"/p/([A-Za-z0-9_-]{1,64})/", r"([A-Za-z0-9_-]{1,120})"
    routes: Sequence[tuple[str, type[_Handler]]] = (
        (r"/", _Front),
        (r"/link/([A-Za-z0-9_-]{1,100})", _Link),
        (person, _Tasks),
        (person + file + r"\.html", _Form),
        (person + file + r"\.ipynb", _Notebook),
        (person + file + r"\.txt", _Text),
        (person + "save", _Save),
        (person + "submit", _Submit),
    )
    return Application(
        [(route, handler, shared) for route, handler in routes],
        default_handler_class=_Nowhere,
        default_handler_args=shared,
        compress_response=True,
        log_function=lambda handler: None,  # addresses hold tokens: they go into no log
    )


def listening(host: str, port: int) -> list[socket.socket]:
    """Open the port; raises SeminarError when it is taken."""
    try:
        return bind_sockets(port, host)
    except OSError as error:
        raise SeminarError(
            f"The port {port} of {host} cannot be opened ({error.strerror}). Name another one: "
            "seminar serve --port 8030"
        ) from None


def serve(office: Office, sockets: list[socket.socket], ready: Callable[[], None]) -> None:
    """Serve until the process is interrupted."""

    async def run() -> None:
        server = HTTPServer(
            application(office),
            max_body_size=2 * MAX_BODY,  # up to there a sentence, beyond it a closed door
            max_header_size=16 * 2**10,
            idle_connection_timeout=120,
            body_timeout=60,
        )
        server.add_sockets(sockets)
        ready()
        await asyncio.Event().wait()

    asyncio.run(run())
