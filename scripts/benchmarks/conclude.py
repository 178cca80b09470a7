"""How long the conclusions take from the last group's file, and the night between the two days.

In a copy of a folder that `seminar demo` filled: the last group's notes come in, and one command
makes page, Word document and slides. Then the night: the notes of the first day come in, after all
reports had been made before; once more with every report to be made; and once killed in the middle
and run again, which must leave the same pages.

Example:
    python scripts/benchmarks/conclude.py seminar-demo
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import measure, print_table, seminar

from seminarkit.core.seminar.folder import SeminarFolder

SCRIPTS = Path(__file__).resolve().parent.parent
LAST = "AM-2-group_notes-d2-group-3.ipynb"


def before_the_notes(demo: Path, root: Path, *, without: str) -> list[Path]:
    """Copy a filled demo as it was before some notes came, and return those notes' files."""
    shutil.copytree(demo, root)
    folder = SeminarFolder(root)
    held = sorted(path for path in (folder.inbox / "notes").glob("*.ipynb") if without in path.name)
    aside = root.parent / f"{root.name}-notes"
    aside.mkdir()
    kept = [Path(shutil.move(path, aside / path.name)) for path in held]
    (folder.received / "arrivals.jsonl").unlink()
    shutil.rmtree(folder.received / "files")
    for name in ("seminar.db", "seminar.db-wal", "seminar.db-shm"):
        (root / name).unlink(missing_ok=True)
    for command in ("collect", "report", "publish"):
        subprocess.run(seminar("--folder", str(root), command), capture_output=True, check=True)
    return kept


def arrive(folder: Path, notes: list[Path]) -> None:
    """Put notes into the inbox."""
    for path in notes:
        shutil.copy2(path, folder / "inbox" / "notes" / path.name)


def night(root: Path) -> list[str]:
    """Return the command of the night between the days."""
    return [sys.executable, str(SCRIPTS / "night_between.py"), str(root)]


def killed(root: Path, after: float) -> None:
    """Begin the night, and kill it with all that it started after some seconds."""
    process = subprocess.Popen(night(root), stdout=subprocess.DEVNULL, start_new_session=True)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def pages(root: Path) -> dict[str, str]:
    """Return the hash of every page and document."""
    made = sorted(path for path in (root / "output").rglob("*") if path.is_file())
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in made
        if "reports" not in path.parts and path.suffix in (".html", ".docx", ".pptx")
    }


def main(demo: Path) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as temporary:
        one = Path(temporary, "one")
        arrive(one, before_the_notes(demo, one, without=LAST))
        last = measure(seminar("--folder", str(one), "conclude", "--collect"), one)
        site = SeminarFolder(one).site("core")
        made = all(
            (site / name).stat().st_mtime > time.time() - last.wall - 1
            for name in (
                "conclusions.html",
                "documents/conclusions.docx",
                "documents/conclusions.pptx",
            )
        )
        two = Path(temporary, "two")
        notes = before_the_notes(demo, two, without="day_notes")
        three = Path(temporary, "three")
        shutil.copytree(two, three)
        arrive(two, notes)
        usual = measure(night(two), two)
        arrive(three, notes)
        killed(three, usual.wall / 2)
        again = measure(night(three), three)
        same = pages(two) == pages(three)
        shutil.rmtree(SeminarFolder(two).reports)
        whole = measure(night(two), two)
    print_table(
        "From notes to what is handed over, in the sample seminar",
        [
            (
                "last group's file to page, .docx and .pptx",
                f"{last.wall:.0f} s{'' if made else ', not all made'}",
                "60 s",
            ),
            ("night, the chairs' notes new", f"{usual.wall:.0f} s", "120 s"),
            ("night, every report to be made", f"{whole.wall:.0f} s", "120 s"),
            (
                "killed half-way, run again",
                f"{again.wall:.0f} s, {'the same pages' if same else 'OTHER PAGES'}",
                "the same pages",
            ),
        ],
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]).resolve())
