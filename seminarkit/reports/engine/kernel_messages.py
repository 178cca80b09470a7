"""How a kernel is spoken to in its own process: the messages of Jupyter, not packed for sockets.

What a message says still goes through JSON, so that it arrives as it would from another process.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Any

from ipykernel.inprocess.socket import DummySocket
from ipykernel.iostream import BackgroundSocket, IOPubThread
from jupyter_client.session import Session


class Messages(Session):
    """Passes a message on as two parts: itself, and how many bytes it has to say."""

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
        """Send a message, or make one of its parts and send it; return it."""
        message = msg_or_type
        if isinstance(message, str):
            message = self.msg(message, content, parent, header, metadata)
        packed = self.pack(message["content"])
        sent = {
            **message,
            "content": self.unpack(packed),
            "buffers": [memoryview(each) for each in buffers or message.get("buffers", ())],
        }
        stream.send_multipart([sent, len(packed)])
        return message

    def recv(self, socket: Any, mode: int = 0, content: bool = True, copy: bool = True) -> Any:
        """Return to whom the next message of a socket is addressed, which is nobody, and it."""
        return [], socket.recv_multipart()[0]

    def feed_identities(self, msg_list: Any, copy: bool = True) -> Any:
        """Return to whom a message is addressed, and its parts."""
        return [], msg_list

    def deserialize(self, msg_list: Any, content: bool = True, copy: bool = True) -> Any:
        """Return a message of its parts."""
        return msg_list[0]


class Socket(DummySocket):  # type: ignore[misc]
    """Passes on one message after the other, also where threads of a cell send some."""

    def __init__(self) -> None:
        super().__init__()
        self._one = RLock()

    def send_multipart(self, msg_parts: Any, *_: Any, **__: Any) -> None:
        """Pass the parts of a message on, and tell who listens."""
        with self._one:
            self.queue.put_nowait(msg_parts)
            self.message_sent += 1

    @property
    def next_size(self) -> int:
        """How many bytes the message has to say that comes next."""
        return int(self.queue.queue[0][1])


class AtOnce(IOPubThread):  # type: ignore[misc]
    """Does at once what ipykernel asks the thread to do that publishes; there is no such thread.

    Nor its sockets, for which pyzmq would start threads of its own, which no fork survives.
    """

    thread = io_loop = None

    def __init__(self, socket: Socket) -> None:
        self.socket = socket
        self.background_socket = BackgroundSocket(self)

    def schedule(self, f: Callable[[], object]) -> None:
        """Do it."""
        f()

    def send_multipart(self, *args: Any, **more: Any) -> None:
        """Pass the parts of a message on."""
        self.socket.send_multipart(*args, **more)
