"""``seminar sync``: two copies of a seminar become alike, through a folder or over ssh.

What the other has comes first, then one's own goes there. A log has one writer and a file has the
hash of its bytes as its name: so what is copied never takes the place of something else.
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
from seminarkit.core.logs.line_order import common_lines
from seminarkit.core.logs.union import read_log
from seminarkit.core.logs.writers import MARK, make_private_folder, state_of
from seminarkit.core.seminar.clock import now
from seminarkit.core.store.lock import writing
from seminarkit.topics.copies.merge_copies import Merged, merge, source_of

_REMOTE = re.compile(r"(?P<host>[^/:\s][^/:\s]*):(?P<path>.+)")
_MET = "met.json"
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
    """Return the remote place of USER@HOST:PATH; none for a folder here, such as C:\\seminar."""
    parts = _REMOTE.fullmatch(place)
    if not parts or len(parts["host"]) == 1 or parts["host"].startswith("-"):
        return None
    return Remote(parts["host"], parts["path"])


def give_to_folder(root: Path, other: Path, lock: Path) -> Merged:
    """Take into another copy, or a folder for exchange, what is here and not there."""
    make_folder(other)
    if not (other / "seminar.yml").exists():  # first: by it a folder is known to be private
        write_whole(other / "seminar.yml", (root / "seminar.yml").read_bytes())
    make_folder(other / "received")
    _check_no_links(other / "received")
    with writing(lock):
        return merge(other, source_of(root, same_seminar=True))


def _check_no_links(received: Path) -> None:
    """Raise SeminarError where what is given there would land in another place."""
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
    """Copy what a remote folder holds of the seminar; return where it is, None where that is empty.

    Raises SeminarError where it cannot be reached.
    """
    (into / "received").mkdir(parents=True)
    _rsync([*_SHARED, f"{remote}/received/", f"{into}/received/"], remote, empty=True)
    _rsync([f"{remote}/seminar.yml", f"{into}/"], remote, empty=True)
    return into if logs_in(into / "received") else None


def give_to_remote(root: Path, remote: Remote, fetched: Path, writer: str) -> None:
    """Copy there what is here: first the files, then our own logs, then what it lacks of others'.

    The other computer forgets by itself who was forgotten, when 'seminar collect' runs there.
    """
    received = f"{root}/received/"
    files = [each for each in _SHARED if "/files/" in each] + ["--exclude=*"]
    there = f"{remote}/received/"
    _rsync(["--mkpath", "--ignore-existing", *files, received, there], remote)
    own = f"logs/{writer}"
    mine = [f"{own}/{name}" for name in (*(f"{name}.jsonl" for name in NAMES), MARK)]
    _rsync([*_alone([*mine, *_further_here(root, fetched)]), received, there], remote)
    logs = [each for each in _SHARED if "/files/" not in each]
    _rsync(["--ignore-existing", *logs, received, there], remote)
    if not (fetched / "seminar.yml").exists():
        _rsync(["--ignore-existing", f"{root}/seminar.yml", f"{remote}/"], remote)


def _further_here(root: Path, fetched: Path) -> Iterator[str]:
    """Yield the logs that go on here where they end there: who wrote them may not come again."""
    here = root / "received"
    for log in logs_in(here):
        place = log.relative_to(here)
        with suppress(SeminarError):  # one that is spoilt is given to nobody
            ours, theirs = read_log(log), read_log(fetched / "received" / place)
            if 0 < len(theirs) < len(ours) and common_lines(ours, theirs) == len(theirs):
                yield place.as_posix()


def _alone(places: Sequence[str]) -> list[str]:
    """Return the words by which rsync copies these files, and no others."""
    folders = dict.fromkeys(f"{place.rpartition('/')[0]}/" for place in places)
    wanted = ["logs/", *(folder for folder in folders if folder != "/"), *places]
    return [*(f"--include=/{place}" for place in wanted), "--exclude=*"]


def note_met(root: Path, place: str) -> None:
    """Remember that this copy and another one have met."""
    met = met_at(root) | {place: now()}
    make_private_folder(state_of(root))
    write_whole(state_of(root) / _MET, json.dumps(met) + "\n", 0o600)


def met_at(root: Path) -> dict[str, str]:
    """Return when this copy has last met each other one (UTC, ISO 8601)."""
    try:
        met = json.loads((state_of(root) / _MET).read_bytes())
        return {str(place): str(at) for place, at in met.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _rsync(words: Sequence[str], remote: Remote, *, empty: bool = False) -> None:
    """Run rsync; ``empty`` says that what is asked for need not be there."""
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
    if run.returncode and not (empty and run.returncode == 23):  # 23: some of it is not there
        last = " ".join(run.stderr.split())[-300:]
        raise SeminarError(f"{remote} could not be synced with: {last or run.returncode}")
