"""How many answers of the sample come back from Word, also when LibreOffice saved it, and how fast.

Example:
    python scripts/benchmarks/word.py
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from measuring import print_table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from make_sample import filled_forms

from seminarkit.core.forms.answers import is_blank
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.expected import expected_of
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.reader import read_bytes
from seminarkit.topics.packs.word_form_writer import form_document


def write_documents(folder: SeminarFolder, place: Path) -> dict[str, dict[str, Any]]:
    """Write each filled form of the sample as a document; return the answers by file name."""
    given = {}
    for form, filled in filled_forms(folder):
        name = f"{form['file']}.docx"
        given[name] = filled["answers"]
        (place / name).write_bytes(form_document(form, filled))
    return given


def count_equal(place: Path, given: dict[str, dict[str, Any]], expected: Expected) -> str:
    """Read every document and return how many answers are what was given, of how many."""
    right = total = 0
    for name, answers in given.items():
        (part,) = read_bytes((place / name).read_bytes(), expected)
        found = part.reading.answers if part.reading else {}
        for key, value in answers.items():
            total += not is_blank(value)
            # several choices come in the order of the form, whatever the order they were given in
            plain = isinstance(value, list) and all(isinstance(v, str) for v in value)
            same = sorted(found.get(key, [])) == sorted(value) if plain else found.get(key) == value
            right += same and not is_blank(value)
    return f"{right} of {total}"


def main() -> None:
    """Measure and print."""
    folder = SeminarFolder(KIT)
    expected = expected_of(folder)
    with tempfile.TemporaryDirectory() as temporary:
        made, saved = Path(temporary) / "made", Path(temporary) / "saved"
        made.mkdir()
        start = time.perf_counter()
        given = write_documents(folder, made)
        written = time.perf_counter()
        direct = count_equal(made, given, expected)
        read = time.perf_counter()
        again = "LibreOffice is not installed"
        if office := shutil.which("soffice"):
            profile = f"-env:UserInstallation={(Path(temporary) / 'profile').as_uri()}"
            command = [
                office,
                profile,
                "--headless",
                "--convert-to",
                "docx",
                "--outdir",
                str(saved),
            ]
            files = [str(path) for path in sorted(made.iterdir())]
            subprocess.run([*command, *files], check=True, stdout=sys.stderr)
            again = count_equal(saved, given, expected)
    number = len(given)
    print_table(
        f"{number} filled forms as Word documents and back",
        [
            ("answers equal", direct, "all"),
            ("answers equal, saved by LibreOffice", again, "all"),
            ("made", f"{1000 * (written - start) / number:.0f} ms each", "100 ms"),
            ("read", f"{1000 * (read - written) / number:.0f} ms each", "100 ms"),
        ],
    )


if __name__ == "__main__":
    main()
