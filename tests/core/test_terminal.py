"""Does anything that somebody wrote steer the terminal of who runs a command?"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from command_walk import MODULE, Walk
from hostile_seminar import STEERING, hostile_seminar
from hypothesis import given
from hypothesis import strategies as st
from shared import ROOT

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.shown_names import shown_name
from seminarkit.core.terminal import as_ascii, clean


@pytest.mark.skipif(os.name == "nt", reason="there is no pseudo-terminal")
@pytest.mark.timeout(300)
def test_nor_on_a_terminal_but_the_kits_own_style(folder: SeminarFolder) -> None:
    """P06: bold letters, colours and the bar of progress pass; a title or a hidden word does not."""
    import pty

    hostile_seminar(folder)
    (folder.root / "extra.yml").touch()
    walk = Walk(folder, folder.root)
    styled = 0
    for words in (["collect", "-v"], ["nominate"], ["status"], ["chat", str(folder.root / "chat.txt"), "--session", "d1-keynote"], ["questions"]):  # fmt: skip
        printed = b""

        def read(handle: int) -> bytes:
            nonlocal printed
            data = os.read(handle, 65536)
            printed += data
            return b""

        before = {name: os.environ.get(name) for name in ("TERM", "COLUMNS")}
        os.environ |= {"TERM": "xterm", "COLUMNS": "300"}
        try:
            program = [sys.executable, "-c", "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"]  # fmt: skip
            pty.spawn([*program, *walk.command(*words)], read)
        finally:
            for name, value in before.items():
                os.environ.pop(name, None) if value is None else os.environ.update({name: value})
        text = printed.decode("utf-8", "replace")
        styled += "\x1b[" in text
        own = re.sub(r"\x1b\[[0-9;]*[mKA]|\x1b\[\?25[lh]|\r", "", text)
        assert not STEERING.search(own), (words, own[-2000:])
        assert "\x1b[8m" not in text and "\x1b[2J" not in text
    assert styled >= 2


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1251"])
def test_whatever_the_console_can_show(folder: SeminarFolder, encoding: str) -> None:
    """P06 K06: click goes round a stream that knows only ASCII; not round this one."""
    hostile_seminar(folder)
    command = [*MODULE, "--folder", str(folder.root), "collect", "-v"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    run = subprocess.run(command, env=environment, capture_output=True, timeout=120, check=True)
    assert b"\x1b" not in run.stdout and b"\x07" not in run.stdout and b"owned" in run.stdout
    assert "Traceback" not in run.stderr.decode(encoding, "replace")


@given(st.text())
def test_clean_leaves_what_people_read(text: str) -> None:
    """P06: letters of all scripts stay, joiners too; nothing that steers is left."""
    shown = clean(text)
    assert not STEERING.search(shown)
    letters = [c for c in text if unicodedata.category(c)[0] in "LNPSZ" and c not in "\u2028\u2029"]
    assert [c for c in shown if unicodedata.category(c)[0] in "LNPSZ" and c != "\ufffd"] == [c for c in letters if c != "\ufffd"]  # fmt: skip
    assert clean(shown) == shown
    assert clean("می‌روم 👩‍🏫\ta\nb") == "می‌روم 👩‍🏫\ta\nb"
    plain = text.encode("utf-8", "replace").decode()
    value = as_ascii(json.dumps(plain, ensure_ascii=False))
    assert json.loads(value) == plain and not STEERING.search(value)
    assert not STEERING.search(shown_name(text))


def test_commands_style_words_through_one_door() -> None:
    """P06: click's own styles would be cleaned away, and a table of rich would not be."""
    for path in (ROOT / "seminarkit" / "cli").glob("*.py"):
        if path.name == "options.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "click":
                assert node.attr not in ("secho", "style", "echo_via_pager"), (path, node.lineno)
            if isinstance(node, ast.ImportFrom) and node.module == "rich.console":
                raise AssertionError(path)


def test_the_walk_sees_a_code(tmp_path: Path) -> None:
    """P06"""
    assert STEERING.search("\x1b[31m") and STEERING.search("\u202e") and STEERING.search("\x9b")
    assert not STEERING.search("a\tb\n")
