"""Is everything made anew when any file of the package is another one?"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from shared import ROOT, keep_countries

from seminarkit.core.package_hash import PACKAGE, hash_of

NOT_OURS = shutil.ignore_patterns("__pycache__", ".*")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package beside the kit's materials, as in a checkout."""
    checkout = tmp_path_factory.mktemp("checkout")
    shutil.copytree(PACKAGE, checkout / PACKAGE.name, ignore=NOT_OURS)
    for name in ("seminar.yml", "notebooks", "readings", "case_studies", "templates", "scripts"):
        (checkout / name).symlink_to(ROOT / name)
    return checkout / PACKAGE.name


def test_the_hash_changes_with_any_file(copied: Path) -> None:
    """O19: its words, its name, and that it is there at all."""
    first = hash_of(copied)
    assert first == hash_of(PACKAGE)
    # one of each kind in each folder: the hash looks at nothing else of a name
    files = {(path.parent, path.suffix): path for path in copied.rglob("*") if path.is_file()}
    assert {".py", ".js", ".css", ".typ", ".json", ".ttf"} <= {suffix for _, suffix in files}
    for path in files.values():
        content = path.read_bytes()
        path.write_bytes(content + b"\n")
        assert hash_of(copied) != first, path
        path.write_bytes(content)
    assert hash_of(copied) == first
    names = copied / "core" / "shown_names.py"
    names.rename(copied / "core" / "nouns.py")
    assert hash_of(copied) != first
    (copied / "core" / "nouns.py").rename(names)
    for name in (".names.py.swp", "__pycache__/names.pyc", "kit/seminar.yml"):
        (copied / name).parent.mkdir(exist_ok=True)
        (copied / name).write_text("not of the package")
    assert hash_of(copied) == first
    shutil.rmtree(copied / "kit")


@pytest.mark.timeout(600)
def test_report_publish_and_prepare_make_all_anew(copied: Path, tmp_path: Path) -> None:
    """O19 P07: nobody has to name in a list which file decides how what comes out."""
    shutil.copy(ROOT / "seminar.yml", tmp_path)
    keep_countries(tmp_path, ["GE"])

    def seminar(*words: str) -> str:
        run = subprocess.run(
            [sys.executable, "-P", "-m", "seminarkit", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(copied.parent)},
            capture_output=True,
            text=True,
            timeout=240,
            check=True,
        )
        return run.stdout

    def sources() -> dict[str, str]:
        record = json.loads((tmp_path / "output" / "pages.json").read_text("utf-8"))
        return {path: entry["source"] for path, entry in record.items() if "/documents/" in path}

    def forms(word: str) -> set[Path]:
        pages = tmp_path.glob("packs/GE/**/*.html")
        return {page for page in pages if word in page.read_text("utf-8")}

    for command in ("prepare", "report", "publish"):
        seminar(command)
    documents, script = sources(), copied / "core" / "forms" / "form.js"
    with_script = forms(max(script.read_text("utf-8").splitlines(), key=len))
    assert documents and with_script
    with script.open("a", encoding="utf-8") as file:
        file.write("// another word\n")
    for command in ("prepare", "publish"):
        seminar(command)
    assert not json.loads(seminar("report", "--json"))["skipped"]
    assert documents.keys() == sources().keys()
    assert not documents.items() & sources().items()
    assert forms("// another word") == with_script
