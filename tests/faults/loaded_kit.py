"""Runs commands of the kit, each in a process forked from this one, in which all is loaded.

Starting Python and loading the kit takes most of a short command's time, and a walk over all calls
starts thousands. Reads a JSON object a line: the words, variables, and the file to print into;
answers with how the process ended.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from importlib import import_module

from seminarkit.cli.main import COMMANDS, main

LOADED = ("analyse.dossier", "report.batch", "report.plan", "publish.publishing", "collect.collecting", "collect.verify")  # fmt: skip


def run(words: list[str], variables: dict[str, str], printed: str) -> int:
    """Fork, run one command, and return its exit code, or the signal below 0."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 99
    try:
        file = os.open(printed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for number in (1, 2):
            os.dup2(file, number)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.environ.update(variables)
        tempfile.tempdir = None
        sys.argv = ["seminar", *words]
        main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    finally:
        sys.stdout.flush()
        os._exit(code)


if __name__ == "__main__":
    for name in COMMANDS:
        import_module(f"seminarkit.cli.{name}")
    for name in LOADED:
        import_module(f"seminarkit.{name}")
    print("ready", flush=True)
    for line in sys.stdin:
        print(run(**json.loads(line)), flush=True)
