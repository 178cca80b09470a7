"""Is each command a good citizen: help with an example, JSON, sentences, exit codes?"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import in_process
import loaded
import pytest
from shared import log_of

from seminarkit.cli.main import COMMANDS
from seminarkit.core.logs.writers import state_of
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder

TWO = [{"about": "ghent", "question": "Who pays?"}, {"about": "dcu", "question": "Who learns?"}]


def seminar(folder: Path, *words: str, code: int = 0) -> loaded.Run:
    run = loaded.run(*words, cwd=folder)
    assert run.returncode == code, run.stdout + run.stderr
    assert "Traceback" not in run.stderr
    return run


def started(folder: Path, *words: str, code: int = 0) -> loaded.Run:
    """Run a command in a process that is started as a person starts it."""
    run = subprocess.run(
        [sys.executable, "-m", "seminarkit", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert run.returncode == code, run.stdout + run.stderr
    assert "Traceback" not in run.stderr
    return run


@pytest.mark.parametrize("command", COMMANDS)
def test_each_help_teaches_with_an_example(tmp_path: Path, command: str) -> None:
    told = in_process.seminar(tmp_path, command, "--help").stdout
    assert f"Example:\n    seminar {command}" in told


def test_the_help_lists_the_commands_in_the_order_of_the_work(tmp_path: Path) -> None:
    told = started(tmp_path, "--help").stdout
    places = [told.index(f"\n  {name} ") for name in COMMANDS]
    assert places == sorted(places)


def test_a_misspelt_command_gets_a_near_match(tmp_path: Path) -> None:
    """O20"""
    assert "Did you mean 'status'?" in started(tmp_path, "stauts", code=2).stderr


def test_outside_a_seminar_the_error_says_where_to_go(tmp_path: Path) -> None:
    told = started(tmp_path, "status", code=1).stderr
    assert "There is no seminar.yml in" in told
    assert "seminar --folder PATH" in told


def test_a_folder_can_be_named(tmp_path: Path, folder: SeminarFolder) -> None:
    told = started(tmp_path, "--folder", str(folder.root), "check").stdout
    assert "12 sessions, 26 countries" in told


def test_check_shows_the_holes_and_exits_by_what_it_found(folder: SeminarFolder) -> None:
    """O02 O06 O07 O08 O10 E02"""
    told = seminar(folder.root, "check").stdout
    for words in ("Five cases, three chairs", "09:20–09:30", "Three unnamed: group rapporteur"):
        assert words in told
    findings = json.loads(seminar(folder.root, "check", "--json").stdout)["findings"]
    assert {"kind", "where", "text"} == set(findings[0])
    seminar(folder.root, "check", "--strict", code=1)
    path = folder.root / "seminar.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("person: davies", "person: gaebel", 1), encoding="utf-8")
    assert "Must be corrected" in seminar(folder.root, "check", code=1).stdout
    path.write_text(text.replace("kind: recap", "kind: rekap", 1), encoding="utf-8")
    assert "seminar.yml line" in seminar(folder.root, "check", code=1).stderr


def test_check_reads_what_is_to_be_read(folder: SeminarFolder) -> None:
    """C11 C12: readings, cases, terms and definitions, each mistake with file and line."""
    told = seminar(folder.root, "check").stdout
    assert "5 case studies, 43 readings, 70 terms and definitions" in told
    for name in ("readings", "case_studies"):
        shutil.copytree(KIT / name, folder.root / name)
    for place, old, new, words in (
        ("readings/rome-2020.md", "d1-intro", "d1-intor", "Did you mean 'd1-intro'?"),
        ("readings/glossary.yml", "[neo-uz-tam]", "[neo-uz-tma]", "Did you mean 'neo-uz-tam'?"),
        ("readings/definitions.yml", "[eslp-what, ", "[eslp-wat, ", "Did you mean"),
        (
            "case_studies/zadar.md",
            "[zadar-slides]",
            "[zadar-slide]",
            "Did you mean 'zadar-slides'?",
        ),
    ):
        path = folder.root / place
        text = path.read_text("utf-8")
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        told = seminar(folder.root, "check", code=1).stderr
        line = text[: text.index(old)].count("\n") + 1
        assert f"{path.name} line {line}: " in told
        assert words in told
        path.write_text(text, encoding="utf-8")


def test_collect_and_status_speak_json(
    folder: SeminarFolder, send: Callable[[str, Any], Path], filled: Callable[..., Any]
) -> None:
    """O13 O29: 0 also when files were set aside."""
    send("q.ipynb", filled("questions", "GE-2", {"questions": TWO}))
    send("bad.ipynb", b"{")
    told = json.loads(seminar(folder.root, "collect", "--json").stdout)
    assert {o["kind"] for o in told["outcomes"]} == {"accepted", "aside"}
    board = json.loads(seminar(folder.root, "status", "--json").stdout)
    georgia = next(c for c in board["countries"] if c["country"] == "GE")
    assert georgia["tasks"]["questions"]["words"] == "1 of 3"
    (entry,) = (e for e in georgia["tasks"]["questions"]["entries"] if e["state"] == "complete")
    assert entry["receipt"] in json.dumps(told)


def test_a_damaged_store_is_exit_code_1(
    folder: SeminarFolder, send: Callable[[str, Any], Path], filled: Callable[..., Any]
) -> None:
    """O38"""
    send("q.ipynb", filled("questions", "GE-2", {"questions": TWO}))
    seminar(folder.root, "collect")
    log = log_of(folder.root, "arrivals")
    log.write_bytes(log.read_bytes().replace(b'"size": ', b'"size": 1'))
    shutil.rmtree(state_of(folder.root))  # as on another computer, which never saw it whole
    assert (
        "was changed or damaged after it was written"
        in seminar(folder.root, "collect", code=1).stderr
    )
    assert (
        "was changed or damaged after it was written"
        in seminar(folder.root, "verify", code=1).stdout
    )


def test_prepare_takes_countries_by_code_or_name(folder: SeminarFolder) -> None:
    told = seminar(folder.root, "prepare", "--country", "ge", "--country", "Kosovo").stdout
    assert told.startswith("2 packs in packs: ")
    names = {path.name for path in (folder.packs / "forms").iterdir()}
    assert {"questions.json", "questions.schema.json"} <= names
    assert "Did you mean 'Georgia'?" in seminar(folder.root, "prepare", "--country", "Gorgia", code=2).stderr  # fmt: skip
    told = seminar(folder.root, "prepare", "--country", "LY").stdout
    assert told.startswith("1 pack in packs: ")  # for its NEO alone, who may still nominate


def test_report_refuses_a_misspelt_parameter(folder: SeminarFolder) -> None:
    """O20"""
    told = seminar(folder.root, "report", "--country", "GE", "-p", "dosier", "x", code=2).stderr
    assert "has no parameter 'dosier'. Did you mean 'dossier'?" in told


def test_one_failing_country_is_told_and_exit_code_1(folder: SeminarFolder) -> None:
    """O17 O18"""
    shutil.copytree(KIT / "notebooks", folder.root / "notebooks")
    path = folder.root / "notebooks" / "report" / "country_profile.ipynb"
    book = json.loads(path.read_text("utf-8"))
    cell = next(c for c in book["cells"] if c["id"] == "steps")
    cell["source"] = ["assert profile['country']['code'] != 'GE', 'no steps'"]
    cell["metadata"]["tags"] = ["public"]
    path.write_text(json.dumps(book), encoding="utf-8")
    told = seminar(folder.root, "report", "--country", "GE", "--country", "AL", code=1).stdout
    assert "2 reports run, 0 unchanged, 2 failed" in told
    assert "cell 'steps': AssertionError: no steps" in told
    assert "there is none yet" in told
    told = json.loads(seminar(folder.root, "report", "--country", "GE", "--json", code=1).stdout)
    assert {f["report"] for f in told["failed"]} == {"GE (core)", "GE (public)"}
    assert "Reports that failed in their last run: GE (core), GE (public). Their pages show the last good version, if there is one." in seminar(folder.root, "publish").stdout  # fmt: skip


def test_status_writes_the_board_as_a_page(folder: SeminarFolder) -> None:
    """O13"""
    seminar(folder.root, "status", "--html")
    page = (folder.site("core") / "status.html").read_text("utf-8")
    assert "0 of 26 countries have sent everything" in page
    assert page.count("<details>") == 24 * 5
    seminar(folder.root, "verify")


def test_no_command_opens_a_port_or_asks_the_network(
    folder: SeminarFolder,
    tmp_path: Path,
    send: Callable[[str, Any], Path],
    filled: Callable[..., Any],
) -> None:
    """K08 O27: every socket of the network is refused, and everything works all the same."""
    send("q.ipynb", filled("questions", "GE-2", {"questions": TWO}))
    (tmp_path / "sitecustomize.py").write_text(
        "import socket\n"
        "real = socket.socket\n"
        "class Guarded(real):\n"
        "    def __init__(self, family=-1, *a, **k):\n"
        "        super().__init__(family, *a, **k)\n"
        "    def _refuse(self, address):\n"
        "        if self.family != socket.AF_UNIX:\n"
        "            open('/dev/stderr', 'w').write(f'NETWORK {address}\\n')\n"
        "            raise OSError('no network here')\n"
        "    def connect(self, address): self._refuse(address); return super().connect(address)\n"
        "    def listen(self, *a): self._refuse('listens'); return super().listen(*a)\n"
        "socket.socket = Guarded\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    for words in (
        ("check",),
        ("prepare", "--country", "GE"),
        ("collect",),
        ("status", "--html"),
        ("report", "--country", "GE"),
        ("publish",),
        ("verify",),
    ):
        run = subprocess.run(
            [sys.executable, "-m", "seminarkit", *words],
            cwd=folder.root,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert run.returncode == 0, (words, run.stdout, run.stderr)
        assert "NETWORK" not in run.stderr, (words, run.stderr)
