"""Is a chat found in whatever of the reported mails and archives is opened for reading?"""

from __future__ import annotations

import base64

import pytest
import reported_archives
import reported_mails
from chat_samples import SECRET, ZOOM

from seminarkit.topics.intake.chats.search_chats import search

CHAT = ZOOM.encode() + b"\n" * 2
# what holds no file of its own: notices, links, and Word files
WITHOUT = {"18", "19", "20", "21", "22", "27", "29", "30", "31", "32", "34", "35", "36", "37"}


@pytest.fixture
def chats(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The same files with a saved chat where the notebook was."""
    for maker in (reported_mails, reported_archives):
        monkeypatch.setattr(maker, "notebook", lambda: CHAT)
    made = {**dict(reported_mails.mails()), **dict(reported_archives.archives())}
    address = b"data:text/plain;base64," + base64.b64encode(CHAT)
    return {k: v for k, v in made.items() if k[:2] not in WITHOUT} | {"as an address": address}


def test_what_is_opened_for_reading_is_searched_for_chats(chats: dict[str, bytes]) -> None:
    """P08 P09: mended mails, archives with odd names, addresses; nothing of them is kept."""
    assert len(chats) > 20
    for name, data in chats.items():
        searched = search(data, name, lambda text: False)
        assert searched.chats, name
        assert not any(SECRET.encode() in other for _, other in searched.others), name
