"""Who may fill in forms by a link: a token a person, of which only the hash is kept.

The log lies in ``received/links.jsonl``, readable by its owner alone. A link that was withdrawn
stays in it as withdrawn, so that who still has it is told so.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from seminarkit.chainlog import ChainedLog
from seminarkit.files import make_private
from seminarkit.seminar.clock import now

_CURE = "Put back the file from a copy, or delete it and make new links: seminar links"


@dataclass(frozen=True)
class Link:
    """One link of one person; ``sha256`` is the hash of its token."""

    person: str
    sha256: str
    made_at: str
    withdrawn_at: str = ""


class Links:
    """The links of a seminar, read again when another process has changed them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = ChainedLog(path, _CURE, anchored=True)
        self._read_at: tuple[int, int] | None = None
        self._links: list[Link] = []

    def all(self) -> list[Link]:
        """Return every link, withdrawn ones too; raises DamageError where the log was changed."""
        stamp = self._stamp()
        if stamp != self._read_at:
            links: dict[str, Link] = {}
            for entry in self._log.entries():
                sha256, at = entry["sha256"], entry["at"]
                if entry["what"] == "made":
                    links[sha256] = Link(entry["person"], sha256, at)
                else:
                    links[sha256] = replace(links[sha256], withdrawn_at=at)
            self._links, self._read_at = list(links.values()), stamp
        return self._links

    def active(self) -> dict[str, Link]:
        """Return the link of each person who has one."""
        return {link.person: link for link in self.all() if not link.withdrawn_at}

    def find(self, token: str) -> Link | None:
        """Return the link of a token, withdrawn or not. It takes as long whichever it is."""
        sha256, found = hash_of(token), None
        for link in self.all():
            if secrets.compare_digest(link.sha256, sha256):
                found = link
        return found

    def make(self, people: Sequence[str]) -> dict[str, str]:
        """Make a link for each person, and return their tokens: nobody can read them later."""
        tokens = {person: secrets.token_urlsafe(24) for person in people}
        self._add([("made", person, hash_of(token)) for person, token in tokens.items()])
        return tokens

    def withdraw(self, people: Sequence[str]) -> list[Link]:
        """Withdraw the links of some people; return those that there were."""
        links = [link for person, link in self.active().items() if person in people]
        self._add([("withdrawn", link.person, link.sha256) for link in links])
        return links

    def _add(self, entries: Sequence[tuple[str, str, str]]) -> None:
        make_private(self._path)
        self._log.mend()
        at = now()
        self._log.append(
            {"what": what, "person": person, "sha256": sha256, "at": at}
            for what, person, sha256 in entries
        )

    def _stamp(self) -> tuple[int, int] | None:
        try:
            told = self._path.stat()
        except FileNotFoundError:
            return None
        return told.st_mtime_ns, told.st_size


def hash_of(token: str) -> str:
    """Return what is kept of a token. It is random and long, so that no salt is needed."""
    return hashlib.sha256(token.encode("utf-8")).hexdigest()
