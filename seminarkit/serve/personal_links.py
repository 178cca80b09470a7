"""Who may fill in forms by a link: a token a person, of which only the hash is kept.

The log lies in ``received/links.jsonl``, readable by its owner alone. A link that was withdrawn
stays in it as withdrawn, so that who still has it is told so. When each was first used is noted in
a log of its own, which the server alone writes.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from seminarkit.core.disk.files import make_private
from seminarkit.core.logs.hash_log import ChainedLog
from seminarkit.core.seminar.clock import now

_CURE = "Put back the file from a copy, or delete it and make new links: seminar links"


@dataclass(frozen=True)
class Link:
    """One link of one person; ``sha256`` is the hash of its token."""

    person: str
    sha256: str
    made_at: str
    withdrawn_at: str = ""
    until: str = ""

    def last_day(self, seminar_ends: date) -> date:
        """Return the last day on which the link is valid.

        By default, four weeks after the seminar, or after the link was made if that is later.
        """
        if self.until:
            return date.fromisoformat(self.until)
        return default_until(date.fromisoformat(self.made_at[:10]), seminar_ends)


class Links:
    """The links of a seminar, read again when another process has changed them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = ChainedLog(path, _CURE, anchored=True)
        self._read_at: tuple[int, int] | None = None
        self._links: list[Link] = []

    def all(self) -> list[Link]:
        """Return every link, also withdrawn; raises DamageError if the log was tampered with."""
        stamp = self._stamp()
        if stamp != self._read_at:
            links: dict[str, Link] = {}
            for entry in self._log.entries():
                sha256, at = str(entry["sha256"]), str(entry["at"])
                until = str(entry.get("until", ""))
                if entry["what"] == "made":
                    links[sha256] = Link(str(entry["person"]), sha256, at, until=until)
                elif entry["what"] == "until":
                    links[sha256] = replace(links[sha256], until=until)
                else:
                    links[sha256] = replace(links[sha256], withdrawn_at=at)
            self._links, self._read_at = list(links.values()), stamp
        return self._links

    def active(self) -> dict[str, Link]:
        """Return the links that are not withdrawn, by person."""
        return {link.person: link for link in self.all() if not link.withdrawn_at}

    def find(self, token: str) -> Link | None:
        """Return the link of a token, withdrawn or not, in constant time."""
        sha256, match = hash_of(token), None
        for link in self.all():
            if secrets.compare_digest(link.sha256, sha256):
                match = link
        return match

    def make(self, people: Sequence[str], until: date | None = None) -> dict[str, str]:
        """Make a link for each person; return their tokens, which are not stored."""
        tokens = {person: secrets.token_urlsafe(24) for person in people}
        end = {"until": until.isoformat()} if until else {}
        self._add([("made", person, hash_of(token), end) for person, token in tokens.items()])
        return tokens

    def withdraw(self, people: Sequence[str]) -> list[Link]:
        """Withdraw the links of some people; return the withdrawn links."""
        links = [link for person, link in self.active().items() if person in people]
        self._add([("withdrawn", link.person, link.sha256, {}) for link in links])
        return links

    def end(self, people: Collection[str], until: date) -> None:
        """Set the last valid day of some people's links."""
        links = [link for person, link in self.active().items() if person in people]
        more = {"until": until.isoformat()}
        self._add([("until", link.person, link.sha256, more) for link in links])

    def _add(self, entries: Sequence[tuple[str, str, str, Mapping[str, str]]]) -> None:
        make_private(self._path)
        self._log.mend()
        at = now()
        self._log.append(
            {"what": what, "person": person, "sha256": sha256, "at": at, **more}
            for what, person, sha256, more in entries
        )

    def _stamp(self) -> tuple[int, int] | None:
        try:
            facts = self._path.stat()
        except FileNotFoundError:
            return None
        return facts.st_mtime_ns, facts.st_size


class FirstUses:
    """When each link was first used: by the hash of its token, as UTC."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = ChainedLog(path, "Put back the file from a copy, or delete it.")
        self._first: dict[str, str] | None = None

    def all(self) -> dict[str, str]:
        """Return the moment of each link's first use; raises DamageError."""
        if self._first is None:
            self._first = {str(entry["sha256"]): str(entry["at"]) for entry in self._log.entries()}
        return self._first

    def note(self, link: Link) -> None:
        """Log the first use of a link; later uses are ignored."""
        if link.sha256 not in self.all():
            make_private(self._path)
            self._log.mend()
            entry = {"person": link.person, "sha256": link.sha256, "at": now()}
            self._log.append([entry])
            self.all()[link.sha256] = entry["at"]


def default_until(made: date, seminar_ends: date) -> date:
    """Return the default last day of a link."""
    return max(made, seminar_ends) + timedelta(weeks=4)


def hash_of(token: str) -> str:
    """Return the SHA-256 of a token, which is long and random and so needs no salt."""
    return hashlib.sha256(token.encode("utf-8")).hexdigest()
