"""The night between the two days: from the chairs' notes to what is spoken at nine.

Save the notes that came into inbox/ and run this. It takes them in, sums up the first day, and
makes all reports, pages, room lists and duties anew. Nothing is sent. Run it again when more notes
come, or after a kill: what is done stays done.

Example:
    python scripts/night_between.py
    python scripts/night_between.py ../my-seminar
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # Python looks in no folder by itself

from runbook import Step, end, folder_asked, hand_over, run_steps

STEPS = (
    Step("Take in what came", ("collect",), needed=True),
    Step("Sum up what the groups of the first day said", ("recap",)),
    Step("Run the reports whose countries sent something new", ("report",)),
    Step("Make the pages", ("publish",)),
    Step("Write room lists and duties of the second day", ("sheets",)),
    Step("Prove that nothing was lost", ("verify",)),
)
THINGS = (
    (
        "General rapporteur",
        "output/core/documents/day_recap.pptx",
        "slides for nine o'clock, sources in their notes; beside it .docx and .pdf to be read",
    ),
    (
        "General rapporteur",
        "output/public/documents/day_recap.pptx",
        "what was taken over for the public: the only slides to share in an open session",
    ),
    ("Chairs of day 2", "output/core/questions.html", "questions that were parked or stay open"),
    (
        "Technical assistant",
        "output/organisers/sheets/index.html",
        "rooms and the run of the second day",
    ),
    ("Organisers", "output/core/day_recap.html", "which groups sent nothing: ask their chairs"),
)


def main() -> int:
    """Run the night, and say what to hand to whom."""
    folder = folder_asked(sys.argv[1:], __doc__ or "")
    begun = time.time()
    failed = run_steps(folder, STEPS)
    hand_over(folder, THINGS, failed, begun)
    return end(failed)


if __name__ == "__main__":
    raise SystemExit(main())
