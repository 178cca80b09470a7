"""How long it takes to be told that nothing changed, and what one late country takes.

In a copy of a folder that ``seminar demo`` filled: the commands that are asked most; the reports
when nothing changed, for its countries and for a thousand (copies of one); and the reports when one
country and the comparison are to be made anew. Each from the start of its process to its end.

Example:
    python scripts/benchmarks/again.py seminar-demo
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import measure, print_table, seminar

from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.stamp import of_reports

ROUNDS = 5
MANY = 1_000
NOTHING = "seminar report, nothing changed"


def median(root: Path, *words: str) -> str:
    """Return the median of some runs of a command, in seconds."""
    walls = [measure(seminar(*words), root).wall for _ in range(ROUNDS)]
    return f"{statistics.median(walls):.2f} s"


def late(root: Path) -> str:
    """Return what one country and the comparison take, for both audiences."""
    walls = []
    for _ in range(ROUNDS):
        for record in root.glob("output/reports/*/*.json"):
            if record.stem in ("GE", "comparison"):
                known = json.loads(record.read_text("utf-8"))
                known["made_of"]["dossier"] = "of before"
                record.write_text(json.dumps(known), "utf-8")
        walls.append(measure(seminar("report"), root).wall)
    return f"{statistics.median(walls):.2f} s"


def multiply(folder: SeminarFolder) -> None:
    """Put reports and dossiers of a thousand countries more into a folder, as if they were made."""
    for place in (folder.reports, folder.dossiers):
        for audience in ("core", "public"):
            for file in (place / audience).glob("LY.*"):
                for number in range(MANY):
                    shutil.copy(file, file.with_name(f"X{number:03}{file.suffix}"))
    stamp = of_reports(folder)
    stamp.put(stamp.inputs(), [f"X{number}" for number in range(2 * MANY)])


def main(demo: Path) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary) / "seminar"
        shutil.copytree(demo, root, ignore=shutil.ignore_patterns("packs", "inbox"))
        subprocess.run(seminar("report"), cwd=root, check=True, stdout=subprocess.DEVNULL)
        number = len(SeminarFolder(root).seminar.countries)
        rows = [
            ("seminar --help", median(root, "--help"), "0.25 s"),
            ("seminar status", median(root, "status"), "0.6 s"),
            (
                f"seminar report, nothing changed, {number} countries",
                median(root, "report"),
                "0.4 s",
            ),
            ("one late country, with the comparison", late(root), "2 s"),
        ]
        multiply(SeminarFolder(root))
        rows.append((f"{NOTHING}, {MANY} countries", median(root, "report"), "1.0 s"))
    print_table(f"What is run again and again, medians of {ROUNDS}", rows)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]).resolve())
