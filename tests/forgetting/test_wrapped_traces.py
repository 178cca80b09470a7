"""Is a person also gone from what came wrapped as only some programs do?"""

from __future__ import annotations

import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from wrapped_files import mail_with, outlook_msg, signed_block, tarred, tnef, uuencoded

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.forgetting.file_views import views
from seminarkit.forgetting.forget import find_traces, forget
from seminarkit.topics.intake.collect import collect

SECRET = "Nobody but I would say it so"
OTHERS = "A word of the colleague that stays"
Send = Callable[[str, Any], Path]
Files = tuple[tuple[str, bytes], ...]
WRAPPINGS: dict[str, Callable[[Files], bytes]] = {
    "signed.eml": lambda files: mail_with(("smime.p7m", signed_block(mail_with(*files), endless=True))),
    "winmail.eml": lambda files: mail_with(("winmail.dat", tnef(*files))),
    "outlook.msg": lambda files: outlook_msg(*files),
    "uu.eml": lambda files: mail_with(body="\n".join(uuencoded(*file) for file in files)),
    "apple.emlx": lambda files: b"%d\n%s" % (len(mail_with(*files)), mail_with(*files)),
    "both.tar.xz": lambda files: lzma.compress(tarred(*files)),
    "mbox.gz": lambda files: gzip.compress(b"From - Mon Nov 23 09:20:11 2020\n" + mail_with(*files)),
}  # fmt: skip


@pytest.mark.timeout(240)
def test_what_is_wrapped_is_forgotten_and_others_stay(
    folder: SeminarFolder, send: Send, filled: Any
) -> None:
    """P15 P08: the search for a person opens what the reader opens."""

    def book(who: str, words: str) -> bytes:
        answers = {"questions": [{"about": "ghent", "question": words}]}
        return json.dumps(filled("questions", who, answers)).encode()

    files = (("mine.ipynb", book("GE-2", SECRET)), ("colleague.ipynb", book("GE-1", OTHERS)))
    for name, wrap in WRAPPINGS.items():
        send(name, wrap(files))
    collect(folder)
    assert {s.person for s in submissions(folder.database)} == {"GE-1", "GE-2"}
    forget(folder, find_traces(folder, "GE-2", is_id=True))
    assert {s.person for s in submissions(folder.database)} == {"GE-1"}
    left = {
        path.relative_to(folder.root).as_posix(): "\n".join(
            v.text for v in views(path.read_bytes())
        )
        for place in (folder.received, folder.inbox)
        for path in place.rglob("*")
        if path.is_file()
    }
    assert [name for name, text in left.items() if SECRET in text] == []
    assert sum(OTHERS in text for text in left.values()) >= len(WRAPPINGS)
