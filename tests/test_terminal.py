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
from command_walk import MODULE, SCRIPT, Walk, send, small_seminar
from hypothesis import given
from hypothesis import strategies as st
from shared import ROOT

from seminarkit.names import shown_name
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.terminal import as_ascii, clean

# A title, a colour, a cursor, a hyperlink, C1, bells, a carriage return, every turn of direction.
CODES = "\x1b]0;owned\x07\x1b[8m\x1b[2J\x9b31m\x9d0;x\x9c\x08\r\x0b\x0c\x7f\u202e\u2066\u200f\u061c\u2028\u200b"
HOSTILE = f"Who {CODES} pays [red]twice[/]?"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069]")  # fmt: skip


def hostile_seminar(folder: SeminarFolder) -> None:
    """Codes in answers, in the names of people and files, in a chat, in decisions, in seminar.yml."""
    small_seminar(folder, HOSTILE)
    nominees = [
        {"nominee_name": f"K{n}{CODES}", "nominee_function": HOSTILE, "nominee_email": f"k{n}@example.net", "nominee_profile": "policy"}
        for n in range(3)
    ]  # fmt: skip
    send(folder, "GE-NEO", "nomination", {"nominees": nominees})
    (folder.root / "chat.txt").write_text(f"10:00:01 From Ana{CODES.replace(chr(13), '')} to Everyone:\n\t{HOSTILE}\n", "utf-8")  # fmt: skip
    odd = folder.inbox / "a \x1b]0;owned\x07\u202e.ipynb"
    odd.write_text("{", "utf-8")
    os.utime(odd, (1_600_000_000, 1_600_000_000))
    yml = (folder.root / "seminar.yml").read_text("utf-8")
    (folder.root / "seminar.yml").write_text(yml.replace("name: \"NEO of Georgia\"", 'name: "NEO \\e]0;x\\a of Georgia"'), "utf-8")  # fmt: skip


@pytest.mark.timeout(600)
def test_no_command_prints_a_sign_that_a_terminal_obeys(folder: SeminarFolder) -> None:
    """P06 C29: every command with all its words, on text full of codes; --json says the same."""
    hostile_seminar(folder)
    words = 0
    for each in Walk(folder, folder.root, (str(SCRIPT),), {"COLUMNS": "300"}).run():
        assert each.code != 2, each
        assert not STEERING.search(each.printed.replace(os.linesep, "\n")), each
        words += "owned" in each.printed
        if "--json" in each.words and each.code == 0:
            json.loads(each.printed)
    assert words > 3, "the codes' words were to be seen, so that the walk could fail"


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
        if path.name == "common.py":
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
