"""The host names that the server answers to; others could come from DNS rebinding."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

_HERE = ("localhost", "127.0.0.1", "::1")  # a reverse proxy may use these


@dataclass(frozen=True)
class Hosts:
    """The host names of one server; ``any_number`` is whether it answers to every IP address.

    IP addresses are safe, as DNS rebinding needs a name.
    """

    names: frozenset[str]
    any_number: bool

    @classmethod
    def of(cls, bound: str, url: str) -> Hosts:
        """Return the host names of a server that listens on ``bound`` and has a public ``url``.

        Without a ``url``, people in the room use the computer's name or IP address.
        """
        names = {*_HERE, bound.lower()}
        if url:
            return cls(frozenset({*names, (urlsplit(url).hostname or "").lower()}), False)
        own = socket.gethostname().lower()
        return cls(frozenset({*names, own, f"{own}.local", socket.getfqdn().lower()}), True)

    def has(self, name: str) -> bool:
        """Say whether the server answers to a host name."""
        plain = name.lower().strip("[]").rstrip(".")
        return plain in self.names or (self.any_number and _is_number(plain))


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
