"""Jupyter messages to and from a kernel in the same process, without sockets.

The content of a message is still encoded as JSON and decoded, so that it arrives just as it would
from another process.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Any

from ipykernel.inprocess.socket import DummySocket
from ipykernel.iostream import BackgroundSocket, IOPubThread
from jupyter_client.session import Session


class Messages(Session):
    """A session that sends a message in two parts: the message, and its content's size in bytes."""

    def send(
        self,
        stream: Any,
        msg_or_type: Any,
        content: Any = None,
        parent: Any = None,
        ident: Any = None,
        buffers: Any = None,
        track: bool = False,
        header: Any = None,
        metadata: Any = None,
    ) -> Any:
        """Send a message, or build one from its parts and send it; return the message."""
        message = msg_or_type
        if isinstance(message, str):
            message = self.msg(message, content, parent, header, metadata)
        packed = self.pack(message["content"])
        decoded = {
            **message,
            "content": self.unpack(packed),
            "buffers": [memoryview(buffer) for buffer in buffers or message.get("buffers", ())],
        }
        stream.send_multipart([decoded, len(packed)])
        return message

    def recv(self, socket: Any, mode: int = 0, content: bool = True, copy: bool = True) -> Any:
        """Return the next message of a socket, with an empty list of addressees."""
        return [], socket.recv_multipart()[0]

    def feed_identities(self, msg_list: Any, copy: bool = True) -> Any:
        """Return an empty list of addressees, and the parts of a message."""
        return [], msg_list

    def deserialize(self, msg_list: Any, content: bool = True, copy: bool = True) -> Any:
        """Return the message in a list of its parts."""
        return msg_list[0]


class Socket(DummySocket):  # type: ignore[misc]
    """A queue of messages that threads of a cell may fill at the same time."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = RLock()

    def send_multipart(self, msg_parts: Any, *_: Any, **__: Any) -> None:
        """Queue the parts of a message and notify listeners."""
        with self._lock:
            self.queue.put_nowait(msg_parts)
            self.message_sent += 1

    @property
    def next_size(self) -> int:
        """The size in bytes of the next message's content."""
        return int(self.queue.queue[0][1])


class SynchronousThread(IOPubThread):  # type: ignore[misc]
    """Runs at once what ipykernel schedules on its output thread, which does not exist here.

    It has no sockets either, as pyzmq would start threads for them, which do not survive a fork.
    """

    thread = io_loop = None

    def __init__(self, socket: Socket) -> None:
        self.socket = socket
        self.background_socket = BackgroundSocket(self)

    def schedule(self, f: Callable[[], object]) -> None:
        """Call a function at once."""
        f()

    def send_multipart(self, *args: Any, **more: Any) -> None:
        """Queue the parts of a message."""
        self.socket.send_multipart(*args, **more)
