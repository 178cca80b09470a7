"""Forms as live notebooks behind the personal links, rendered by Voilà.

Voilà's handlers run in the same server as the pages, below each person's URL and behind that
person's cookie. Only the handlers that a form needs are installed: no contents, tree, files,
terminals or Jupyter login. Notebooks are made on request and never written to the disk.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import nbformat
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.web import HTTPError
from voila.app import Voila
from voila.configuration import VoilaConfiguration
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.utils import get_voila_labextensions_path

from seminarkit.core.disk.files import to_json
from seminarkit.serve import server_pages as pages
from seminarkit.serve.form_service import FormService
from seminarkit.serve.handlers import Handler, HandlerState
from seminarkit.serve.live_kernels import Kernels

_PERSON = r"/p/(?P<person>[A-Za-z0-9_-]{1,64})/live/"
_KERNEL = r"(?P<kernel_id>[0-9a-f-]{36})"
_EXTENSIONS = [  # the installed extensions that a widget needs
    "@voila-dashboards/widgets-manager8",
    "@jupyter-widgets/jupyterlab-manager",
    "anywidget",
]
# JupyterLab's parts of Voilà need this; answers are never put into the page as a script.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' data: blob:; base-uri 'none'; form-action 'none'; object-src 'none'; "
    "frame-ancestors 'none'"
)


class LiveNotebooks:
    """Voilà's settings, routes and kernels for the forms of one seminar."""

    def __init__(self, office: HandlerState, most: int, warm: int) -> None:
        """``most`` notebooks may be open at once; ``warm`` kernels are in reserve."""
        self.kernels = Kernels(office.desk.folder.kernels, most, warm)
        voila = Voila()
        # not initialize(): it reads the settings of the server's user and installs signal handlers
        voila.voila_configuration = VoilaConfiguration(
            template="seminar",
            extension_allowlist=_EXTENSIONS,
        )
        voila.connection_dir = self.kernels.connection_dir
        voila.setup_template_dirs()
        self.settings: dict[str, object] = {
            **voila.init_settings(),
            "kernel_manager": self.kernels,
            "contents_manager": _Books(office.desk),
            "identity_provider": _ByLink(),
            # the cookie is SameSite=Strict: requests from other sites do not carry it
            "disable_check_xsrf": True,
            "ws_ping_timeout": 30_000,  # milliseconds, as between two pings
        }
        shared = {"office": office, "kernels": self.kernels}
        book = {
            "template_paths": voila.template_paths,
            "config": voila.config,
            "voila_configuration": voila.voila_configuration,
        }
        styles = {"paths": voila.static_paths, "default_filename": "index.html"}
        extensions = {"path": get_voila_labextensions_path(), "no_cache_paths": ["/"]}
        path = r"(?P<path>.*)"
        self.routes: list[tuple[str, type[Handler], dict[str, object]]] = [
            (f"{_PERSON}api/kernels/{_KERNEL}", _Kernel, shared),
            (f"{_PERSON}api/kernels/{_KERNEL}/channels", _Channels, shared),
            (f"{_PERSON}voila/api/shutdown/{_KERNEL}", _Shutdown, shared),
            (f"{_PERSON}voila/templates/{path}", _TemplateFile, shared),
            (f"{_PERSON}voila/static/{path}", _StaticFile, {**shared, **styles}),
            (f"{_PERSON}voila/labextensions/{path}", _Extension, {**shared, **extensions}),
            (f"{_PERSON}(?P<path>[A-Za-z0-9_-]{{1,120}})", _Book, {**shared, **book}),
        ]


class _Live(Handler):
    """Admit only the person to a handler of Voilà or Jupyter."""

    def initialize(self, office: HandlerState, kernels: Kernels, **more: Any) -> None:  # type: ignore[override]
        super().initialize(office, **more)
        self.kernels = kernels

    @property
    def base_url(self) -> str:
        """Return the person's base URL, which Voilà puts before every path."""
        return f"{urlsplit(self.office.address).path}/p/{self.person}/live/"

    async def prepare(self) -> None:
        self.person = self.path_kwargs.pop("person")
        self.author(self.person)
        kernel_id = self.path_kwargs.get("kernel_id")
        if kernel_id and not self.kernels.is_of(kernel_id, self.base_url):
            raise HTTPError(404)
        under_way = super().prepare()
        if under_way:  # Jupyter's prepare is a coroutine, Tornado's is not
            await under_way

    def check_origin(self, *origins: str) -> bool:
        """Accept requests from this server's pages, also behind a TLS proxy."""
        return self.is_from_here(self.request.headers.get("Origin"))


class _File(_Live):
    async def prepare(self) -> None:
        await super().prepare()
        if ".." in self.path_kwargs["path"].split("/"):  # Voilà crashes on it
            raise HTTPError(404)

    def set_extra_headers(self, path: str) -> None:
        """Let the browser cache shared files, but revalidate them."""
        self.set_header("Cache-Control", "private, no-cache")


class _Book(_Live, TornadoVoilaHandler):  # type: ignore[misc]
    async def get(self, path: str) -> None:
        async with self.kernels.turn:
            await super().get(path=f"{self.person}/{path}.ipynb")  # type: ignore[misc]

    def set_default_headers(self) -> None:
        super().set_default_headers()
        self.set_header("Content-Security-Policy", _POLICY)


class _Kernel(_Live, KernelHandler):  # type: ignore[misc]
    pass


class _Channels(_Live, VoilaKernelWebsocketHandler):  # type: ignore[misc]
    pass


class _Shutdown(_Live, VoilaShutdownKernelHandler):  # type: ignore[misc]
    pass


class _TemplateFile(_File, TemplateStaticFileHandler):  # type: ignore[misc]
    pass


class _StaticFile(_File, MultiStaticFileHandler):  # type: ignore[misc]
    pass


class _Extension(_File, FileFindHandler):  # type: ignore[misc]
    pass


class _ByLink(IdentityProvider):
    """Tell Jupyter the user, whom ``_Live`` has already authenticated."""

    def get_user(self, handler: Any) -> User:
        return User(handler.person)


class _Books:
    """The contents manager of Voilà: makes each notebook on request."""

    def __init__(self, desk: FormService) -> None:
        self._desk = desk

    async def get(self, path: str, **_: Any) -> dict[str, object]:
        person, file = path.removesuffix(".ipynb").split("/")
        book = pages.live_notebook(self._desk, self._desk.person(person), file)
        content = nbformat.reads(to_json(book), as_version=4)
        return {"type": "notebook", "path": path, "content": content}
