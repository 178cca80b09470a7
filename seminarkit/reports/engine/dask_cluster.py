"""Runs reports on other machines: the only door to Dask (extra ``cluster``).

What a report needs travels with it, its notebook, its dossier and its page's template; what it made
comes back as bytes and is written here, so that no machine needs the seminar's folder. A worker
forks a report from a loaded process, as is done here, and not from itself, whose threads would be
forked with it. A worker that is lost gives its reports to the others.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from seminarkit.core.disk.files import write_whole
from seminarkit.core.errors import SeminarError, UsageError
from seminarkit.core.import_path import isolate
from seminarkit.core.package_folder import KIT
from seminarkit.core.package_hash import package_hash
from seminarkit.reports.engine.engines import DIED, ENGINE, Failure, Run, can_fork, run_notebook
from seminarkit.reports.guard.scratch import own_scratch
from seminarkit.reports.inputs_hash import versions

Key = TypeVar("Key", bound=Hashable)
LOCAL = "local:"
_RETRIES = 3  # how many workers a report may take down before it is given up
_NO_PROCESSES = (
    "The worker may start no processes. Start it with: "
    "DASK_DISTRIBUTED__WORKER__DAEMON=False dask worker …"
)
_PATIENCE = 30  # seconds until the cluster has answered


@dataclass(frozen=True)
class Parcel:
    """A run with all it needs: files by their path in the folder it runs in."""

    run: Run
    files: Mapping[str, bytes]
    template: Mapping[str, bytes]


@dataclass(frozen=True)
class Made:
    """What came of a parcel: its failure, the seconds it took, and files by their ending."""

    failure: Failure | None
    seconds: float
    files: Mapping[str, bytes]


def run_on_cluster(
    runs: Mapping[Key, Run], address: str
) -> Iterator[tuple[Key, tuple[Failure | None, float]]]:
    """Yield each run with its failure, if any, and the seconds it took, as they end.

    ``address`` is a Dask scheduler's, or ``local:2`` for two workers on this machine. Raises
    UsageError for an address that is none, SeminarError where nobody answers, or with another kit.
    """
    if find_spec("distributed") is None:
        raise UsageError("Dask is not installed. Add it: pip install 'seminarkit[cluster]'")
    from distributed import as_completed

    with _client(address) as client:
        _check_workers(client)
        waiting = {
            client.submit(make, parcel(run), pure=False, retries=0): key
            for key, run in runs.items()
        }
        for future in as_completed(list(waiting)):
            key = waiting.pop(future)
            made = _result(future)
            _write(runs[key], made)
            yield key, (made.failure, made.seconds)


def parcel(run: Run) -> Parcel:
    """Pack a run. Its dossier is named by a parameter, from the folder it runs in."""
    name = str(run.parameters["dossier"])
    notebook = Path(run.notebook).name  # the name is in what a report says of its cells
    template = Path(run.template) if run.template else None
    return Parcel(
        replace(
            run,
            notebook=notebook,
            output="made.ipynb",
            folder="",
            root=run.root or run.folder,
            engine=ENGINE,
        ),
        {
            notebook: Path(run.notebook).read_bytes(),
            name: (Path(run.folder) / name).read_bytes(),
        },
        _contents(template) if template else {},
    )


def make(sent: Parcel) -> Made:
    """Make the report of a parcel, on a worker."""
    with tempfile.TemporaryDirectory(prefix="seminarkit-") as temporary:
        folder = Path(temporary)
        _put(folder, sent.files)
        run = replace(
            sent.run,
            notebook=str(folder / sent.run.notebook),
            output=str(folder / "out" / sent.run.output),
            folder=temporary,
            template=_template(sent.template, folder) if sent.template else None,
        )
        failure, seconds = _run(run)
        made = {p.name.removeprefix("made"): p.read_bytes() for p in folder.glob("out/made.*")}
    return Made(failure, seconds, made)


def _run(run: Run) -> tuple[Failure | None, float]:
    if can_fork():
        if multiprocessing.current_process().daemon:
            return Failure("", _NO_PROCESSES), 0.0
        from seminarkit.reports.engine.fork_server import run_forked

        ((_, outcome),) = run_forked({0: run}, 1, run_notebook)
        return outcome
    start = time.monotonic()
    with own_scratch():
        return run_notebook(replace(run, engine=None)), time.monotonic() - start


def _template(files: Mapping[str, bytes], folder: Path) -> str:
    """Return where a template lies: the kit's own is loaded already, where it is the same."""
    own = KIT / "templates" / "report"
    if own.is_dir() and _contents(own) == files:
        return str(own)
    _put(folder / "report", files)
    return str(folder / "report")


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def _result(future: Any) -> Made:
    from distributed import KilledWorker

    try:
        made: Made = future.result()
    except KilledWorker:
        return Made(Failure("", DIED.reason), 0.0, {})
    except Exception as error:  # of a worker's disk, say
        return Made(Failure.of(type(error).__name__, error), 0.0, {})
    return made


def _write(run: Run, made: Made) -> None:
    for ending, data in made.files.items():
        write_whole(Path(run.output).with_suffix(ending), data)
    if made.failure is None:
        Path(run.output).with_suffix(".failed.ipynb").unlink(missing_ok=True)


def _check_workers(client: Any) -> None:
    """Raise SeminarError where a worker has another kit, which would make other reports."""
    ours = versions() | {"code": package_hash()}
    theirs = client.run(_kit)
    for worker, kit in theirs.items():
        odd = {name: (kit.get(name), ours[name]) for name in ours if kit.get(name) != ours[name]}
        if odd:
            name, (there, here) = next(iter(odd.items()))
            raise SeminarError(
                f"The worker {worker} has another {name} ({there}) than this machine ({here}). "
                "Install the same on all of them."
            )
    if not theirs:
        raise SeminarError("The cluster has no workers yet. Start some, and run this again.")


def _kit() -> dict[str, str]:
    """Return what a worker's reports are made with, and begin to load it."""
    if can_fork() and not multiprocessing.current_process().daemon:
        from seminarkit.reports.engine.fork_server import load

        load()
    return versions() | {"code": package_hash()}


@contextmanager
def _client(address: str) -> Iterator[Any]:
    import dask
    from distributed import Client, LocalCluster

    settings = {
        "distributed.scheduler.allowed-failures": _RETRIES,
        "distributed.worker.daemon": False,
        "distributed.worker.profile.enabled": False,  # it would stop each report 100 times a second
    }
    with dask.config.set(settings):
        if address.startswith(LOCAL):
            isolate()  # its workers take this process's variables
            number = address.removeprefix(LOCAL)
            if not number.isdecimal() or not int(number):
                raise UsageError(f"'{address}' names no number of workers, such as local:2.")
            # with keys of its own: nobody else on this machine may send it work
            with (
                LocalCluster(
                    n_workers=int(number),
                    threads_per_worker=1,
                    memory_limit=0,
                    dashboard_address="127.0.0.1:0",  # it cannot be left out
                    security=True,
                    silence_logs="CRITICAL",
                ) as cluster,
                Client(cluster) as client,
            ):
                yield client
            return
        try:
            client = Client(address, timeout=_PATIENCE)
        except (OSError, TimeoutError, ValueError) as error:
            raise SeminarError(f"No cluster answers at {address}: {error}") from None
        with client:
            yield client
