"""One walk over every command, and what must hold of all: nothing runs, shows or steers.

The walk is dear, so that it is made once. The seminar lies where other users may look, its texts
are full of a terminal's codes, and decoys wait in the inbox, in which each command is run.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from command_walk import SCRIPT, Ran, Walk
from decoys import decoy_names, marks, set_decoys
from hostile_seminar import CODES, STEERING, hostile_seminar
from other_users import seen_by_others

from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder

pytestmark = pytest.mark.timeout(900)  # the first of them waits for the walk


@pytest.fixture(scope="module")
def place() -> Iterator[SeminarFolder]:
    """A seminar where others may look: pytest's own folders let nobody in."""
    with TemporaryDirectory(prefix="seminarkit-test-") as above:
        Path(above).chmod(0o755)
        root = Path(above, "seminar")
        root.mkdir()
        root.chmod(0o755)  # whatever mask an earlier test's command has left
        shutil.copy(KIT / "seminar.yml", root)
        (root / "inbox").mkdir()
        (root / "inbox").chmod(0o755)
        yield SeminarFolder(root)


@pytest.fixture(scope="module")
def walked(place: SeminarFolder) -> list[tuple[Ran, list[str]]]:
    """How each command ended, and the decoys that had been executed by then."""
    mark = place.root.parent / "mark"
    before = os.umask(0o022)
    try:
        hostile_seminar(place)
        (place.root / "chat.txt").chmod(0o600)  # of the walk, not of the kit
        for folder in (place.inbox, place.root):
            set_decoys(folder, decoy_names(), mark)
        # what the kit remembers is searched by forget, and all other tests add to it
        temporary = place.root.parent / "temporary"
        temporary.mkdir()
        variables = {"COLUMNS": "300", "TMPDIR": str(temporary), "SEMINARKIT_NAME": f"Ana{CODES}"}
        walk = Walk(place, place.inbox, (str(SCRIPT),), variables, loaded=True)
        return [(each, marks(mark)) for each in walk.run()]
    finally:
        os.umask(before)


def test_each_command_was_given_something_to_do(walked: list[tuple[Ran, list[str]]]) -> None:
    """P15: and none ends in a traceback."""
    for each, _ in walked:
        assert each.code != 2, f"Give 'seminar {each.words[0]}' words in command_walk: {each}"
        assert "Traceback" not in each.printed, each


def test_no_command_in_the_inbox_executes_what_lies_there(
    walked: list[tuple[Ran, list[str]]],
) -> None:
    """P06: every command, run in the inbox; kernels and reports run in the seminar's folder."""
    for each, executed in walked:
        assert not executed, (each.words, executed)


def test_no_command_prints_a_sign_that_a_terminal_obeys(
    walked: list[tuple[Ran, list[str]]],
) -> None:
    """P06 C29: every command with all its words, on text full of codes; --json says the same."""
    for each, _ in walked:
        assert not STEERING.search(each.printed.replace(os.linesep, "\n")), each
        if "--json" in each.words and each.code == 0:
            json.loads(each.printed)
    shown = sum("owned" in each.printed for each, _ in walked)
    assert shown > 3, "the codes' words were to be seen, so that the walk could fail"


@pytest.mark.skipif(os.name == "nt", reason="Windows has rights of its own")
def test_another_user_reads_the_public_pages_alone(
    walked: list[tuple[Ran, list[str]]], place: SeminarFolder
) -> None:
    """P06 O37: every command was run, with the mask that most systems set."""
    assert walked
    root = place.root
    seen = seen_by_others(root)
    assert "output/public/index.html" in seen
    private = {path for path in seen if not path.startswith("output/public")}
    assert private == {"seminar.yml"}
    open_ones = []
    for path in root.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        where = path.relative_to(root).as_posix()
        if where.startswith("output/public") or where in ("seminar.yml", "output"):
            continue
        if path.is_file() and where.startswith(".seminar.kernels/"):
            continue  # a kernel's own files have modes of their own; the folder is closed
        open_ones += [(where, oct(mode))] if mode & 0o077 else []
    assert open_ones == []
