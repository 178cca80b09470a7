"""The kernels of live notebooks: some are warm before anybody asks, and each is one person's.

A kernel runs the cells that the server has made for one form, and nothing else: of the messages of
a browser only those of widgets reach it. It needs the seminar's folder for nothing.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

from jupyter_server.services.kernels.kernelmanager import (
    AsyncMappingKernelManager,
    ServerKernelManager,
)

from seminarkit.core.import_path import isolate
from seminarkit.core.isolation import KERNEL_OPTIONS
from seminarkit.core.kernel_sockets import use_private_sockets
from seminarkit.serve import http_errors
from seminarkit.serve.http_errors import Refused

_log = logging.getLogger(__name__)
ADDRESS = "VOILA_BASE_URL"  # the variable by which Voilà says for which address a kernel is
_IDLE = 10 * 60  # seconds after which a kernel that nothing was asked of is ended
_LOOK = 60  # seconds between two looks for such kernels
_DRAWN = 120  # seconds after which a form is in the browser, and goes on without its kernel
_LAST = 5  # seconds for a kernel that is just starting, at the end
_PATIENCE = 60  # seconds for a kernel to be warm
_FIRST = (
    "import seminarkit.core.forms.widget"  # what takes longest, done before anybody waits for it
)
_MESSAGES = (
    *("comm_open", "comm_close", "comm_msg", "comm_info_request"),
    *("kernel_info_request", "shutdown_request"),
)


@dataclass(frozen=True)
class _Given:
    """To whom a kernel was given, and when on the monotonic clock."""

    address: str
    since: float


class PrivateKernel(ServerKernelManager):
    """One kernel, which no other account of this computer can listen to or speak to."""

    async def start_kernel(  # type: ignore[override]  # its parent's is typed as if it waited
        self, *args: Any, **options: Any
    ) -> Any:
        """Start the kernel, as its parent does."""
        use_private_sockets(self)
        return await super().start_kernel(*args, **options)


class Kernels(AsyncMappingKernelManager):
    """At most ``most`` kernels of people; beside them ``warm`` that wait for somebody."""

    def __init__(self, place: Path, most: int, warm: int) -> None:
        """``place`` is a folder for what they write, which is emptied."""
        shutil.rmtree(place, ignore_errors=True)  # of a run that was killed
        place.mkdir(mode=0o700)
        self._place = place
        super().__init__(  # type: ignore[no-untyped-call]
            allowed_message_types=list(_MESSAGES),
            connection_dir=str(self._place),
            kernel_manager_class=f"{__name__}.{PrivateKernel.__name__}",
            cull_idle_timeout=_IDLE,
            cull_interval=_LOOK,
            cull_connected=True,  # a page that is left open needs it no more
        )
        self._most, self._wanted = most, warm
        self._warm: list[str] = []
        self._given: dict[str, _Given] = {}
        self._warming: asyncio.Task[None] | None = None
        # many notebooks that are made at once would keep everybody else's drafts waiting
        self.turn = asyncio.Lock()

    def is_of(self, kernel_id: str, address: str) -> bool:
        """Say whether a kernel was started for an address: another person's is nobody else's."""
        return kernel_id in self._open() and self._given[kernel_id].address == address

    def keep_warm(self) -> None:
        """See to it that there are kernels for those who come next."""
        if self._warming is None or self._warming.done():
            self._warming = asyncio.create_task(self._warm_up())

    async def start_kernel(  # type: ignore[override]  # its parent's is typed as if it waited
        self, *, env: dict[str, str], **_: Any
    ) -> str:
        """Return a kernel for the address in ``env``.

        A person has one: their earlier one ends. Where there are as many as there may be, the
        oldest ends: its form is in the browser, and has a line of its own to the server. Raises
        Refused while all of them are still needed.
        """
        for own in [k for k, given in self._open().items() if given.address == env[ADDRESS]]:
            await self.shutdown_kernel(own, now=True)  # type: ignore[no-untyped-call]
        if len(self._open()) >= self._most:
            oldest = min(self._given, key=lambda each: self._given[each].since)
            if time.monotonic() - self._given[oldest].since < _DRAWN:
                raise Refused(503, http_errors.TOO_MANY_LIVE, _DRAWN)
            await self.shutdown_kernel(oldest, now=True)  # type: ignore[no-untyped-call]
        self._warm = [each for each in self._warm if each in self]
        kernel_id = self._warm.pop(0) if self._warm else await self._start()
        self._given[kernel_id] = _Given(env[ADDRESS], time.monotonic())
        self.keep_warm()
        return kernel_id

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel that somebody has left alone; one that waits for somebody stays."""
        if kernel_id not in self._warm:
            await super().cull_kernel_if_idle(kernel_id)  # type: ignore[no-untyped-call]

    async def end(self) -> None:
        """End all kernels."""
        self._wanted = 0
        if self._warming and not self._warming.done():
            # one that is cut off in its start is nobody's, and goes on writing
            await asyncio.wait([self._warming], timeout=_LAST)
            self._warming.cancel()
        with suppress(Exception):  # whatever is left of them ends with this process
            await self.shutdown_all(now=True)
        shutil.rmtree(self._place, ignore_errors=True)

    def _open(self) -> dict[str, _Given]:
        """Return the kernels of people, without those that have ended."""
        self._given = {each: given for each, given in self._given.items() if each in self}
        return self._given

    async def _warm_up(self) -> None:
        while len(self._warm) < min(self._wanted, self._most - len(self._open())):
            kernel_id = await self._start()
            client: Any = self.get_kernel(kernel_id).client()
            client.start_channels()
            try:
                await client.wait_for_ready(timeout=_PATIENCE)
            except RuntimeError as error:
                _log.warning("A kernel did not start: %s", error)
                await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]
                return
            finally:
                client.stop_channels()
            self._warm.append(kernel_id)

    async def _start(self) -> str:
        isolate()
        kernel_id: str = await super().start_kernel(
            kernel_name="python3",
            cwd=str(self._place),
            env={**os.environ, "IPYTHONDIR": str(self._place)},
            extra_arguments=[f"--IPKernelApp.exec_lines={_FIRST}", *KERNEL_OPTIONS],
            stdout=DEVNULL,
            stderr=DEVNULL,
        )
        return kernel_id
