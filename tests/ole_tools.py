"""Makes the smallest file of Outlook's container (OLE) that holds given streams."""

from __future__ import annotations

import struct

_SECTOR, _FREE, _END, _FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LEAST = 4096  # what is smaller would go into a stream of streams


def ole(streams: dict[str, bytes]) -> bytes:
    """Return a file with these streams; a name 'a/b' is the stream b in the folder a."""
    folders = list(dict.fromkeys(n.partition("/")[0] for n in streams if "/" in n))
    names = ["Root Entry", *folders, *streams]
    inside = {f: [i for i, n in enumerate(names) if n.startswith(f"{f}/")] for f in folders}
    top = [i for i, n in enumerate(names) if i and "/" not in n]
    children = {"Root Entry": top, **inside}
    after = {}
    for group in children.values():
        for place, number in enumerate(group[:-1]):
            after[number] = group[place + 1]
    body, fat, starts = b"", [], {}
    for name, content in streams.items():
        padded = content.ljust(_LEAST, b"\0")
        padded += b"\0" * (-len(padded) % _SECTOR)
        starts[name] = (len(fat), max(len(content), _LEAST))
        count = len(padded) // _SECTOR
        fat += [*range(len(fat) + 1, len(fat) + count), _END]
        body += padded
    entries = b"".join(
        _entry(name, children, after.get(i, _FREE), starts) for i, name in enumerate(names)
    )
    entries += b"\0" * (-len(entries) % _SECTOR)
    directory = len(fat)
    count = len(entries) // _SECTOR
    fat += [*range(directory + 1, directory + count), _END]
    number = (len(fat) + 128) // 128
    first = len(fat)
    fat += [_FAT] * number
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(number * _SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, number, directory, 0, _LEAST, _END, 0, _END, 0)
    head += struct.pack("<109I", *range(first, first + number), *[_FREE] * (109 - number))
    return head + body + entries + table


def _entry(
    name: str, children: dict[str, list[int]], after: int, starts: dict[str, tuple[int, int]]
) -> bytes:
    own = name.rpartition("/")[2].encode("utf-16-le") + b"\0\0"
    kind = 5 if name == "Root Entry" else 1 if name in children else 2
    child = children[name][0] if children.get(name) else _FREE
    start, size = starts.get(name, (_END if kind == 5 else 0, 0))
    return struct.pack(
        "<64sHBBIII16sI8s8sIQ", own, len(own), kind, 1, _FREE, after, child, bytes(16), 0, bytes(8), bytes(8), start, size
    )  # fmt: skip
