"""Can answers that were pasted as one block, which cannot be blacked out, be removed?"""

from __future__ import annotations

import shutil

from in_process import seminar
from shared import ROOT

from seminarkit.core.seminar.folder import SeminarFolder


def test_a_pasted_block_goes_with_the_file_it_is_in(folder: SeminarFolder) -> None:
    """P10 W02: it is named as what cannot be blacked out; ``--whole`` removes it."""
    shutil.copy(ROOT / "tests" / "inbox" / "pasted, as text.txt", folder.inbox)
    seminar(folder.root, "collect")
    told = seminar(folder.root, "forget", "GE-2", "--dry-run").stdout
    cannot = told.split("Cannot be blacked out")[1]
    assert "pasted, as text.txt" in cannot.split("Your own file")[0]
    seminar(folder.root, "forget", "GE-2", "--yes", "--whole", "--own-files")
    assert not list((folder.received / "files").glob("??/*"))
    assert "1 file was removed by 'seminar forget'" in seminar(folder.root, "verify").stdout
