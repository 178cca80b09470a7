"""The kernels of live notebooks: a pool of warm kernels, each used by one person.

A kernel runs only the cells that the server made for one form: of a browser's messages, only those
of widgets reach it. It does not need the seminar's folder.
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
ADDRESS = "VOILA_BASE_URL"  # the variable in which Voilà passes the address of the page
_IDLE = 10 * 60  # seconds after which an idle kernel is shut down
_LOOK = 60  # seconds between two checks for idle kernels
_DRAWN = 120  # seconds after which a form has loaded and no longer needs its kernel
_LAST = 5  # seconds to wait for a starting kernel when the server ends
_PATIENCE = 60  # seconds for a kernel to start
_FIRST = "import seminarkit.core.forms.widget"  # the slowest import, done in advance
_MESSAGES = (
    *("comm_open", "comm_close", "comm_msg", "comm_info_request"),
    *("kernel_info_request", "shutdown_request"),
)


@dataclass(frozen=True)
class _Use:
    """The address that uses a kernel, and since when (monotonic clock)."""

    address: str
    since: float


class PrivateKernel(ServerKernelManager):
    """A kernel whose sockets no other account of this computer can reach."""

    async def start_kernel(  # type: ignore[override]  # its parent's is typed as if it waited
        self, *args: Any, **options: Any
    ) -> Any:
        """Start the kernel with private sockets."""
        use_private_sockets(self)
        return await super().start_kernel(*args, **options)


class Kernels(AsyncMappingKernelManager):
    """At most ``most`` kernels in use, and ``warm`` kernels in reserve."""

    def __init__(self, place: Path, most: int, warm: int) -> None:
        """``place`` is a folder for their files; it is emptied first."""
        shutil.rmtree(place, ignore_errors=True)  # of a run that was killed
        place.mkdir(mode=0o700)
        self._place = place
        super().__init__(  # type: ignore[no-untyped-call]
            allowed_message_types=list(_MESSAGES),
            connection_dir=str(self._place),
            kernel_manager_class=f"{__name__}.{PrivateKernel.__name__}",
            cull_idle_timeout=_IDLE,
            cull_interval=_LOOK,
            cull_connected=True,  # a page that is left open no longer needs it
        )
        self._most, self._wanted = most, warm
        self._warm: list[str] = []
        self._used: dict[str, _Use] = {}
        self._warming: asyncio.Task[None] | None = None
        # making many notebooks at once would delay everybody's drafts
        self.turn = asyncio.Lock()

    def is_of(self, kernel_id: str, address: str) -> bool:
        """Say whether a kernel belongs to this address."""
        return kernel_id in self._open() and self._used[kernel_id].address == address

    def keep_warm(self) -> None:
        """Start warming kernels in the background, unless that is under way."""
        if self._warming is None or self._warming.done():
            self._warming = asyncio.create_task(self._warm_up())

    async def start_kernel(  # type: ignore[override]  # its parent's is typed as if it waited
        self, *, env: dict[str, str], **_: Any
    ) -> str:
        """Return a kernel for the address in ``env``; a person's earlier kernel is shut down.

        If all kernels are in use, the oldest is shut down: its form has loaded and talks to the
        server itself. Raises Refused while all of them are still loading forms.
        """
        for own in [k for k, use in self._open().items() if use.address == env[ADDRESS]]:
            await self.shutdown_kernel(own, now=True)  # type: ignore[no-untyped-call]
        if len(self._open()) >= self._most:
            oldest = min(self._used, key=lambda kernel: self._used[kernel].since)
            if time.monotonic() - self._used[oldest].since < _DRAWN:
                raise Refused(503, http_errors.TOO_MANY_LIVE, _DRAWN)
            await self.shutdown_kernel(oldest, now=True)  # type: ignore[no-untyped-call]
        self._warm = [kernel for kernel in self._warm if kernel in self]
        kernel_id = self._warm.pop(0) if self._warm else await self._start()
        self._used[kernel_id] = _Use(env[ADDRESS], time.monotonic())
        self.keep_warm()
        return kernel_id

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """Shut down a kernel if it is idle, unless it is in reserve."""
        if kernel_id not in self._warm:
            await super().cull_kernel_if_idle(kernel_id)  # type: ignore[no-untyped-call]

    async def end(self) -> None:
        """Shut down all kernels."""
        self._wanted = 0
        if self._warming and not self._warming.done():
            # a kernel cancelled during its start would go on writing, unmanaged
            await asyncio.wait([self._warming], timeout=_LAST)
            self._warming.cancel()
        with suppress(Exception):  # those that remain end with this process
            await self.shutdown_all(now=True)
        shutil.rmtree(self._place, ignore_errors=True)

    def _open(self) -> dict[str, _Use]:
        """Return the kernels in use, without those that have ended."""
        self._used = {kernel: use for kernel, use in self._used.items() if kernel in self}
        return self._used

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
