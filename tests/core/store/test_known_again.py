"""Is what came known again without reading all of it anew?"""

from __future__ import annotations

import io
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from seminarkit.core.logs.line_order import LogEntry
from seminarkit.core.store.index import Index
from seminarkit.core.store.received_files import Arrival, ReceivedFiles
from seminarkit.core.store.submission import Submission, hash_of
from seminarkit.core.store.version_states import judge_versions


def kept(received: ReceivedFiles, *names: str) -> list[int]:
    files = [received.keep(io.BytesIO(name.encode()), name) for name in names]
    return [each.number for each in received.commit(files, "2020-11-10T10:00:00Z")]


def test_arrivals_are_counted_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """C10: a batch does not go through all lines again, and sees what another process added."""
    one, other = ReceivedFiles(tmp_path / "received"), ReceivedFiles(tmp_path / "received")
    assert kept(one, "a", "b") == [1, 2]
    lines: list[str] = []
    values_of = ReceivedFiles._values
    with monkeypatch.context() as patch:

        def noted(self: ReceivedFiles, entry: LogEntry, gone: Collection[str]) -> dict[str, Any]:
            values = values_of(self, entry, gone)
            lines.append(values["name"])
            return values

        patch.setattr(ReceivedFiles, "_values", noted)
        assert kept(one, "c") == [3] and kept(one, "d", "e") == [4, 5]
    assert set(lines) == {"c", "d", "e"}
    assert kept(other, "f") == [6]
    assert kept(one, "g") == [7]
    assert [a.name for a in one.arrivals()] == [a.name for a in other.arrivals()] == list("abcdefg")
    assert one.arrivals() == ReceivedFiles(tmp_path / "received").arrivals()


def test_versions_are_judged_without_their_answers(tmp_path: Path) -> None:
    """C10: the index stores a hash of answers; answers are read where somebody looks at them."""
    made = [
        Submission(
            *("f", "", "1", "instance", number, "2020-11-10T10:00:00Z", "GE", "GE-1"),
            {"question": f"words {number}"}, 1, 1, True, "GE-0000",
            version=f"v{number}", moment="2020-11-10T10:00:00Z", arrival=1, part=str(number),
            answers_hash=hash_of({"question": f"words {number}"}),
        )
        for number in range(3)
    ]  # fmt: skip
    with closing(Index(tmp_path / "seminar.db")) as index:
        index.record([Arrival(1, "a", "n", 1, "2020")], made, [], [], [judge_versions(made)])
        asked: list[str] = []
        index._connection.set_trace_callback(asked.append)
        versions = index.versions_to_judge("instance")
        assert [each.answers_hash for each in versions] == [each.answers_hash for each in made]
        assert judge_versions(versions).counts.version == judge_versions(made).counts.version
        assert len(asked) == 1 and " answers," not in asked[0].replace("rowid AS answers,", "")
        assert dict(versions[1].answers) == {"question": "words 1"} and len(asked) == 2
        assert versions[1].answers["question"] == "words 1" and len(asked) == 2
        assert [dict(v.answers) for v in versions] == [
            v.answers for v in index.versions("instance")
        ]
