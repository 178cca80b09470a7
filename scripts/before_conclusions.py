"""The half hour before the conclusions: from the rapporteurs' notes to what is spoken.

Save the notes that came into inbox/ and run this, as often as another group sends its notes: each
run makes the page, the Word document, the PDF and the slides anew and names the groups that are
missing. Nothing is sent. After a kill, run it again.

Example:
    python scripts/before_conclusions.py
    python scripts/before_conclusions.py ../my-seminar
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # Python looks in no folder by itself

from runbook import Step, end, folder_asked, hand_over, run_steps

STEPS = (
    Step("Take in what came, and draft the conclusions", ("conclude", "--collect"), needed=True),
)
THINGS = (
    (
        "General rapporteur",
        "output/core/documents/conclusions.pptx",
        "slides to be edited, sources in their notes; beside it .docx and .pdf to be read",
    ),
    (
        "General rapporteur",
        "output/core/conclusions.html",
        "what is missing, how long it takes, what might be the same",
    ),
    (
        "Organisers",
        "output/public/conclusions.html",
        "what was taken over for the public; goes out with: seminar publish",
    ),
)


def main() -> int:
    """Make the draft, and say what to hand to whom."""
    folder = folder_asked(sys.argv[1:], __doc__ or "")
    begun = time.time()
    failed = run_steps(folder, STEPS)
    hand_over(folder, THINGS, failed, begun)
    return end(failed)


if __name__ == "__main__":
    raise SystemExit(main())
