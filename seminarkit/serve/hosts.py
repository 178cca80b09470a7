"""Under which names the server answers: a page of a stranger may lend this computer another."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

_HERE = ("localhost", "127.0.0.1", "::1")  # a web server in front may ask under these


@dataclass(frozen=True)
class Hosts:
    """The names of one server. ``any_number`` is whether it answers under each address in digits.

    Digits are safe: a stranger cannot make them lead here from a page of their own.
    """

    names: frozenset[str]
    any_number: bool

    @classmethod
    def of(cls, bound: str, url: str) -> Hosts:
        """Return the names of a server that listens on ``bound`` and is known as ``url``.

        Without a ``url``, people in the room reach it by the computer's name or number.
        """
        names = {*_HERE, bound.lower()}
        if url:
            return cls(frozenset({*names, (urlsplit(url).hostname or "").lower()}), False)
        own = socket.gethostname().lower()
        return cls(frozenset({*names, own, f"{own}.local", socket.getfqdn().lower()}), True)

    def has(self, name: str) -> bool:
        """Say whether a request for this name is one for this server."""
        plain = name.lower().strip("[]").rstrip(".")
        return plain in self.names or (self.any_number and _is_number(plain))


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
