"""The lines of all logs of arrivals as one list, to which new lines are added as they come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from seminarkit.core.logs.line_order import Entry
from seminarkit.core.store.line_formats import ArrivalLine


@dataclass
class Folded:
    """What came, in its order, by content; and what the logs looked like when they were read."""

    gone: Collection[str] = frozenset()
    looks: object = None
    by_content: dict[tuple[str, str, int], ArrivalLine] = field(default_factory=dict)
    times: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def go_on(
        self,
        entries: Iterable[Entry],
        values_of: Callable[[Entry, Collection[str]], ArrivalLine],
        looks: object,
    ) -> None:
        """Take in the lines that follow; the same file under one name is one arrival."""
        for entry in entries:
            values = values_of(entry, self.gone)
            same = (values["sha256"], values["name"], entry.writer)
            key = (*same[:2], self.times[same])  # to one of them it may have come more than once
            self.times[same] += 1
            if key in self.by_content:
                self.by_content[key]["places"] = f"{self.by_content[key]['places']} {entry.place}"
            else:
                self.by_content[key] = {**values, "places": entry.place}
        self.looks = looks
