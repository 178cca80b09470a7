"""Does one page, document, sheet or dossier that cannot be made stop no other?"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from command_walk import small_seminar
from in_process import seminar as run
from own_words import show_in
from shared import by_day

from seminarkit.core.disk import attempts
from seminarkit.core.errors import SeminarError, StopError
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar import page_templates as rendering
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.reports import dossiers as dossier
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.site import workers
from seminarkit.site.making import PageBuild
from seminarkit.site.page_files import SlowFile
from seminarkit.site.staging import hash_of
from seminarkit.topics.intake.verify import verify

ERRORS = (ValueError("All strings must be XML compatible"), MemoryError(), KeyError("x"), RecursionError(), SeminarError("It is not there."))  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seminar of three countries with reports and pages."""
    root = tmp_path_factory.mktemp("published") / "seminar"
    root.mkdir()
    shutil.copy(KIT / "seminar.yml", root)
    folder = SeminarFolder(root)
    small_seminar(folder)
    run(root, "collect")
    run(root, "report")
    run(root, "publish")
    run(root, "sheets")
    return root


@pytest.fixture
def here(published: Path, tmp_path: Path) -> SeminarFolder:
    shutil.copytree(published, tmp_path / "seminar")
    return SeminarFolder(tmp_path / "seminar")


def files(folder: SeminarFolder) -> dict[str, bytes]:
    output = folder.root / "output"
    found = (path for path in output.rglob("*") if path.is_file())
    names = {path.relative_to(output).as_posix(): path.read_bytes() for path in found}
    return {n: d for n, d in names.items() if not n.startswith(("reports/", "."))}


def make_stale(folder: SeminarFolder) -> None:
    """Let every page and document come out otherwise the next time, and the last be known."""
    path = folder.root / "seminar.yml"
    path.write_text(path.read_text("utf-8").replace("series: ", "series: Our ", 1), "utf-8")
    for each in (folder.reports / "core").glob("??.ipynb"):
        executed = each.read_text("utf-8")
        each.write_text(executed.replace("What is publicly known", "What is known"), "utf-8")


def damaged_pages(folder: SeminarFolder) -> list[str]:
    """Return what ``verify`` says but on reports, which ``make_stale`` has changed by hand."""
    damage = verify(SeminarFolder(folder.root)).damage
    return [words for words in damage if not words.startswith("The report ")]


@pytest.mark.parametrize("seed", by_day(range(30), every=15))
def test_pages_and_files_that_fail_stop_no_other(
    here: SeminarFolder, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """O17 O18: any of them, with any error: the last good one stays, all others are new."""
    before = files(here)
    make_stale(here)
    draw, spoilt = random.Random(seed), set[str]()
    real = PageBuild.file
    real_files, real_begin = PageBuild.files, PageBuild.begin

    def fails(name: str) -> None:
        if draw.random() < 0.3:
            spoilt.add(name)
            raise draw.choice(ERRORS)

    def file(self: PageBuild, path: str, make: Callable[[], Any]) -> None:
        real(self, path, lambda: (fails(path), make())[1])

    def several(self: PageBuild, path: str, make: Callable[[], Any]) -> None:
        real_files(self, path, lambda: (fails(path), make())[1])

    def begin(self: PageBuild, slow: Iterable[SlowFile]) -> None:
        real_begin(
            self,
            [replace(f, source=lambda f=f: (fails(f.path), f.source())[1]) for f in slow],  # type: ignore[misc]
        )

    with monkeypatch.context() as patch:
        patch.setattr(PageBuild, "begin", begin)
        patch.setattr(PageBuild, "file", file)
        patch.setattr(PageBuild, "files", several)
        printed = run(here.root, "publish", "--json", code=1)
    failed = {each["path"]: each for each in json.loads(printed.stdout)["failed"]}
    assert spoilt and spoilt <= failed.keys()
    assert all(each["reason"] for each in failed.values())
    now = files(here)
    for path, data in before.items():
        if path in failed:
            assert now[path] == data and failed[path]["kept"], path
        elif path in ("public/index.html", "core/documents/GE.docx", "core/documents/AM.pdf"):
            assert now[path] != data, path  # made anew
    assert damaged_pages(here) == []
    run(here.root, "publish")  # the next run tries again
    of_countries = {path for path in failed if re.fullmatch(r"core/documents/..\.(docx|pdf)", path)}
    assert all(files(here)[path] != before[path] for path in of_countries)
    assert json.loads(run(here.root, "publish", "--json").stdout)["changed"] == []


@pytest.mark.parametrize("number", by_day(range(1, 46), every=15))
def test_a_template_that_fails_stops_no_other_page(
    here: SeminarFolder, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """O17: whichever page is made, also by what makes several of them."""
    before, calls = files(here), 0
    real = rendering._environment

    def counting(paths: tuple[Path, ...]) -> Any:
        nonlocal calls
        calls += 1
        if calls == number:
            raise ValueError("this one is spoilt")
        return real(paths)

    with monkeypatch.context() as patch:
        patch.setattr(rendering, "_environment", counting)
        printed = run(here.root, "publish", code=1)
    assert calls > number, "there are fewer pages: lower the range"
    assert "1 file could not be made; all others were made." in printed.stdout
    assert "ValueError: this one is spoilt (core/seminar/page_templates.py, line " in printed.stdout
    assert "The last good one is kept." in printed.stdout
    assert files(here).keys() == before.keys()


def test_a_template_of_ones_own_that_is_broken(here: SeminarFolder) -> None:
    """O17 K02: an organiser's change spoils the guides; all else is published."""
    own = here.root / "templates" / "site" / "guide.html.j2"
    shutil.copytree(KIT / "templates" / "site", own.parent)
    own.write_text("{{ no_such_thing.at_all }}", "utf-8")
    printed = run(here.root, "publish", code=1).stdout
    assert "core/guides/" in printed and "'no_such_thing' is undefined" in printed
    assert "please report this line" in printed
    shutil.rmtree(own.parent)
    run(here.root, "publish")


def test_an_executed_notebook_that_is_spoilt(here: SeminarFolder) -> None:
    """O17 J02: page, documents and tables of that country keep their last good version."""
    before = files(here)
    (here.reports / "core" / "GE.ipynb").write_text("{", "utf-8")
    printed = run(here.root, "publish", code=1).stdout
    for path in ("core/countries/GE.html", "core/documents/GE.*", "core/tables/GE/*"):
        assert path in printed
    assert files(here).keys() == before.keys()
    run(here.root, "report")
    run(here.root, "publish")


def test_a_folder_where_a_page_should_be(here: SeminarFolder) -> None:
    """O17 O18: what cannot be written is named; the record says what is there."""
    page = here.site("core") / "groups.html"
    page.unlink()
    (page / "inside").mkdir(parents=True)
    printed = run(here.root, "publish", code=1).stdout
    assert (
        "core/groups.html: There is a folder where a file should be. Move the folder away"
        in printed
    )
    shutil.rmtree(page)
    run(here.root, "publish")
    assert verify(here).damage == ()


def test_what_was_never_made_has_no_link(here: SeminarFolder, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """O17: a document that failed from the first is linked from nowhere."""
    shutil.rmtree(here.site("core"))
    here.pages.unlink()
    monkeypatch.setattr("seminarkit.core.documents.docx_and_pdf.pdf", _fail)
    printed = run(here.root, "publish", "--jobs", "1", code=1).stdout
    assert "There is no earlier one." in printed
    page = (here.site("core") / "countries" / "GE.html").read_text("utf-8")
    assert "documents/GE.docx" in page and "documents/GE.pdf" not in page


def _fail(*_: object) -> bytes:
    raise MemoryError


def test_a_wall_still_stops_everything(here: SeminarFolder, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """O25: a leak is no failure of one page."""
    before = files(here)
    show_in(here, "comparison", "<p>write to x@example.org</p>")
    monkeypatch.setattr("seminarkit.site.publishing.guide_page", _fail)
    said = run(here.root, "publish", code=1).stderr
    assert "Nothing was published: public pages would show what is not public" in said
    assert files(here) == before


def test_a_last_good_page_that_leaks_by_now_goes(here: SeminarFolder, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """O25 O18: what became private since is not kept on a public page that cannot be made."""
    page = here.site("public") / "definitions.html"
    spoilt = page.read_text("utf-8") + "<p>write to x@example.org</p>"
    page.write_text(spoilt, "utf-8")
    entries = json.loads(here.pages.read_text("utf-8"))
    from seminarkit.site.page_files import content_hash

    entries["public/definitions.html"] = {"sha256": content_hash(spoilt), "source": ""}
    here.pages.write_text(json.dumps(entries), "utf-8")
    monkeypatch.setitem(__import__("seminarkit.site.publishing", fromlist=["x"])._PAGES, "definitions.html", _fail)  # fmt: skip
    printed = run(here.root, "publish", code=1).stdout
    assert "so it was removed" in printed and not page.exists()
    assert (here.site("core") / "definitions.html").exists()
    assert "definitions.html" not in (here.site("public") / "index.html").read_text("utf-8")


def test_one_sheet_that_fails_stops_no_other(here: SeminarFolder, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """O17 O11"""
    before = files(here)
    real, calls = __import__("seminarkit.topics.days.sheets", fromlist=["x"]).duty_page, []

    def second_fails(*words: Any) -> str:
        calls.append(words)
        if len(calls) == 2:
            raise ValueError("spoilt")
        return real(*words)

    monkeypatch.setattr("seminarkit.topics.days.sheets.duty_page", second_fails)
    printed = run(here.root, "sheets", code=1).stdout
    assert "1 file could not be made" in printed and "organisers/sheets/people/" in printed
    assert files(here) == before


@pytest.mark.parametrize("broken", ["country_dossier", "comparison", "overview", "questions_dossier", "cases_dossier"])  # fmt: skip
def test_one_dossier_that_fails_stops_no_other(
    here: SeminarFolder, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """O17 O18: one country's, or one over all; the report says so, and tries again."""
    before = {path: path.read_bytes() for path in here.dossiers.rglob("*.json")}
    real, calls = getattr(dossier, broken), []

    def first_fails(*words: Any) -> Any:
        calls.append(words)
        if len(calls) == 1:
            raise ValueError("spoilt")
        return real(*words)

    with monkeypatch.context() as patch:
        patch.setattr(dossier, broken, first_fails)
        noted = attempts.Attempts()
        build_dossiers(here, submissions(here.database), noted)
    assert {path: path.read_bytes() for path in here.dossiers.rglob("*.json")} == before
    assert len(noted.failures) >= 1
    assert all(
        "spoilt" in why or "see there" in why or "see the message" in why
        for why in noted.failures.values()
    )
    with monkeypatch.context() as patch:
        calls.clear()
        patch.setattr(dossier, broken, first_fails)
        with pytest.raises(SeminarError, match="could not be made"):
            build_dossiers(SeminarFolder(here.root), submissions(here.database))


def test_the_report_names_a_dossier_that_failed(here: SeminarFolder, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """O17: exit code 1, and it is not taken for unchanged the next time."""
    monkeypatch.setattr(dossier, "questions_dossier", _fail)
    (here.root / "seminar.yml").touch()
    printed = run(here.root, "report", code=1).stdout
    assert "dossiers/core/questions.json" in printed and "run out of memory" in printed
    assert "could not be made; all others were made." in run(here.root, "report", code=1).stdout
    monkeypatch.undo()
    run(here.root, "report")


def test_a_stop_goes_through() -> None:
    """O25"""
    noted = attempts.Attempts()
    with pytest.raises(StopError), noted.at("a"):
        raise StopError("it leaks")
    with pytest.raises(KeyboardInterrupt), noted.at("b"):
        raise KeyboardInterrupt
    assert noted.failures == {}


# files that are made beside the process that publishes


@pytest.mark.parametrize("forked", [True, False])
def test_a_worker_that_ends_takes_one_file_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forked: bool
) -> None:
    """O17 O18: forked from a loaded process, or begun anew, as on Windows and macOS."""
    if not forked:
        monkeypatch.setattr(workers, "can_fork", lambda: False)
    source = tmp_path / "source"
    source.write_bytes(b"good")
    makes: list[workers.Make] = [
        partial(source.read_bytes),
        partial(os._exit, 3),
        partial((tmp_path / "none").read_bytes),
        partial(source.read_bytes),
    ]
    beside = workers.Workers(2, [])
    try:
        begun = [beside.make(make, tmp_path / str(i)) for i, make in enumerate(makes)]
        first, ended, failed, last = (each.result(timeout=120) for each in begun)
        assert first == last == workers.Outcome(hash_of(b"good"))
        assert (tmp_path / "0").read_bytes() == (tmp_path / "3").read_bytes() == b"good"
        assert "crashed" in ended.reason and "no longer there" in failed.reason
    finally:
        beside.close()
    assert not any(worker.process.is_alive() for worker in beside._all)


def test_documents_are_the_same_wherever_they_are_made(here: SeminarFolder) -> None:
    """O18 K02: several at once, or one after the other in this process."""
    shutil.rmtree(here.site("core") / "documents")
    before = files(here)
    run(here.root, "publish", "--jobs", "2")
    beside = files(here)
    assert len(beside) > len(before)
    shutil.rmtree(here.site("core") / "documents")
    run(here.root, "publish", "--jobs", "1")
    assert files(here) == beside


@pytest.mark.timeout(600)
def test_a_run_that_is_killed_leaves_the_old_pages_whole(here: SeminarFolder) -> None:
    """O18: and no process; what it had made is swept by the next run."""
    make_stale(here)
    before = files(here)
    output = here.pages.parent
    words = [
        sys.executable,
        "-m",
        "seminarkit",
        "--folder",
        str(here.root),
        "publish",
        "--jobs",
        "2",
    ]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, start_new_session=True)
    until = time.monotonic() + 300
    while len(list(output.glob(".making.*/*"))) < 30 and process.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.005)
    process.kill()
    process.wait(timeout=60)
    assert files(here) == before, "nothing is to be seen before the last look at all of it"
    while time.monotonic() < until:  # all that it began ends, too
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    else:
        pytest.fail("a process is left")
    run(here.root, "publish")
    assert not list(output.glob(".making*"))
    assert damaged_pages(here) == []
