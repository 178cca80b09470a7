"""Is only that left out of a zip archive, as it is packed, which was looked at unpacked?"""

from __future__ import annotations

import io
import zipfile

from chat_samples import ZOOM, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from seminarkit.topics.intake.chats.in_archives import without_entries
from seminarkit.topics.intake.chats.search_chats import search

CHAT = ZOOM.encode()
FORM = ("form.txt", b"Dear colleagues, here is our form. " * 90)


def chats_in(data: bytes) -> list[str]:
    return search(data, "a.zip", lambda text: False).chats


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.binary(max_size=400)),
        max_size=3,
        unique_by=lambda file: file[0],
    ),
    st.binary(max_size=40),
    st.binary(max_size=40),
    st.booleans(),
)
def test_what_is_between_the_entries_stays(
    files: list[tuple[str, bytes]], before: bytes, behind: bytes, pack: bool
) -> None:
    """P08: names, comments and what is stored without packing are still searched."""
    archive = zipped(*files, pack=pack)
    left = without_entries(before + archive + behind, [name for name, _ in files])
    assert left.startswith(before)
    assert left.endswith(behind)
    assert left.count(b"PK\x03\x04") >= len(files)
    if not pack or not files:
        assert left == before + archive + behind
    assert without_entries(archive, []) == archive


def test_a_chat_that_no_entry_shows_is_found() -> None:
    """P08: before, behind and inside of the archive, in its comment, and in a damaged one."""
    archive = zipped(FORM)
    assert chats_in(archive) == []
    saved = io.BytesIO(archive)
    with zipfile.ZipFile(saved, "a") as opened:
        opened.comment = CHAT
    # longer than what is packed in it: programs pass over the rest
    size = opened.infolist()[0].compress_size.to_bytes(4, "little")
    longer = (opened.infolist()[0].compress_size + len(CHAT)).to_bytes(4, "little")
    head, tail = archive[: archive.index(b"PK\x01\x02")], archive[archive.index(b"PK\x01\x02") :]
    end = tail.index(b"PK\x05\x06")
    offset = (len(head) + len(CHAT) + 1).to_bytes(4, "little")
    hidden = b"".join(
        [head.replace(size, longer, 1), b"\n", CHAT, tail[: end + 16].replace(size, longer, 1), offset, tail[end + 20 :]]
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(hidden)) as opened:
        assert opened.read("form.txt") == FORM[1]
    for data in (saved.getvalue(), archive + b"\n" + CHAT, hidden, archive[:-30] + b"\n" + CHAT):
        assert chats_in(data) == [""]


def test_what_is_packed_is_left_out() -> None:
    """P08: to search packed bytes costs more than all else, and finds nothing that is read."""
    archive = zipped(FORM, ("other.txt", bytes(range(256)) * 40))
    left = without_entries(archive, {"form.txt", "other.txt"})
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        packed = sum(entry.compress_size for entry in opened.infolist())
    assert len(left) <= len(archive) - packed + 4
