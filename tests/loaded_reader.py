"""Starts the reader of received files as a fork of a process that has loaded it.

Loading it takes longer than reading a file, and the tests start thousands: one for each collect and
verify. It still is a process of its own, with its own limits, that may break and be killed. How the
kit starts a reader by itself is tried in tests/topics/intake/test_limits.py and by the walks over all
commands.

Run as a program, it is the process that is forked, at a socket; its standard input tells the end.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from typing import Any

PLACE = "SEMINAR_TESTS_READERS"  # names the socket to whoever else starts readers


class LoadedReader:
    """What is asked of a process that was started by ``subprocess.Popen``, of a forked reader."""

    def __init__(self, place: str) -> None:
        theirs, into = os.pipe()
        out, said = os.pipe()
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(place)
        socket.send_fds(self._line, [b"start"], [theirs, said])
        os.close(theirs)
        os.close(said)
        self.stdin = os.fdopen(into, "w", encoding="utf-8")
        self.stdout = os.fdopen(out, encoding="utf-8")
        self.pid = int(self._line.recv(20))
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return how it ended, or None of one that runs."""
        if self.returncode is None:
            self._line.setblocking(False)
            with suppress(BlockingIOError):
                self._ended()
        return self.returncode

    def wait(self) -> int:
        """Return how it ended."""
        self._line.setblocking(True)
        return self._ended() if self.returncode is None else self.returncode

    def kill(self) -> None:
        """End it at once."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def _ended(self) -> int:
        self.returncode = int(self._line.recv(20))
        self._line.close()
        return self.returncode


def start(words: list[str], **options: Any) -> LoadedReader:
    """Start the reader as ``seminarkit.core.isolation.start_python`` does."""
    assert words == ["-m", "seminarkit.topics.intake.reader"], words
    return LoadedReader(os.environ[PLACE])


def use_loaded_reader() -> None:
    """Have the kit start its readers here, if there is a process to fork."""
    if PLACE in os.environ:
        from seminarkit.topics.intake import reader_process as child

        child.start_python = start  # type: ignore[assignment]


def begin() -> subprocess.Popen[bytes]:
    """Start the process that is forked, and name its socket to whoever starts readers."""
    place = str(Path(tempfile.mkdtemp(prefix="readers-")) / "socket")
    words = [sys.executable, "-P", __file__, place]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout and process.stdout.readline() == b"ready\n"
    os.environ[PLACE] = place
    return process


def end(process: subprocess.Popen[bytes]) -> None:
    """End the process that is forked, and take its socket away."""
    process.kill()
    process.wait()
    shutil.rmtree(Path(os.environ.pop(PLACE)).parent)


def _is_asked(place: str) -> bool:
    """Fork a reader for whoever asks; return True in its process, and False at the end."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(place)
    listener.listen(64)
    print("ready", flush=True)
    with DefaultSelector() as events:
        events.register(0, EVENT_READ)
        events.register(listener, EVENT_READ)
        while True:
            for event, _ in events.select():
                if event.fileobj == 0:
                    return False
                if event.fileobj is listener:
                    line, _ = listener.accept()
                    _, files, _, _ = socket.recv_fds(line, 20, 2)
                    reader = os.fork()
                    if not reader:
                        _become(files)
                        return True
                    for file in files:
                        os.close(file)
                    line.sendall(str(reader).encode())
                    events.register(os.pidfd_open(reader), EVENT_READ, (reader, line))
                else:
                    reader, line = event.data
                    events.unregister(event.fileobj)
                    os.close(event.fd)
                    code = os.waitstatus_to_exitcode(os.waitpid(reader, 0)[1])
                    with suppress(OSError):  # nobody waits any more
                        line.sendall(str(code).encode())
                    line.close()


def _become(files: list[int]) -> None:
    """Have these files alone, in an empty folder, as a reader that was just started."""
    os.dup2(files[0], 0)
    os.dup2(files[1], 1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os.closerange(3, 256)
    from seminarkit.core.isolation import settle

    settle()


if __name__ == "__main__":
    from seminarkit.topics.intake import reader

    gc.collect()
    gc.freeze()
    if _is_asked(sys.argv[1]):
        reader.main()
