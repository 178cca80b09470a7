"""What the benchmarks share: run a command, measure it from outside, print a table."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measured:
    """A finished command: wall seconds, processor seconds, and its largest process in MiB."""

    wall: float
    cpu: float
    peak: float


def measure(command: Sequence[str], folder: Path) -> Measured:
    """Run a command to its end; raises CalledProcessError when it fails."""
    program = (
        "import resource, subprocess, sys, time\n"
        "start = time.monotonic()\n"
        "code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(code, time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, *command],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    code, wall, cpu, peak = run.stdout.split()
    if int(code):
        raise subprocess.CalledProcessError(int(code), list(command))
    return Measured(float(wall), float(cpu), float(peak) / 1024)


def seminar(*words: str) -> list[str]:
    """Return the command line of ``seminar`` in this environment."""
    return [sys.executable, "-m", "seminarkit", *words]


def machine() -> str:
    """Return what the figures were measured on, without naming the machine."""
    start = time.process_time()
    sum(i * i for i in range(2_000_000))
    pace = time.process_time() - start
    return (
        f"Python {platform.python_version()}, {os.cpu_count()} processors; two million squares in "
        f"{pace:.2f} s"
    )


FIGURES = ("figure", "measured", "to reach")


def print_table(
    title: str, rows: Sequence[tuple[str, ...]], heads: tuple[str, ...] = FIGURES
) -> None:
    """Print figures beside what is to be reached, or under other heads."""
    print(f"\n{title}\n({machine()})\n")
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    for row in (heads, tuple("-" * w for w in widths), *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))
