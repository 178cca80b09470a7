"""Runs commands of the kit, each in a process forked from this one, in which all is loaded.

Starting Python and loading the kit takes most of a short command's time, and the tests start
thousands. Each command still is a process, with its own folder, variables, signals and end; only
how Python starts is not tried here, which tests/cli/test_commands.py and the walks over all
commands do. See preload.py, which starts this one.

Reads a JSON object a line: the words, folder, variables, and the files to print into. Answers with
the process's number, and with how it ended: the exit code, or the signal below 0.
"""

from __future__ import annotations

import gc
import json
import os
import re
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TypedDict

sys.path.append(str(Path(__file__).parent))
from loaded_reader import use_loaded_reader

import seminarkit
from seminarkit.cli.main import main

# Not loaded beforehand: what servers, kernels and notebooks load, which commands seldom need.
APART = re.compile(
    r"seminarkit\.(__main__|lab|serve|core\.forms\.widget|reports\.(engine|comparison_view)|site\.exporters)\b"
)
# What takes a while of what is not the kit's.
OTHERS = (
    "highspy",
    "markdown_it",
    "pypdf",
    "rich.live",
    "rich.progress",
    "ruamel.yaml",
    "wordllama",
)


class Command(TypedDict):
    """One command to run."""

    words: list[str]
    cwd: str
    variables: dict[str, str]
    printed: list[str]
    program: str


def load() -> None:
    """Load all that commands load."""
    for module in walk_packages(seminarkit.__path__, "seminarkit.", onerror=lambda _: None):
        if not APART.match(module.name):
            import_module(module.name)
    for name in OTHERS:
        import_module(name)
    gc.collect()
    gc.freeze()  # so that no collection of rubbish copies what is shared


def next_command() -> Command | None:
    """Fork for each command that is asked for; return it in its process, and None at the end."""
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            command: Command = json.loads(line)
            return command
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    return None


def become(command: Command) -> None:
    """Make this process look as if it had just been started for a command."""
    out, err = (os.open(p, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600) for p in command["printed"])  # fmt: skip
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, file in enumerate((nothing, out, err)):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(command["variables"])
    os.chdir(command["cwd"])
    time.tzset()
    tempfile.tempdir = None
    encoding = os.environ.get("PYTHONIOENCODING", "utf-8")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding=encoding)  # type: ignore[union-attr]
    sys.argv = [command["program"], *command["words"]]
    use_loaded_reader()
    # what processes of multiprocessing look for in this one
    sys.modules["__main__"].__file__ = command["program"]


if __name__ == "__main__":
    load()
    if asked := next_command():
        become(asked)
        main()
