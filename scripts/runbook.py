"""What the runbooks share: steps that are told, run one after the other, and safe to run again.

A runbook keeps no notes of its own. Each step is a command of the kit, which does what is left to
do and leaves what is done: after a kill, a power cut or a failed step, run the same runbook again.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from seminarkit.core.isolation import start_python


@dataclass(frozen=True)
class Step:
    """One command of the kit, and why it is run. Without what ``needed`` gives, no other helps."""

    why: str
    words: tuple[str, ...]
    needed: bool = False


def run_steps(folder: Path, steps: Sequence[Step]) -> list[Step]:
    """Run all steps and return those that failed; one that is needed ends the run."""
    failed = []
    for number, step in enumerate(steps, start=1):
        command = f"seminar {' '.join(step.words)}"
        print(f"\n{number} of {len(steps)}  {step.why}   ({command})", flush=True)
        start = time.monotonic()
        program = ["-m", "seminarkit", "--folder", str(folder), *step.words]
        with start_python(program, cwd=None) as process:
            code = process.wait()
        print(f"      {time.monotonic() - start:.0f} seconds", flush=True)
        if code:
            failed.append(step)
            if step.needed:
                break
    return failed


def hand_over(
    folder: Path, things: Sequence[tuple[str, str, str]], failed: Sequence[Step], begun: float
) -> None:
    """Print what to hand over as (to whom, which file, what for); what is missing is told.

    After a failed step a file from before the run, which had ``begun`` then, may lack what is new.
    """
    print("\nA step did not work. What is there all the same:" if failed else "\nTo hand over:")
    for whom, path, why in things:
        print(f"  {whom:<22} {path}{_state(folder / path, failed, begun)}\n{'':25}{why}")


def _state(path: Path, failed: Sequence[Step], begun: float) -> str:
    """Return what is to be known of a file: that it is not there, or of an earlier run."""
    if not path.exists():
        return "   (not there yet)"
    made = path.stat().st_mtime
    if not failed or made >= begun:
        return ""
    clock = time.strftime("%Y-%m-%d %H:%M", time.localtime(made))
    return f"   (old, of {clock}: not made anew by this run)"


def end(failed: Sequence[Step]) -> int:
    """Say how the run ended, and return its exit code."""
    for step in failed:
        print(f"\nDid not work: seminar {' '.join(step.words)}. What it said stands above.")
    print("\nRun this again at any time: what is done stays done." if failed else "\nAll is done.")
    return 1 if failed else 0


def folder_asked(words: Sequence[str], about: str) -> Path:
    """Return the seminar's folder from the command line, this one without a word."""
    if len(words) > 1 or (words and words[0].startswith("-")):
        print(about)
        raise SystemExit(0 if words[0] in ("-h", "--help") else 2)
    folder = Path(words[0] if words else ".").resolve()
    if not (folder / "seminar.yml").is_file():
        print(f"There is no seminar.yml in {folder}. Name the seminar's folder.")
        raise SystemExit(2)
    return folder
