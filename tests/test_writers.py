"""Does every file of the kit go through the one writer, and is each temporary one swept?"""

from __future__ import annotations

import ast
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from shared import ROOT

from seminarkit.core.disk.durable import TABLE, is_precious
from seminarkit.core.disk.files import half_file, sweep
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.leftovers import sweep_seminar, written_places

PACKAGE = ROOT / "seminarkit"
# Who may write by other means, and what: logs are added to, the rest is in a folder of temporary
# files that goes with the run.
ALLOWED = {
    "core/disk/files.py": "the writer itself",
    "core/logs/last_seen.py": "keeps what can be lost, outside of the folder, without waiting for the disk",
    "topics/copies/archive.py": "an archive into a half file that the writer has made",
    "topics/copies/packed_copy.py": "an archive unpacked in a temporary folder",
    "core/logs/hash_log.py": "adds lines to a log, and takes a half line away",
    "core/documents/pdf_file.py": "pictures for typst, in a temporary folder",
    "reports/engine/engines.py": "a notebook without the cells of others, in a temporary folder",
    "reports/engine/dask_cluster.py": "a report on another machine, in a temporary folder",
    "forgetting/redact.py": "an archive in memory",
}
METHODS = {"write_text", "write_bytes", "rename", "mkstemp", "NamedTemporaryFile", "copy", "copy2", "copyfile", "copytree", "move"}  # fmt: skip
MODULES = {"os", "shutil", "tempfile"}


def writing_calls(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each call of a file by which something may be written, renamed or copied."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name, of = "", ""
        if isinstance(node.func, ast.Attribute):
            name = node.func.attr
            of = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
        elif isinstance(node.func, ast.Name):
            name = node.func.id
        if name in ("open", "fdopen"):
            places = node.args[:1] if isinstance(node.func, ast.Attribute) and of != "os" else []
            modes = [*places, *node.args[1:2], *(k.value for k in node.keywords if k.arg == "mode")]
            words = [m.value for m in modes if isinstance(m, ast.Constant)]
            if any(isinstance(w, str) and len(w) <= 3 and set(w) & set("wax+") for w in words):
                yield node.lineno, name
        elif name == "replace":  # a text's has two words, a log's writes it anew by the one writer
            log = isinstance(node.func, ast.Attribute) and _last(node.func.value) in ("log", "_log")
            if of in MODULES or (len(node.args) == 1 and not node.keywords and not log):
                yield node.lineno, name
        elif name in METHODS - {"copy", "move"} or (name in ("copy", "move") and of == "shutil"):
            yield node.lineno, name


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_nothing_is_written_past_the_one_writer() -> None:
    """O18: no module opens a file to write, copies or renames one, but those that are named."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        calls = list(writing_calls(path))
        if calls and name not in ALLOWED:
            found[name] = calls
    assert found == {}


def test_the_walk_finds_what_it_looks_for(tmp_path: Path) -> None:
    """O18: the test above can fail."""
    lines = ["open('a', 'w')", "p.open('ab')", "p.write_text('x')", "p.write_bytes(b'')", "os.replace(a, b)", "p.replace(q)", "p.rename(q)", "shutil.copy(a, b)", "tempfile.mkstemp()", "open('a', mode='r+')", "os.fdopen(h, 'wb')"]  # fmt: skip
    quiet = ["open('a')", "p.open('rb')", "'a'.replace('b', 'c')", "p.read_text()", "dict.copy(x)", "p.open(encoding='utf-8')", "replace(x, y=1)", "zipfile.ZipFile(a, 'w')"]  # fmt: skip
    for line in (*lines, *quiet):
        (tmp_path / "a.py").write_text(line)
        assert bool(list(writing_calls(tmp_path / "a.py"))) == (line in lines), line


@pytest.mark.parametrize(
    ("name", "precious"),
    [
        ("received/files/3f/3fa9", True),
        ("received/arrivals.jsonl", True),
        ("received/decisions.jsonl", True),
        ("received/decisions.anchor.json", True),
        ("received/drafts.jsonl", True),
        ("received/links.jsonl", True),
        ("received/issues.jsonl", True),
        ("received/.forgetting.json", True),
        ("packs/links.csv", True),
        ("packs/GE/GE-2/my link.txt", True),
        ("packs/GE/GE-2/GE-2-questions.ipynb", True),
        ("packs/GE/GE-2/.earlier/GE-2-questions.5.ipynb", True),
        ("inbox/a mail.eml", True),
        ("seminar.yml", True),
        ("case_studies/tiflis.md", True),
        ("something/new", True),
        ("packs/GE/GE-2/index.html", False),
        ("packs/GE/README.txt", False),
        ("dossiers/core/GE.json", False),
        ("output/core/GE.html", False),
        ("output/pages.json", False),
        ("output/mails/remind-GE.eml", False),
        ("seminar.db", False),
        (".seminar.lock.who", False),
    ],
)
def test_what_cannot_be_made_again_is_precious(
    folder: SeminarFolder, name: str, precious: bool
) -> None:
    """O18"""
    assert is_precious(folder.root / name) == precious


def test_every_folder_of_the_seminar_is_in_the_table(folder: SeminarFolder) -> None:
    """O18: what the folder's own object names is decided, and outside all is precious."""
    patterns = " ".join(pattern for pattern, _ in TABLE)
    for path in (folder.received, folder.packs, folder.dossiers, folder.pages, folder.database):
        assert path.relative_to(folder.root).parts[0] in patterns
    assert is_precious(Path("/nowhere/at/all.ipynb"))


def places(folder: SeminarFolder) -> list[Path]:
    found = [place.folder for place in written_places(folder)]
    below = ["dossiers/core", "output/core/countries", "output/reports/core", "packs/GE/GE-2", "inbox/mails", "templates/forms"]  # fmt: skip
    return [*found, *(folder.root / name for name in below)]


def test_what_is_half_written_is_swept_everywhere(folder: SeminarFolder) -> None:
    """O18: in every place that the kit writes to, by the one rule for its name."""
    halves = []
    for place in places(folder):
        place.mkdir(parents=True, exist_ok=True)
        with half_file(place, "a name.json") as half:
            shutil.copy(half.path, place / "copy")
            halves.append(half.path)
            half.drop()
        (place / "copy").rename(half.path)  # as a killed run leaves it: nobody holds it
    sweep_seminar(folder)
    assert [half for half in halves if half.exists()] == []


def test_what_older_versions_left_is_swept_where_only_the_kit_writes(folder: SeminarFolder) -> None:
    """O18: a person's own hidden file in the inbox stays."""
    for name in ("dossiers", "output/core", "packs/GE", "received", "received/files", "inbox", "."):
        path = folder.root / name / ".GE.json.abcdefgh.tmp"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("half")
    sweep_seminar(folder)
    left = sorted(p.relative_to(folder.root).as_posix() for p in folder.root.rglob(".*.tmp"))
    assert left == [".GE.json.abcdefgh.tmp", "inbox/.GE.json.abcdefgh.tmp"]


def test_what_is_being_written_stays_and_a_pipe_stops_nothing(tmp_path: Path) -> None:
    """O18"""
    if sys.platform != "win32":
        os.mkfifo(tmp_path / ".pipe.half.tmp")
    (tmp_path / ".link.half.tmp").symlink_to(tmp_path / "elsewhere")
    with half_file(tmp_path, "x" * 200) as half:
        sweep(tmp_path)
        assert half.path.exists()
        half.file.write(b"whole")
        half.name(tmp_path / "whole")
    assert (tmp_path / "whole").read_bytes() == b"whole"


def test_the_kits_own_materials_hold_no_half_file() -> None:
    """O18"""
    assert not list(KIT.glob("*/**/.*.half.tmp"))
