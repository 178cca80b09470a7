"""Kernels are spoken to by files that no other account may open, and listened to by no port."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import psutil
import pytest
from jupyter_client.manager import KernelManager

from seminarkit.core.kernel_sockets import use_private_sockets
from seminarkit.lab.quiet_kernels import QuietKernelManager
from seminarkit.serve.live_kernels import PrivateKernel

# how ZeroMQ's protocol begins, without a password: its answer says what kind of socket it is
GREETING = (
    b"\xff" + bytes(8) + b"\x7f\x03\x00" + b"NULL".ljust(20, b"\0") + bytes(32)
    + b"\x04\x1a\x05READY\x0bSocket-Type\x00\x00\x00\x04PUSH"
)  # fmt: skip


def answer_of(line: socket.socket) -> bytes:
    data = b""
    while b"Socket-Type" not in data or len(data) < 64 + 28:
        part = line.recv(1024)
        if not part:
            break
        data += part
    return data


pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no sockets in files")


@pytest.mark.timeout(120)
def test_a_kernel_is_heard_at_no_port_and_its_files_are_its_owners() -> None:
    """P06, trust: what a kernel shows is sent to whoever listens, so nobody else must reach it."""
    manager = KernelManager(kernel_name="python3")
    use_private_sockets(manager)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        # one port is left, by which programs that a cell starts hand in what they print: nothing is
        # sent there, and what comes without the kernel's own secret is thrown away
        ports = psutil.Process(manager.provisioner.pid).net_connections("inet")
        assert len(ports) <= 1
        for port in ports:
            with socket.create_connection(port.laddr, timeout=5) as line:
                line.sendall(GREETING)
                line.settimeout(5)
                assert b"PULL" in answer_of(line)
        folder = Path(manager.ip).parent
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert list(folder.glob(f"{Path(manager.ip).name}-*"))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert not list(folder.glob(f"{Path(manager.ip).name}-*"))


@pytest.mark.parametrize("kind", [QuietKernelManager, PrivateKernel])
def test_lab_and_the_server_of_forms_use_such_kernels(kind: type) -> None:
    """P06: both start kernels for people, on computers that others may use."""
    assert "use_private_sockets" in kind.start_kernel.__code__.co_names
