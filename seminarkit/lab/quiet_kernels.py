"""Start kernels without output to the terminal; errors appear in the notebook."""

from __future__ import annotations

from subprocess import DEVNULL
from typing import Any

from jupyter_server.services.kernels.kernelmanager import ServerKernelManager

from seminarkit.core.import_path import isolate
from seminarkit.core.isolation import KERNEL_OPTIONS
from seminarkit.core.kernel_sockets import use_private_sockets


class QuietKernelManager(ServerKernelManager):
    """Keep a kernel's output out of the terminal where the participant stops JupyterLab."""

    async def start_kernel(  # type: ignore[override]  # its parent's is typed as if it waited
        self, *args: Any, **options: Any
    ) -> Any:
        """Start the kernel without terminal output and with private sockets."""
        quiet = {"stdout": DEVNULL, "stderr": DEVNULL, "extra_arguments": list(KERNEL_OPTIONS)}
        isolate()
        use_private_sockets(self)
        return await super().start_kernel(*args, **{**quiet, **options})
