"""Is the right pack opened, and is what is wrong said in a sentence?"""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest

from seminarkit.core.errors import SeminarError, UsageError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.lab.find_pack import pack_in_folder, pack_in_seminar
from seminarkit.lab.running import Private, Running, checked, is_free
from seminarkit.topics.packs.write_packs import prepare


def test_a_person_is_found_in_the_seminar(folder: SeminarFolder) -> None:
    """C01"""
    prepare(folder, ["GE", "programme"])
    assert pack_in_seminar(folder, "ge-2") == folder.packs / "GE" / "GE-2"
    assert pack_in_seminar(folder, "decker") == folder.packs / "programme" / "decker"
    for person, words in (
        ("GE-22", "'GE-22' has no forms in this seminar. Did you mean 'GE-2'?"),
        ("dekker", "'dekker' has no forms in this seminar. Did you mean 'decker'?"),
    ):
        with pytest.raises(UsageError) as error:
            pack_in_seminar(folder, person)
        assert str(error.value) == words
    with pytest.raises(SeminarError, match="no pack for AM-1 yet"):
        pack_in_seminar(folder, "am-1")


def test_a_pack_is_found_wherever_it_was_unpacked(folder: SeminarFolder, tmp_path: Path) -> None:
    """C21: without a seminar.yml above it."""
    prepare(folder, ["GE"])
    place = tmp_path / "Загрузки" / "my pack"
    shutil.copytree(folder.packs / "GE", place)
    assert pack_in_folder(place, "ge-2") == place / "GE-2"
    assert pack_in_folder(place / "GE-2", None) == place / "GE-2"
    assert pack_in_folder(place / "GE-2", "GE-2") == place / "GE-2"
    for where, person, words in (
        (place, None, "contains the forms of GE-1, GE-2, GE-3, GE-NEO"),
        (place, "GE-4", "no forms of 'GE-4' in"),
        (tmp_path / "nowhere", None, "There is no folder"),
        (folder.root, None, "no notebook with a form in"),
    ):
        with pytest.raises(UsageError, match=words):
            pack_in_folder(where, person)


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(UsageError, match=f"Port {port} is used"):
            checked(port)
        (tmp_path / "port").write_text(str(port))
        assert Private(tmp_path).port() != port, "another is used instead of the last one"
    (tmp_path / "port").write_text(str(port))
    assert is_free(port)
    assert Private(tmp_path).port() == port, "so the browser finds its drafts again"


def test_what_a_killed_run_left_is_no_running_one(tmp_path: Path) -> None:
    """C03"""
    private = Private(tmp_path / ".lab")
    assert private.found() is None
    private.make()
    private.note(Running("http://127.0.0.1:9/", "key"), 9)
    assert private.found() is None
    private.make()
    assert sorted(path.name for path in private.root.iterdir()) == ["port", "runtime"]
    (private.root / "running.json").write_text("[1]")
    assert private.found() is None
