"""Feeds the reader with damaged notebooks, and counts what it says. Any exception is a fault.

Bytes of real samples are flipped, cut, doubled, swapped and replaced; JSON values are exchanged for
others. The seed makes a run repeatable.

Example:
    python scripts/benchmarks/mutations.py            100,000 of them
    python scripts/benchmarks/mutations.py 5000 7     5,000, with seed 7
"""

from __future__ import annotations

import copy
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from measuring import print_table

from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.expected import expected_of
from seminarkit.topics.intake.reader import read_bytes

STRANGE: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 10**30, "", "x", "\u202e", "\ud83d", "x" * 5000, [], {}, [[]],
    {"a": {}}, [None], "GE-2", "2020-11-10T10:00:00Z", {"answers": 1},
)  # fmt: skip
SNIPPETS = (b"\0", b"\xff", b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\u", b"\\ud800", b"NaN",
            b"1e999", b"null", b"\r\n", b"PK\x03\x04", b"From: ")  # fmt: skip


def mutated(samples: Sequence[bytes], chance: random.Random) -> bytes:
    """Return one damaged sample."""
    data = bytearray(chance.choice(samples))
    if chance.random() < 0.5 and data[:1] == b"{":
        try:
            return _other_values(bytes(data), chance)
        except ValueError:
            pass  # a sample that is damaged as it stands
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        _damage(data, chance)
    return bytes(data)


def _damage(data: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(data) + 1)
    kind = chance.randrange(6)
    if kind == 0 and data:
        data[place % len(data)] ^= 1 << chance.randrange(8)
    elif kind == 1:
        del data[place : place + chance.choice((1, 3, 50, 5000))]
    elif kind == 2:
        data[place:place] = data[place : place + chance.choice((1, 10, 300))]
    elif kind == 3:
        data[place:place] = chance.choice(SNIPPETS)
    elif kind == 4:
        del data[place:]
    else:
        data[place : place + 2] = bytes(reversed(data[place : place + 2]))


def _other_values(data: bytes, chance: random.Random) -> bytes:
    book = json.loads(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        places = list(_places(book))
        holder, key = chance.choice(places)
        if isinstance(holder, dict) and chance.random() < 0.3:
            holder[chance.choice(("form", "answers", "x", str(key) + "x"))] = holder.pop(key)
        else:
            holder[key] = copy.deepcopy(chance.choice(STRANGE))
    return json.dumps(book).encode("utf-8")


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])


def run(number: int, seed: int) -> Counter[str]:
    """Read ``number`` damaged files; returns how they ended. Raises what the reader raises."""
    samples = [path.read_bytes() for path in sorted((KIT / "tests" / "inbox").iterdir())]
    samples = [data for data in samples if 0 < len(data) < 30_000]
    expected = expected_of(SeminarFolder(KIT))
    chance = random.Random(seed)
    ends: Counter[str] = Counter()
    for i in range(number):
        data = mutated(samples, chance)
        try:
            parts = read_bytes(data, expected)
        except BaseException:
            Path("mutation-that-broke-the-reader.bin").write_bytes(data)
            raise
        for part in parts:
            ends["taken" if part.reading else part.problem[:60]] += 1
        if sys.stderr.isatty() and i % 500 == 0:
            print(f"\r{i:,} of {number:,}", end="", file=sys.stderr)
    return ends


if __name__ == "__main__":
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    start = time.monotonic()
    found = run(how_many, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    rows = [(sentence, f"{count:,}", "") for sentence, count in found.most_common(12)]
    print_table(
        f"{how_many:,} damaged files in {time.monotonic() - start:.0f} s: no exception",
        [("different sentences", str(len(found) - 1), ""), *rows],
    )
