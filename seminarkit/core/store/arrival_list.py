"""The arrivals of all writers' logs as one list, to which new log lines are added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from seminarkit.core.logs.line_order import LogEntry
from seminarkit.core.store.line_formats import ArrivalLine


@dataclass
class ArrivalList:
    """The arrivals by content, in the order of the logs.

    ``forgotten`` are the hashes of the forgotten files and ``log_state`` is what the log files
    looked like when they were read: the list is read again when either has changed.
    """

    forgotten: Collection[str] = frozenset()
    log_state: object = None
    by_content: dict[tuple[str, str, int], ArrivalLine] = field(default_factory=dict)
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def extend(
        self,
        entries: Iterable[LogEntry],
        read_line: Callable[[LogEntry, Collection[str]], ArrivalLine],
        log_state: object,
    ) -> None:
        """Add lines; the same file under the same name in several logs is one arrival."""
        for entry in entries:
            values = read_line(entry, self.forgotten)
            content = (values["sha256"], values["name"], entry.writer)
            key = (*content[:2], self.counts[content])  # one writer may receive a file twice
            self.counts[content] += 1
            if key in self.by_content:
                self.by_content[key]["places"] = f"{self.by_content[key]['places']} {entry.place}"
            else:
                self.by_content[key] = {**values, "places": entry.place}
        self.log_state = log_state
