"""The server of forms: the only door to Tornado, and nothing but what this file names is served.

A person's link opens their list of tasks, and a task the self-contained page: on a line of 512
kbit/s it is there in 0.7 s where Voilà took 96 s, and it needs no kernel for each reader. Beside
each stands the same form as a live notebook, run by Voilà (live_notebooks.py).

    /link/TOKEN            gives the browser a cookie for one person, and goes on without the token
    /p/PERSON/             the list of their tasks; below it a page and a notebook for each form
    /p/PERSON/save         takes a draft: answered when it is on the disk
    /p/PERSON/submit       takes a submission: the same, then into the store as collect does
    /p/PERSON/live/FILE    the form as a live notebook
"""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError

from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.assignments import Author
from seminarkit.serve import http_errors
from seminarkit.serve import server_pages as pages
from seminarkit.serve.drafts import Draft
from seminarkit.serve.handlers import COOKIE, Handler, HandlerState
from seminarkit.serve.http_errors import Refused
from seminarkit.topics.packs.reading_links import READINGS, TERMS

if TYPE_CHECKING:
    from seminarkit.serve.live_notebooks import LiveNotebooks

MAX_BODY = 2 * 2**20
_DAYS = 60


class _Front(Handler):
    def get(self) -> None:
        text = "Here you fill in the forms of the seminar. Open the link that you were sent."
        self.show(pages.message(self.desk.now.folder, "Forms of the seminar", text))


class _Link(Handler):
    def get(self, token: str) -> None:
        author = self.desk.enter(token)
        address = urlsplit(self.office.address)
        self.set_cookie(
            COOKIE,
            token,
            path=f"{address.path}/p/{author.id}/",
            expires_days=_DAYS,
            httponly=True,
            samesite="Strict",
            secure=address.scheme == "https",
        )
        # Not a redirect: after a click in a web mail, a browser would follow it without the cookie,
        # as the request began at another site. A page with a refresh starts a new request.
        text = "Your forms are opening. If they do not, reload this page."
        where = f"../p/{author.id}/"
        self.show(pages.message(self.desk.now.folder, author.name, text, go_to=where))


class _Tasks(Handler):
    def get(self, person: str) -> None:
        self.show(pages.tasks(self.desk, self.author(person), live=self.office.live))


class _Shelf(Handler):
    """Pages of readings and terms, the same for everybody."""

    def get(self, person: str, name: str) -> None:
        page = pages.shelf(self.desk, self.author(person), name)
        if page is None:
            raise HTTPError(404)
        self.show(page)


class _Form(Handler):
    def get(self, person: str, file: str) -> None:
        self.show(pages.form(self.desk, self.author(person), file))


class _Notebook(Handler):
    def get(self, person: str, file: str) -> None:
        content = pages.notebook(self.desk, self.author(person), file)
        self.set_header("Content-Type", "application/x-ipynb+json")
        self.set_header("Content-Disposition", f'attachment; filename="{file}.ipynb"')
        self.finish(content)


class _Text(Handler):
    def get(self, person: str, file: str) -> None:
        content = pages.plain_text(self.desk, self.author(person), file)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(content)


class _Post(Handler):
    def sent(self, person: str) -> tuple[Author, Draft]:
        """Return the author and draft of a request; raises Refused for another page's request."""
        headers = self.request.headers
        if headers.get("Content-Type", "").split(";")[0] != "application/json":
            raise Refused(415, http_errors.ELSEWHERE)
        if not self.is_from_here(headers.get("Origin")):
            raise Refused(403, http_errors.ELSEWHERE)
        author = self.author(person)
        if len(self.request.body) > MAX_BODY:
            raise Refused(413, http_errors.TOO_LARGE)
        now, size = time.monotonic(), len(self.request.body)
        if seconds := self.office.rates.wait(person, now):
            raise Refused(429, http_errors.TOO_OFTEN, int(seconds) + 1)
        if self.office.quotas.is_used_up(person, size):
            raise Refused(507, http_errors.ALL_USED)
        if seconds := self.office.quotas.wait(person, size, now):
            raise Refused(429, http_errors.TOO_MUCH, int(seconds) + 1)
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
        self.answer(self.desk.confirmation(draft.filled, outcome))


class _Nowhere(Handler):
    def prepare(self) -> None:
        raise HTTPError(404)


def application(office: HandlerState) -> Application:
    """Return the application without live notebooks, which load later."""
    shared = {"office": office}
    person, file = r"/p/([A-Za-z0-9_-]{1,64})/", r"([A-Za-z0-9_-]{1,120})"
    routes: Sequence[tuple[str, type[Handler]]] = (
        (r"/", _Front),
        (r"/link/([A-Za-z0-9_-]{1,100})", _Link),
        (person, _Tasks),
        (person + f"({READINGS}|{TERMS})", _Shelf),
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
        log_function=lambda handler: None,  # URLs contain tokens, so they are not logged
    )


def listening(host: str, port: int) -> list[socket.socket]:
    """Open the port; raises SeminarError if it is in use."""
    try:
        return bind_sockets(port, host)
    except OSError as error:
        raise SeminarError(
            f"The port {port} of {host} cannot be opened ({error.strerror}). Use another port: "
            "seminar serve --port 8030"
        ) from None


def serve(
    office: HandlerState,
    sockets: list[socket.socket],
    ready: Callable[[], None],
    notebooks: int = 0,
    warm: int = 0,
) -> None:
    """Serve until the process is interrupted.

    ``notebooks`` is the maximum number of live notebooks, ``warm`` that of kernels in reserve.
    """

    async def run() -> None:
        served = application(office)
        server = HTTPServer(
            served,
            max_body_size=2 * MAX_BODY,  # a larger body closes the connection without a sentence
            max_header_size=16 * 2**10,
            idle_connection_timeout=120,
            body_timeout=60,
        )
        server.add_sockets(sockets)
        with suppress(NotImplementedError):  # Windows has no signal handlers
            under_way = asyncio.current_task()
            assert under_way
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, under_way.cancel)
        ready()
        if not notebooks:
            await asyncio.Event().wait()
        live = await _add_notebooks(served, office, notebooks, warm)
        try:
            await asyncio.Event().wait()
        finally:
            await live.kernels.end()

    try:
        asyncio.run(run())
    except asyncio.CancelledError:  # SIGTERM ends a service as Ctrl+C does
        raise KeyboardInterrupt from None


async def _add_notebooks(
    served: Application, office: HandlerState, most: int, warm: int
) -> LiveNotebooks:
    """Add the live notebooks: Voilà takes seconds to load, and pages must not wait for it."""
    await asyncio.to_thread(import_module, "seminarkit.serve.live_notebooks")
    from seminarkit.serve.live_notebooks import LiveNotebooks

    live = LiveNotebooks(office, most, warm)
    served.settings.update(live.settings)
    served.add_handlers(".*$", live.routes)
    live.kernels.keep_warm()
    office.live = True
    return live
