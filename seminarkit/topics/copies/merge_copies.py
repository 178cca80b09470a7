"""``seminar merge``: adds the missing lines and files of another copy of the seminar to this one.

Files are copied before the lines that name them, and the log of forgetting comes first: so a killed
merge can simply be run again. The other copy is untrusted data: nothing in it is executed, and a
file is accepted only if its bytes have the hash that a log names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from seminarkit.core.errors import SeminarError, UsageError
from seminarkit.core.logs.damage import log_name
from seminarkit.core.logs.hash_log import Line
from seminarkit.core.logs.last_seen import LOGS, logs_in
from seminarkit.core.logs.line_order import AFTER, ON
from seminarkit.core.logs.team_log import has_content
from seminarkit.core.logs.union import explained_lines, merge_log, read_log
from seminarkit.core.logs.writers import MARK, introduce, is_writer, known_writer
from seminarkit.core.store.line_formats import first_unknown, is_hash
from seminarkit.core.store.received_files import ReceivedFiles
from seminarkit.core.store.tombstones import Tombstones

_UNKNOWN_LINE = (
    "{} line {} says what no version of the kit writes. Ask whoever gave it to you for the folder "
    "itself, or a backup of it."
)
_ORDER = ("forgotten", "promises", "arrivals", "issues", "decisions")


@dataclass(frozen=True)
class Source:
    """Another copy, or a part of it: its logs by their path below received/, and its files.

    ``skipped`` are (path, reason) pairs of logs that cannot be merged. ``same_seminar`` if the copy
    has a seminar.yml of this seminar.
    """

    logs: dict[Path, list[Line]]
    received: Path | None
    skipped: tuple[tuple[Path, str], ...] = ()
    same_seminar: bool = False


@dataclass
class Merged:
    """The result of a merge: new lines by log name, and the number of new files.

    ``missing`` counts files that the logs name but neither copy has; ``refused`` lists the hashes
    of files whose bytes have another hash.
    """

    lines: dict[str, list[Line]] = field(default_factory=dict)
    files: int = 0
    missing: int = 0
    refused: list[str] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        """Whether there are new lines or files."""
        return bool(self.files or any(self.lines.values()))


def source_of(path: Path, *, same_seminar: bool = False) -> Source:
    """Read another copy: its folder, its received/ folder, or one log; raise UsageError if none."""
    if path.is_dir():
        received = path / "received" if (path / "received").is_dir() else path
        logs = {log.relative_to(received): log for log in logs_in(received)}
        if not logs:
            raise UsageError(
                f"There is no log of a seminar in {path}. Name the folder that holds seminar.yml, "
                "its backup (.zip), or a log such as decisions.jsonl."
            )
        return _read(logs, received, same_seminar)
    name = log_name(path)
    if not name:
        raise UsageError(
            f"{path.name} is no log of a seminar. The name of a log holds decisions, arrivals, "
            "forgotten, promises or issues."
        )
    source = _read({Path(f"{name}.jsonl"): path}, None, same_seminar)
    placed = {_log_path(place, lines): lines for place, lines in source.logs.items()}
    return replace(source, logs=placed)


def _log_path(name: Path, lines: Sequence[Line]) -> Path:
    """Return the path of a log below received/, by the writer's id in its lines, if any."""
    writers = {str(line.entry[ON]) for line in lines if ON in line.entry}
    ids = sorted(writer for writer in writers if is_writer(writer))
    return Path(LOGS) / ids[0] / name if ids else name


def merge(root: Path, source: Source) -> Merged:
    """Merge another copy into this one; the caller must hold the lock.

    Raises SeminarError if no log can be read, or the logs are of another seminar.
    """
    _check_related(root, source)
    merged = Merged()
    received = ReceivedFiles(root / "received")
    explained = explained_lines(received.root, source.logs)
    for name in _ORDER:
        logs = {place: lines for place, lines in source.logs.items() if place.stem == name}
        if name == "arrivals":
            _take_files(received, source, logs.values(), merged)
        for place, lines in sorted(logs.items()):
            new = filter(has_content, merge_log(root, place, lines, explained))
            merged.lines.setdefault(name, []).extend(new)
            _name_writer(root, source, place)
    received.sweep(Tombstones(received.root).all("file"))
    return merged


def new_lines(root: Path, source: Source) -> Merged:
    """Return the result that a merge would have, without changing anything (dry run)."""
    _check_related(root, source)
    known_chains = _chains(root)
    merged, received = Merged(), ReceivedFiles(root / "received")
    for place, lines in sorted(source.logs.items()):
        new = [line for line in lines if line.chain not in known_chains and has_content(line)]
        merged.lines.setdefault(place.stem, []).extend(new)
        if place.stem == "arrivals":
            wanted = _missing_files(received, lines)
            available = {sha for sha in wanted if _file_path(source, sha)}
            merged.files += len(available)
            merged.missing += len(wanted - available)
    return merged


def _read(logs: dict[Path, Path], received: Path | None, same_seminar: bool) -> Source:
    readable: dict[Path, list[Line]] = {}
    skipped = []
    for place, path in logs.items():
        try:
            lines = read_log(path)
            if number := first_unknown(place.stem, lines):
                skipped.append((place, _UNKNOWN_LINE.format(place.name, number)))
                continue
            readable[place] = lines
        except SeminarError as error:
            skipped.append((place, str(error)))
    return Source(readable, received, tuple(skipped), same_seminar)


def _check_related(root: Path, source: Source) -> None:
    if not source.logs:
        raise SeminarError("\n".join(why for _, why in source.skipped))
    known_chains = _chains(root)
    if source.same_seminar or not known_chains:
        return
    theirs = {line.chain for lines in source.logs.values() for line in lines}
    recorded_hashes = {
        str(end[1])
        for lines in source.logs.values()
        for line in lines
        for end in _ends(line)
        if len(end) == 2
    }
    if not (theirs & known_chains or any(chain[:16] in recorded_hashes for chain in known_chains)):
        raise SeminarError(
            "It has no line in common with the logs that are here: it is of another seminar, or of "
            "one that was begun by itself. Name the whole folder with its seminar.yml, if it is "
            "this seminar."
        )


def _ends(line: Line) -> Iterable[list[object]]:
    after = line.entry.get(AFTER)
    return [e for e in after.values() if isinstance(e, list)] if isinstance(after, dict) else []


def _chains(root: Path) -> set[str]:
    chains: set[str] = set()
    for log in logs_in(root / "received"):
        chains |= {line.chain for line in read_log(log)}
    return chains


def _take_files(
    received: ReceivedFiles, source: Source, logs: Iterable[list[Line]], merged: Merged
) -> None:
    """Copy the files that the arrivals name and that are missing here."""
    wanted = {sha for lines in logs for sha in _missing_files(received, lines)}
    for sha256 in sorted(wanted):
        path = _file_path(source, sha256)
        if path is None:
            merged.missing += 1
            continue
        received.put_aside(sha256)  # a damaged file of this name, if there is one
        with path.open("rb") as file:
            stored = received.keep(file, path.name)
        if stored.sha256 == sha256:
            merged.files += 1
        else:  # the bytes do not have the hash
            received.path(stored.sha256).unlink()
            merged.refused.append(sha256)
    received.commit([], "")


def _missing_files(received: ReceivedFiles, lines: Iterable[Line]) -> set[str]:
    """Return the hashes of the files that lines name and that are missing here."""
    forgotten = Tombstones(received.root).all("file")
    return {
        sha256
        for line in lines
        if is_hash(sha256 := line.entry.get("sha256"))
        and not line.entry.get("forgotten")
        and sha256 not in forgotten
        and not received.is_whole(sha256)
    }


def _file_path(source: Source, sha256: str) -> Path | None:
    if source.received is None:
        return None
    path = source.received / "files" / sha256[:2] / sha256
    return path if path.is_file() and not path.is_symlink() else None


def _name_writer(root: Path, source: Source, place: Path) -> None:
    """Copy the name and the host of a log's writer, if they are unknown here."""
    ours = root / "received" / place.parent
    if source.received and place.parent != Path() and not (ours / MARK).exists():
        writer = known_writer(source.received / place.parent)
        if (writer.by or writer.host) and ours.is_dir():
            introduce(writer, ours)
