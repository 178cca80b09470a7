"""Made tests/first_seminar/seminar.tar.xz: the sample seminar's whole life with few countries.

It was run once, with version 0.1.0 as it was before issue 13, and is not to be run again: what it
made stays as it is, so that every later version is tried on a folder that an earlier one has made.

The sample is cut to five countries (one with a joint report and a sign-off), lived through by
``seminar demo`` and a few more decisions. Left out of the archive, as it is large and can be made
again: packs of all but two people, PDF files and slides.

Example:
    python tests/make_first_seminar.py /tmp/first
"""

from __future__ import annotations

import lzma
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from shared import ROOT

from seminarkit.core.forms.bundle import payload
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.serve.drafts import Draft, Drafts
from seminarkit.topics.packs.personal_form import form_for

ARCHIVE = ROOT / "tests" / "first_seminar" / "seminar.tar.xz"
COUNTRIES = ("AM", "BY", "GE", "KZ", "UA")
OTHERS = re.compile(r"^  (?!AM|BY|GE|KZ|UA)[A-Z]{2}:.*\n(?:    - .*\n)*", re.MULTILINE)
PACKED = ("GE-2", "GE-NEO")  # whose packs are kept
LEFT_OUT = (".pdf", ".pptx", ".docx")  # of output/


def live(root: Path) -> None:
    """Let the seminar happen in a folder."""
    sample = root / "scripts" / "sample"
    shutil.copytree(ROOT / "scripts" / "sample", sample)
    for path in sample.glob("??.yml"):
        if path.stem not in COUNTRIES:
            path.unlink()
    for name in ("questions", "statements"):
        lines = (sample / f"{name}.txt").read_text("utf-8").splitlines(keepends=True)
        (sample / f"{name}.txt").write_text("".join(filter(_is_ours, lines)), encoding="utf-8")
    text = (ROOT / "seminar.yml").read_text("utf-8")
    (root / "seminar.yml").write_text(OTHERS.sub("", text), encoding="utf-8")
    run(root, "demo", ".")
    run(root, "ask", "GE-2", "Which law do you mean? [sample]")
    run(root, "extend", "BY", "country_report", "2020-12-01")
    run(root, "links", "--country", "GE")
    folder = SeminarFolder(root)
    filled = payload(
        form_for(folder, "questions", "GE-3"),
        {"questions": [{"question": "A draft that was never sent [sample]"}]},
        3,
        "2020-11-20T08:00:00Z",
    )
    Drafts(folder.drafts).add([Draft("first window", filled)])
    run(root, "remind")
    run(root, "nominate", "BY")
    for words in (["prepare"], ["collect"], ["report"], ["recap"], ["conclude"], ["publish"]):
        run(root, *words)
    run(root, "sheets")
    run(root, "verify")


def run(root: Path, *words: str) -> None:
    """Run one command, which must succeed."""
    command = [sys.executable, "-m", "seminarkit", "--folder", str(root), *words]
    subprocess.run(command, check=True, timeout=600, cwd=root, env={**os.environ, "TZ": "UTC"})


def pack(root: Path) -> None:
    """Pack what was made, names and bytes only, so that the archive is small."""
    ARCHIVE.parent.mkdir(exist_ok=True)
    with tarfile.open(ARCHIVE, "w:xz", preset=9 | lzma.PRESET_EXTREME) as archive:
        for path in _kept(root):
            entry = archive.gettarinfo(path, path.relative_to(root).as_posix())
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            with path.open("rb") as file:
                archive.addfile(entry, file)


def _is_ours(line: str) -> bool:
    named = set(re.findall(r"\b([A-Z]{2})-\d", line))
    return named <= set(COUNTRIES)


def _kept(root: Path) -> Iterator[Path]:
    # what is alike beside each other packs best
    files = (p for p in root.rglob("*") if p.is_file())
    for path in sorted(files, key=lambda p: (p.suffix, p.name, p.as_posix())):
        place = path.relative_to(root)
        others = place.parts[0] == "packs" and len(place.parts) > 3 and place.parts[2] not in PACKED
        large = place.parts[0] == "output" and path.suffix in LEFT_OUT
        if not (others or large or place.parts[0] == "scripts"):
            yield path


if __name__ == "__main__":
    where = Path(sys.argv[1])
    where.mkdir(parents=True)
    live(where)
    pack(where)
    print(f"{ARCHIVE.stat().st_size:,} bytes in {ARCHIVE}")
