"""``seminar sync``: synchronises two copies of a seminar through a folder or over ssh.

It merges from the other copy first, then copies its own files there. A log has one writer, and a
file's name is the hash of its bytes: so a copy never overwrites other data.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import TimeoutExpired

from seminarkit.core.disk.files import write_whole
from seminarkit.core.disk.rights import make_folder
from seminarkit.core.errors import SeminarError
from seminarkit.core.isolation import run_program
from seminarkit.core.logs.last_seen import NAMES, logs_in
from seminarkit.core.logs.line_order import common_prefix_length
from seminarkit.core.logs.union import read_log
from seminarkit.core.logs.writers import MARK, make_private_folder, state_of
from seminarkit.core.seminar.clock import now
from seminarkit.core.store.lock import writing
from seminarkit.topics.copies.merge_copies import Merged, merge, source_of

_REMOTE = re.compile(r"(?P<host>[^/:\s][^/:\s]*):(?P<path>.+)")
_SYNC_TIMES = "met.json"
_SHARED = [
    *(f"--include=/{name}.jsonl" for name in NAMES),
    "--include=/logs/",
    "--include=/logs/*/",
    *(f"--include=/logs/*/{name}.jsonl" for name in NAMES),
    f"--include=/logs/*/{MARK}",
    "--include=/files/",
    "--include=/files/??/",
    "--include=/files/??/*",
    "--exclude=*",
]


@dataclass(frozen=True)
class Remote:
    """A folder on another computer, reached by ssh."""

    host: str
    path: str

    def __str__(self) -> str:
        return f"{self.host}:{self.path}"


def remote_of(place: str) -> Remote | None:
    """Parse USER@HOST:PATH; return None for a local folder, such as C:\\seminar."""
    parts = _REMOTE.fullmatch(place)
    if not parts or len(parts["host"]) == 1 or parts["host"].startswith("-"):
        return None
    return Remote(parts["host"], parts["path"])


def give_to_folder(root: Path, other: Path, lock: Path) -> Merged:
    """Merge this copy into another one, or into an exchange folder."""
    make_folder(other)
    if not (other / "seminar.yml").exists():  # first, since it makes new folders private
        write_whole(other / "seminar.yml", (root / "seminar.yml").read_bytes())
    make_folder(other / "received")
    _check_no_links(other / "received")
    with writing(lock):
        return merge(other, source_of(root, same_seminar=True))


def _check_no_links(received: Path) -> None:
    """Raise SeminarError for symbolic links, since files would land somewhere else."""
    for path in (
        received,
        *received.glob("*"),
        *received.glob("logs/*"),
        *received.glob("files/*"),
    ):
        if path.is_symlink():
            raise SeminarError(
                f"{path} is a link to another place. Put the folder itself there, or name where it "
                "is: seminar sync FOLDER"
            )


def fetch(remote: Remote, into: Path) -> Path | None:
    """Copy the seminar from a remote folder; return ``into``, or None if there are no logs.

    Raises SeminarError if the remote folder cannot be reached.
    """
    (into / "received").mkdir(parents=True)
    _rsync([*_SHARED, f"{remote}/received/", f"{into}/received/"], remote, empty=True)
    _rsync([f"{remote}/seminar.yml", f"{into}/"], remote, empty=True)
    return into if logs_in(into / "received") else None


def give_to_remote(root: Path, remote: Remote, fetched: Path, writer: str) -> None:
    """Copy this seminar to a remote folder: first the files, then our logs, then missing ones.

    If somebody was forgotten here, the other computer forgets them when 'seminar collect' runs
    there.
    """
    received = f"{root}/received/"
    files = [option for option in _SHARED if "/files/" in option] + ["--exclude=*"]
    target = f"{remote}/received/"
    _rsync(["--mkpath", "--ignore-existing", *files, received, target], remote)
    own_folder = f"logs/{writer}"
    own_logs = [f"{own_folder}/{name}" for name in (*(f"{name}.jsonl" for name in NAMES), MARK)]
    _rsync([*_only([*own_logs, *_longer_logs(root, fetched)]), received, target], remote)
    logs = [option for option in _SHARED if "/files/" not in option]
    _rsync(["--ignore-existing", *logs, received, target], remote)
    if not (fetched / "seminar.yml").exists():
        _rsync(["--ignore-existing", f"{root}/seminar.yml", f"{remote}/"], remote)


def _longer_logs(root: Path, fetched: Path) -> Iterator[str]:
    """Yield the logs of which this copy has more lines; their writers may never sync again."""
    received = root / "received"
    for log in logs_in(received):
        place = log.relative_to(received)
        with suppress(SeminarError):  # a damaged log is not copied
            ours, theirs = read_log(log), read_log(fetched / "received" / place)
            if 0 < len(theirs) < len(ours) and common_prefix_length(ours, theirs) == len(theirs):
                yield place.as_posix()


def _only(places: Sequence[str]) -> list[str]:
    """Return the rsync options that select these files only."""
    folders = dict.fromkeys(f"{place.rpartition('/')[0]}/" for place in places)
    included = ["logs/", *(folder for folder in folders if folder != "/"), *places]
    return [*(f"--include=/{place}" for place in included), "--exclude=*"]


def note_met(root: Path, place: str) -> None:
    """Store the time of this synchronisation with another copy."""
    times = met_at(root) | {place: now()}
    make_private_folder(state_of(root))
    write_whole(state_of(root) / _SYNC_TIMES, json.dumps(times) + "\n", 0o600)


def met_at(root: Path) -> dict[str, str]:
    """Return the time of the last synchronisation with each other copy (UTC, ISO 8601)."""
    try:
        times = json.loads((state_of(root) / _SYNC_TIMES).read_bytes())
        return {str(place): str(at) for place, at in times.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _rsync(words: Sequence[str], remote: Remote, *, empty: bool = False) -> None:
    """Run rsync; ``empty`` allows missing source files."""
    if not shutil.which("rsync"):
        raise SeminarError(
            "To sync over ssh, the program rsync is needed, here and there. Or sync through a "
            "folder that both can reach: seminar sync FOLDER"
        )
    command = ["rsync", "-rt", "--chmod=D700,F600", *words]
    try:
        run = run_program(command, 3600)
    except TimeoutExpired:
        raise SeminarError(f"{remote} did not answer within an hour.") from None
    if run.returncode and not (empty and run.returncode == 23):  # 23: some source files are missing
        last = " ".join(run.stderr.split())[-300:]
        raise SeminarError(f"{remote} could not be synced with: {last or run.returncode}")
