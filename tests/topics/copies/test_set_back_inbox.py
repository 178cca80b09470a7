"""Does what still lies in the inbox come back, when the seminar's folder was set back or lost a file?"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from in_process import printed

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.core.store.received_files import ReceivedFiles
from seminarkit.topics.intake.verify import verify

Send = Callable[[str, Any], Path]
Filled = Callable[..., dict[str, Any]]
TWO = {"questions": [{"about": "ghent", "question": "Who?"}, {"about": "dcu", "question": "Why?"}]}


def counted(folder: SeminarFolder) -> list[tuple[str, str]]:
    return sorted((s.person, s.receipt) for s in submissions(folder.database))


def test_a_folder_that_was_set_back(folder: SeminarFolder, send: Send, filled: Filled) -> None:
    """W02 P13: the logs are brought back, and the bytes are taken from the inbox again."""
    send("first.ipynb", filled("questions", "GE-1", TWO))
    printed(folder, "collect")
    earlier = Path(shutil.copytree(folder.received, folder.root.parent / "earlier"))
    database = folder.database.read_bytes()
    send("later.ipynb", filled("questions", "GE-2", TWO))
    printed(folder, "collect")
    after = counted(folder)
    assert len(after) == 2
    shutil.rmtree(folder.received)
    shutil.copytree(earlier, folder.received)
    folder.database.write_bytes(database)
    assert "missing" not in printed(folder, "collect")
    again = SeminarFolder(folder.root)
    assert counted(again) == after and verify(again).damage == ()
    assert len(ReceivedFiles(again.received).arrivals()) == 2, "and no second arrival"


def test_one_file_that_is_lost(folder: SeminarFolder, send: Send, filled: Filled) -> None:
    """P13: its bytes are gone from received/, its line is there; also of a form beside a chat."""
    send("form.ipynb", filled("questions", "GE-1", TWO))
    with ZipFile(folder.inbox / "with a chat.zip", "w") as archive:
        archive.writestr("form.ipynb", json.dumps(filled("questions", "GE-2", TWO)))
        archive.writestr("chat.txt", "10:00:01 From Ana to Everyone:\n\tWho pays?\n" * 3)
    printed(folder, "collect")
    before = counted(folder)
    files = sorted(folder.received.glob("files/??/*"))
    assert len(before) == len(files) == 2
    for path in files:
        data = path.read_bytes()
        path.unlink()
        printed(folder, "collect")
        assert path.read_bytes() == data
        assert counted(folder) == before and verify(folder).damage == ()
