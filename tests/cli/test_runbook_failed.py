"""A runbook whose step failed says of each file whether it is older than the run."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from shared import ROOT

from seminarkit.core.seminar.folder import SeminarFolder


@pytest.mark.timeout(120)
def test_files_of_an_earlier_run_are_called_old(folder: SeminarFolder) -> None:
    """X01 X02: conclude fails, as no groups are decided; the slides of before are not offered."""
    slides = folder.site("core") / "documents" / "conclusions.pptx"
    slides.parent.mkdir(parents=True)
    slides.write_bytes(b"of an earlier run")
    os.utime(slides, (1_600_000_000, 1_600_000_000))
    program = [sys.executable, str(ROOT / "scripts" / "before_conclusions.py"), str(folder.root)]
    ran = subprocess.run(program, capture_output=True, text=True, timeout=100)
    assert ran.returncode == 1
    assert "Did not work: seminar conclude" in ran.stdout
    assert "To hand over" not in ran.stdout
    assert re.search(
        r"conclusions\.pptx   \(old, of 2020-09-1\d \d\d:\d\d: not made anew", ran.stdout
    )
    assert "output/core/conclusions.html   (not there yet)" in ran.stdout
