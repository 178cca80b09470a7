"""How long collecting 2,000 notebooks takes, and how much memory; again with nothing new; status.

Example:
    python scripts/benchmarks/collect.py
    python scripts/benchmarks/collect.py 500
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from measuring import measure, print_table, seminar

from seminarkit.core.forms.bundle import output, payload
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.assignments import assignments
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.form_notebook import form_cells, form_notebook, read_prose
from seminarkit.topics.packs.personal_form import made_out

OLD = (1_600_000_000, 1_600_000_000)


def fill_inbox(folder: SeminarFolder, number: int) -> None:
    """Write ``number`` filled notebooks: every person's forms, then newer versions of them."""
    folder.inbox.mkdir()
    asked = [each for each in assignments(folder.seminar) if not each.author.id.endswith("-NEO")]
    for i in range(number):
        made = made_out(folder, asked[i % len(asked)])
        form = made["form"]
        prose = folder.form_notebook(form)
        book = form_notebook(read_prose(prose), made)
        (cell,) = form_cells(book)
        answers = {"opportunity": f"Version {i} of an answer. " + "Some more words. " * 40}
        if form == "questions":
            answers = {"questions": [{"about": "ghent", "question": f"Question {i}? " * 20}]}
        filled = payload(made, answers, rev=i + 1, saved_at="2020-11-10T10:00:00Z")
        cell["outputs"] = [output(made, filled)]
        path = folder.inbox / f"{i:05}.ipynb"
        path.write_text(json.dumps(book, ensure_ascii=False, indent=1), encoding="utf-8")
        os.utime(path, OLD)


def main(number: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        (root / "seminar.yml").write_bytes((KIT / "seminar.yml").read_bytes())
        folder = SeminarFolder(root)
        fill_inbox(folder, number)
        size = sum(path.stat().st_size for path in folder.inbox.iterdir()) / 2**20
        first = measure(seminar("collect"), root)
        again = measure(seminar("collect"), root)
        status = measure(seminar("status"), root)
        verify = measure(seminar("verify"), root)
    print_table(
        f"Collecting {number} notebooks, {size:.0f} MiB",
        [
            ("collect", f"{first.wall:.1f} s, {first.peak:.0f} MiB", "60 s, 300 MiB for 2,000"),
            ("collect, nothing new", f"{again.wall:.2f} s", "2 s"),
            ("status", f"{status.wall:.2f} s", "1 s"),
            ("verify", f"{verify.wall:.1f} s", "–"),
        ],
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
