"""How long it takes to be told that nothing changed, what one late country takes, and all of it.

In a copy of a folder that ``seminar demo`` filled: the commands that are asked most; the reports
when nothing changed, for its countries and for a thousand (copies of one); the reports when one
country and the comparison are to be made anew; packs and pages when nothing changed, and all pages,
for its countries and for two hundred with three people each. Each from the start of its process to
its end.

Example:
    python scripts/benchmarks/again.py seminar-demo
    python scripts/benchmarks/again.py seminar-demo pages      packs and pages alone
"""

from __future__ import annotations

import json
import re
import shutil
import statistics
import string
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

from measuring import Measured, measure, print_table, seminar

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.up_to_date import of_reports

ROUNDS = 5
MANY = 1_000
COUNTRIES = 200
FIRST = "GE"  # the country of which the others are copies
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


def pages_of(root: Path) -> Iterator[tuple[str, Measured]]:
    """Yield what it takes to publish everything, and packs and pages when nothing changed."""
    folder = SeminarFolder(root)
    number = len(folder.seminar.countries)
    for path in root.glob("output/*"):
        if path.is_dir() and path != folder.reports:
            shutil.rmtree(path)
    folder.pages.unlink(missing_ok=True)
    yield f"seminar publish, everything, {number} countries", measure(seminar("publish"), root)
    for command in ("publish", "prepare"):
        subprocess.run(seminar(command), cwd=root, check=True, stdout=subprocess.DEVNULL)
        runs = [measure(seminar(command), root) for _ in range(ROUNDS)]
        middle = sorted(runs, key=lambda run: run.wall)[ROUNDS // 2]
        yield f"seminar {command}, nothing changed, {number} countries", middle


def enlarge(root: Path) -> None:
    """Make a seminar of two hundred countries, each with a copy of one country's reports.

    In each copy the words are others, so that each has secrets of its own.
    """
    settings = root / "seminar.yml"
    text = settings.read_text("utf-8")
    there = SeminarFolder(root).seminar.countries
    pairs = ("".join(pair) for pair in product(string.ascii_uppercase, repeat=2))
    codes = list(islice((code for code in pairs if code not in there), COUNTRIES - len(there)))
    region = there[FIRST].region
    countries = "".join(
        f"  {code}: {{name: Land {code}, region: {region}, time_zone: Europe/Paris, "
        f"tile: [{number % 20}, {10 + number // 20}]}}\n"
        for number, code in enumerate(codes)
    )
    people = "".join(
        f"  {code}:\n"
        + "".join(
            f'    - {{id: {code}-{n}, name: "Person {n} of {code}", role: core participant, '
            f"profile: policy, email: {code.lower()}-{n}@example.org}}\n"
            for n in (1, 2, 3)
        )
        for code in codes
    )
    text = text.replace("\ncountries:\n", f"\ncountries:\n{countries}", 1)
    text = text.replace("\ndelegations:\n", f"\ndelegations:\n{people}", 1)
    settings.write_text(text, "utf-8")
    for place in ("dossiers", "output/reports"):
        for file in root.glob(f"{place}/*/{FIRST}.*"):
            words = file.read_text("utf-8")
            for code in codes:
                own = re.sub(rf"\b{FIRST}\b", code, words).replace(" the ", f" the {code} ")
                # which page was made with it is not said of an invented one
                own = re.sub(r'"page": "[0-9a-f]{64}",?', "", own)
                file.with_name(f"{code}{file.suffix}").write_text(own, "utf-8")


def pages(demo: Path, temporary: Path) -> None:
    """Measure packs and pages, and print."""
    root = temporary / "pages"
    shutil.copytree(demo, root, ignore=shutil.ignore_patterns("inbox"))
    rows = []
    for reach in (("3.5 s", "0.4 s", "0.4 s"), ("150 MiB", "1.5 s", "")):
        for (name, run), least in zip(pages_of(root), reach, strict=True):
            shown = f"{run.wall:.2f} s, {run.peak:.0f} MiB"
            rows.append((name, shown, least))
        enlarge(root)
    print_table(f"Packs and pages, where nothing changed the median of {ROUNDS}", rows)


def main(demo: Path, *, pages_alone: bool) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as temporary:
        pages(demo, Path(temporary))
        if pages_alone:
            return
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
    if len(sys.argv) < 2 or sys.argv[2:] not in ([], ["pages"]):
        sys.exit(__doc__)
    main(Path(sys.argv[1]).resolve(), pages_alone=len(sys.argv) > 2)
