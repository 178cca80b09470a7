"""Run reports on other machines; the only module that uses Dask (extra ``cluster``).

A parcel contains all that a report needs: its notebook, dossier and page template. The outputs come
back as bytes and are written here, so no other machine needs the seminar's folder. A worker forks
each report from a fork server, as this machine does, because a fork of the worker itself would copy
its threads. If a worker is lost, its reports are run by others.
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
_RETRIES = 3  # workers that a report may kill before it counts as failed
_NO_PROCESSES = (
    "The worker is not allowed to start processes. Start it with: "
    "DASK_DISTRIBUTED__WORKER__DAEMON=False dask worker …"
)
_PATIENCE = 30  # seconds to wait for the scheduler


@dataclass(frozen=True)
class Parcel:
    """A run with all its files, by their path in its working folder."""

    run: Run
    files: Mapping[str, bytes]
    template: Mapping[str, bytes]


@dataclass(frozen=True)
class ParcelResult:
    """The result of a parcel: its failure or None, its seconds, and output files by suffix."""

    failure: Failure | None
    seconds: float
    files: Mapping[str, bytes]


def run_on_cluster(
    runs: Mapping[Key, Run], address: str
) -> Iterator[tuple[Key, tuple[Failure | None, float]]]:
    """Yield each run with its failure or None, and its seconds, as they finish.

    ``address`` is that of a Dask scheduler, or ``local:2`` for two workers on this machine. Raises
    UsageError for an invalid address, and SeminarError if no scheduler answers or a worker has
    another version of the kit.
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
            result = _result_of(future)
            _write_outputs(runs[key], result)
            yield key, (result.failure, result.seconds)


def parcel(run: Run) -> Parcel:
    """Pack a run with its files; the dossier is found by its parameter, relative to the folder."""
    name = str(run.parameters["dossier"])
    notebook = Path(run.notebook).name  # error messages contain the notebook's name
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


def make(parcel: Parcel) -> ParcelResult:
    """Run a parcel on a worker."""
    with tempfile.TemporaryDirectory(prefix="seminarkit-") as temporary:
        folder = Path(temporary)
        _write_files(folder, parcel.files)
        run = replace(
            parcel.run,
            notebook=str(folder / parcel.run.notebook),
            output=str(folder / "out" / parcel.run.output),
            folder=temporary,
            template=_template(parcel.template, folder) if parcel.template else None,
        )
        failure, seconds = _run(run)
        outputs = {p.name.removeprefix("made"): p.read_bytes() for p in folder.glob("out/made.*")}
    return ParcelResult(failure, seconds, outputs)


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
    """Return the path of a template: the kit's own if it is the same, as that is preloaded."""
    kit_template = KIT / "templates" / "report"
    if kit_template.is_dir() and _contents(kit_template) == files:
        return str(kit_template)
    _write_files(folder / "report", files)
    return str(folder / "report")


def _write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def _result_of(future: Any) -> ParcelResult:
    from distributed import KilledWorker

    try:
        result: ParcelResult = future.result()
    except KilledWorker:
        return ParcelResult(Failure("", DIED.reason), 0.0, {})
    except Exception as error:  # such as an error of the worker's disk
        return ParcelResult(Failure.of(type(error).__name__, error), 0.0, {})
    return result


def _write_outputs(run: Run, result: ParcelResult) -> None:
    for suffix, data in result.files.items():
        write_whole(Path(run.output).with_suffix(suffix), data)
    if result.failure is None:
        Path(run.output).with_suffix(".failed.ipynb").unlink(missing_ok=True)


def _check_workers(client: Any) -> None:
    """Raise SeminarError if a worker has other versions, which would make other reports."""
    ours = versions() | {"code": package_hash()}
    theirs = client.run(_worker_versions)
    for worker, kit in theirs.items():
        differing = {n: (kit.get(n), ours[n]) for n in ours if kit.get(n) != ours[n]}
        if differing:
            name, (remote, local) = next(iter(differing.items()))
            raise SeminarError(
                f"The worker {worker} has a different {name} ({remote}) from this machine "
                f"({local}). Install the same version on all of them."
            )
    if not theirs:
        raise SeminarError("The cluster has no workers yet. Start some, and run this again.")


def _worker_versions() -> dict[str, str]:
    """Return the versions on a worker, and begin to preload what reports need."""
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
        "distributed.worker.profile.enabled": False,  # it interrupts a report 100 times a second
    }
    with dask.config.set(settings):
        if address.startswith(LOCAL):
            isolate()  # its workers inherit the environment
            number = address.removeprefix(LOCAL)
            if not number.isdecimal() or not int(number):
                raise UsageError(
                    f"'{address}' has no number of workers. Write, for instance: local:2"
                )
            # TLS with its own keys, so that no other user of this machine can send it work
            with (
                LocalCluster(
                    n_workers=int(number),
                    threads_per_worker=1,
                    memory_limit=0,
                    dashboard_address="127.0.0.1:0",  # Dask always starts a dashboard
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
