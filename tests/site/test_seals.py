"""Is a file searched again whenever it, a secret or a rule has changed, whatever the record says?"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_leaks import core

from seminarkit.core.disk.files import write_whole
from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.site import checked_before as seals_module
from seminarkit.site.checked_before import SEAL, Seals
from seminarkit.site.last_check import LastCheck
from seminarkit.site.leaks import LeakSearch
from seminarkit.site.page_files import Pages, content_hash

SECRET = "The registrar, and nobody else, agrees on the form with all three faculties"
PAGE = "public/countries/GE.html"
Record = dict[str, dict[str, str]]


def looked_through(folder: SeminarFolder, pages: Pages, before: Record) -> Record:
    """Return what the record says after a look that found nothing."""
    look = LastCheck(folder, before)
    look.check(pages)
    return {
        path: {"sha256": content_hash(page), **look.entry(path)}
        for path, (page, _) in pages.items()
    }


def searched(
    folder: SeminarFolder, pages: Pages, before: Record, monkeypatch: pytest.MonkeyPatch
) -> set[str]:
    """Return which pages a look searches."""
    paths: set[str] = set()
    search = LeakSearch.by_page
    monkeypatch.setattr(
        LeakSearch, "by_page", lambda wall, on: paths.update(on) or search(wall, on)
    )
    LastCheck(folder, before).check(pages)
    monkeypatch.undo()
    return paths


def test_only_what_changed_is_searched_again(
    folder: SeminarFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P07: by a letter, by its place, or as bytes in place of a text."""
    core(folder, SECRET)
    pages: Pages = {
        PAGE: ("<p>a</p>", ""),
        "public/a.html": ("<p>a</p>", ""),
        "core/a.html": ("", ""),
    }
    record = looked_through(folder, pages, {})
    assert SEAL not in record["core/a.html"]
    assert searched(folder, pages, record, monkeypatch) == set()
    changed: Pages = {**pages, PAGE: ("<p>b</p>", "")}
    assert searched(folder, changed, record, monkeypatch) == {PAGE}
    assert searched(folder, {**pages, PAGE: (b"<p>a</p>", "")}, record, monkeypatch) == {PAGE}
    moved = {PAGE: record["public/a.html"], "public/a.html": record[PAGE]}
    assert searched(folder, pages, moved, monkeypatch) == {PAGE, "public/a.html"}


def test_a_record_that_somebody_wrote_hides_no_leak(folder: SeminarFolder) -> None:
    """P07: with the right hash of the page, the seal of another, of other secrets, or nonsense."""
    core(folder, "Something else that nobody but core participants may read here")
    page = f"<p>{SECRET}</p>"
    leak: Pages = {PAGE: (page, "")}
    of_other_secrets = looked_through(folder, leak, {})
    core(folder, SECRET)
    of_other_page = looked_through(folder, {PAGE: ("<p>a</p>", "")}, {})
    bare = content_hash(page)
    for seal in (
        of_other_secrets[PAGE][SEAL],
        of_other_page[PAGE][SEAL],
        bare,
        "",
        "é",
        True,
        None,
        [],
    ):
        forged = {PAGE: {"sha256": bare, "source": "", SEAL: seal}}
        with pytest.raises(SeminarError, match="form strategy_plan, question q0"):
            LastCheck(folder, forged).check(leak)  # type: ignore[arg-type]
    for record in ({PAGE: "x"}, {PAGE: None}, {PAGE: [SEAL]}):
        assert not Seals(LeakSearch(folder).guarded(), record).holds(PAGE, page)


def test_whatever_the_search_goes_by_breaks_all_seals(
    folder: SeminarFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P07: a secret, whose it is, a name, a public word of any kind, a rule."""
    core(folder, SECRET)
    pages: Pages = {PAGE: ("<p>a</p>", "")}
    text = (folder.root / "seminar.yml").read_text("utf-8")

    def name(_: Path) -> None:
        (folder.root / "seminar.yml").write_text(
            text.replace("Core participant 2, Armenia", "Ana S"), "utf-8"
        )

    def reading(root: Path) -> None:
        shutil.copytree(folder.material("readings"), root / "readings", dirs_exist_ok=True)
        for path in (root / "readings").glob("*.md"):
            path.write_text(path.read_text("utf-8") + "\nOther words\n", "utf-8")

    changes = {
        "a secret": lambda _: core(folder, SECRET + "."),
        "whose it is": lambda _: core(folder, SECRET, by="Somebody"),
        "a note of a group": lambda _: write_whole(folder.dossiers / "group" / "a.json", '{"text": "A b c"}'),
        "what is public of all": lambda _: write_whole(folder.dossiers / "public" / "x.json", '["a b"]'),
        "what is public of a country": lambda _: write_whole(folder.dossiers / "public" / "GE.json", '["a b"]'),
        "a name": name,
        "a reading": reading,
    }  # fmt: skip
    for what, change in changes.items():
        here = SeminarFolder(folder.root)
        record = looked_through(here, pages, {})
        assert searched(SeminarFolder(folder.root), pages, record, monkeypatch) == set(), what
        change(folder.root)
        assert searched(SeminarFolder(folder.root), pages, record, monkeypatch) == {PAGE}, what
    folder = SeminarFolder(folder.root)
    record = looked_through(folder, pages, {})
    monkeypatch.setattr(seals_module, "package_hash", lambda: "of another kit")
    assert not Seals(LeakSearch(folder).guarded(), record).holds(PAGE, "<p>a</p>")


@pytest.mark.timeout(120, func_only=True)
def test_another_process_makes_the_same_seals(demo: SeminarFolder) -> None:
    """P07: in whichever order sets come out there."""
    program = (
        "import json, sys; from pathlib import Path; from seminarkit.site.leaks import LeakSearch;"
        "from seminarkit.site.checked_before import Seals; from seminarkit.core.seminar.folder import SeminarFolder;"
        "s = Seals(LeakSearch(SeminarFolder(Path(sys.argv[1]))).guarded(), {}); s.give('a', 'b');"
        "print(json.dumps(s.entry('a')))"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", program, str(demo.root)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=demo.root,
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2")
    ]
    assert json.loads(made[0]) == json.loads(made[1])
