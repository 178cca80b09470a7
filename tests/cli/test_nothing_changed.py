"""``seminar publish`` and ``prepare`` a second time: at once, and never where something changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from test_commands import seminar
from test_report_again import loaded

from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.up_to_date import Stamp, of_packs, of_pages, of_reports

Make = Callable[[SeminarFolder], Stamp]


def packs(folder: SeminarFolder) -> Stamp:
    """Return the stamp of the usual 'seminar prepare'."""
    return of_packs(folder, word=False)


COMMANDS = {"publish": of_pages, "prepare": packs}
HEAVY = {"numpy", "matplotlib", "jinja2", "docx", "pptx", "typst", "wordllama", "highspy"}


def is_whole(make: Make, folder: SeminarFolder) -> bool:
    """Say whether the last whole run is still good."""
    stamp = make(folder)
    return stamp.up_to_date(stamp.inputs()) is not None


@pytest.fixture(scope="module")
def twice(demo: SeminarFolder, tmp_path_factory: pytest.TempPathFactory) -> SeminarFolder:
    """A copy of the sample seminar with materials of its own, published and prepared."""
    root = tmp_path_factory.mktemp("nothing") / "seminar"
    shutil.copytree(demo.root, root)
    for name in ("readings", "case_studies", "templates", "notebooks"):
        shutil.copytree(KIT / name, root / name)
    for command in ("report", "publish", "prepare"):
        seminar(root, command)
    return SeminarFolder(root)


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_changed_is_said_at_once_in_the_same_words(
    twice: SeminarFolder, command: str
) -> None:
    """O18 O19 K05: and nothing heavy is loaded for it."""
    assert is_whole(COMMANDS[command], twice)
    at_once = seminar(twice.root, command).stdout
    assert not HEAVY & loaded(twice.root, command)
    place = COMMANDS[command](twice).place
    place.unlink()
    closer = seminar(twice.root, command).stdout
    assert at_once == closer
    assert "\n0 changed" in at_once or " 0 of them new or changed" in at_once


# one of each kind of input: what is in it makes no difference here, its look does
INPUTS = (
    "seminar.yml",
    "seminar.db",
    "received/decisions.jsonl",
    "received/decisions.anchor.json",
    "received/logs/*/arrivals.jsonl",
    "received/logs/*/decisions.jsonl",
    "received/logs/*/issues.jsonl",
    "received/logs/*/writer.json",
    "received/drafts.jsonl",
    "received/links.jsonl",
    "templates/forms/country_report.yml",
    "templates/forms/earlier_words.json",
    "templates/site/parts.html.j2",
    "templates/report/page.css",
    "templates/prepare/README.txt",
    "notebooks/prepare/country_report.ipynb",
    "notebooks/report/country_profile.ipynb",
    "readings/glossary.yml",
    "readings/facts/countries.yml",
    "case_studies/*.md",
)
OF_PAGES = (
    "dossiers/core/GE.json",
    "dossiers/public/overview.json",
    "dossiers/group/*.json",
    "output/reports/core/GE.html",
    "output/reports/public/GE.ipynb",
    "output/reports/group/*.html",
)


def ways(path: Path) -> list[Callable[[], None]]:
    """Return ways in which a file may change: a byte, its time set back, its place taken."""
    facts = path.stat() if path.exists() else None
    text = path.read_bytes() if facts else b""

    def same_size() -> None:
        path.write_bytes(bytes([text[0] ^ 1]) + text[1:] if text else b"{}")
        if facts:
            os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))

    def gone() -> None:
        path.unlink()

    return [same_size, gone]


@pytest.mark.parametrize(("make", "what"), [
    *((make, what) for make in (of_pages, packs, of_reports) for what in INPUTS),
    *((of_pages, what) for what in OF_PAGES),
])  # fmt: skip
def test_a_change_of_each_input_is_seen(twice: SeminarFolder, make: Make, what: str) -> None:
    """O18 O19 W04: every kind of file and log, and one that is new."""
    if make is of_reports and "issues" in what:
        return  # its own log is an output: see below
    path = next(iter(sorted(twice.root.glob(what))), twice.root / what)
    text = path.read_bytes() if path.exists() else None
    stamp = make(twice)
    try:
        for change in ways(path):
            seen = stamp.inputs()
            change()
            assert stamp.inputs() != seen, change.__name__
    finally:
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(text)


def test_every_file_that_is_opened_is_looked_at(twice: SeminarFolder, tmp_path: Path) -> None:
    """O19: told by Python itself, so that a new input cannot be forgotten.

    Not looked at are received files, which the store has by their hash, what locks hold, and
    libraries.
    """
    program = tmp_path / "opened_pack.py"
    program.write_text(
        "import json, os, sys\n"
        "opened = set()\n"
        "def hook(event, words):\n"
        "    if event == 'open' and isinstance(words[0], str) and not (words[2] or 0) & 3:\n"
        "        opened.add(os.path.abspath(words[0]))\n"
        "sys.addaudithook(hook)\n"
        "from seminarkit.cli.main import seminar\n"
        "try:\n"
        "    seminar.main(sys.argv[2:], 'seminar', standalone_mode=False)\n"
        "except SystemExit:\n"
        "    pass\n"
        "open(sys.argv[1], 'w').write(json.dumps(sorted(opened)))\n"
    )
    for command, make in COMMANDS.items():
        stamp = make(twice)
        stamp.place.unlink()
        found = tmp_path / "opened.json"
        run = [sys.executable, program, found, "--folder", twice.root, command]
        subprocess.run(run, check=True, timeout=300, capture_output=True)
        ours = (f"{twice.root}{os.sep}", f"{KIT}{os.sep}")
        own = [path for path in json.loads(found.read_text()) if path.startswith(ours)]
        own = [path for path in own if not any(part[:1] in "._" for part in Path(path).parts[-2:])]
        apart = (f"{os.sep}.venv{os.sep}", f"{os.sep}received{os.sep}files{os.sep}")
        own = [path for path in own if not any(part in path for part in apart)]
        own = [path for path in own if Path(path).is_file()]  # it was looked for, too
        assert len(own) > 100
        looked_at = {path for path, _ in (*stamp.input_files(), *stamp.output_files())}
        missed = {*own} - looked_at
        assert not missed, (command, sorted(missed)[:5])


@pytest.mark.parametrize(("command", "what"), [
    ("publish", "output/public/index.html"),
    ("publish", "output/core/documents/GE.docx"),
    ("publish", "output/organisers/answers/*.xlsx"),
    ("publish", "output/groups/*/index.html"),
    ("publish", "output/chairs/*/index.html"),
    ("publish", "output/pages.json"),
    ("prepare", "packs/GE/GE-1/GE-1-country_report.html"),
    ("prepare", "packs/GE/README.txt"),
    ("prepare", "packs/forms/questions.json"),
    ("prepare", "packs/programme/readings.html"),
    ("prepare", ".gitignore"),
])  # fmt: skip
def test_what_was_damaged_or_deleted_is_seen(twice: SeminarFolder, command: str, what: str) -> None:
    """O18 O19: that it is made again the test below shows for several at once."""
    path = next(iter(sorted(twice.root.glob(what))))
    text, facts = path.read_bytes(), path.stat()
    hidden = path.with_name("hidden.tmp")
    try:
        path.rename(hidden)
        assert not is_whole(COMMANDS[command], twice)
        path.write_bytes(bytes([text[0] ^ 1]) + text[1:])
        os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
        assert not is_whole(COMMANDS[command], twice)
    finally:
        hidden.replace(path)


def test_damaged_and_deleted_outputs_are_made_again(twice: SeminarFolder) -> None:
    """O18 O19 K02"""
    damaged = {
        "publish": ("output/public/index.html", "output/core/documents/GE.docx"),
        "prepare": ("packs/GE/README.txt", "packs/GE/GE-1/GE-1-country_report.html"),
    }
    for command, (changed, deleted) in damaged.items():
        before = {name: (twice.root / name).read_bytes() for name in (changed, deleted)}
        (twice.root / changed).write_bytes(b"damaged")
        (twice.root / deleted).unlink()
        seminar(twice.root, command)
        assert {name: (twice.root / name).read_bytes() for name in before} == before
        assert is_whole(COMMANDS[command], twice)


def test_time_and_options_count(twice: SeminarFolder) -> None:
    """O19 O38: a deadline that has passed makes it look closer; so does another option."""
    stamp = of_pages(twice)
    known = json.loads(stamp.place.read_bytes())
    seen = stamp.inputs()
    try:
        for hours, good in ((1, True), (-1, False)):
            known["until"] = (datetime.now(UTC) + timedelta(hours=hours)).isoformat()
            stamp.place.write_text(json.dumps(known), "utf-8")
            assert (stamp.up_to_date(seen) is not None) is good
    finally:
        stamp.put(seen, known["noted"])
    assert of_packs(twice, word=True).inputs() != packs(twice).inputs()


def test_a_run_of_one_country_or_without_a_page_is_no_whole_run(twice: SeminarFolder) -> None:
    """O18 O20 K02"""
    seminar(twice.root, "publish", "--without", "countries/AM")
    assert not is_whole(of_pages, twice)
    assert not (twice.root / "output" / "public" / "countries" / "AM.html").exists()
    assert "\n0 changed" not in seminar(twice.root, "publish").stdout
    assert (twice.root / "output" / "public" / "countries" / "AM.html").exists()
    (twice.root / "packs" / "AM" / "README.txt").unlink()
    seminar(twice.root, "prepare", "--country", "GE")
    assert not (twice.root / "packs" / "AM" / "README.txt").exists()
    seminar(twice.root, "prepare")
    assert (twice.root / "packs" / "AM" / "README.txt").exists()
