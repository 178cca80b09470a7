"""``seminar merge``: takes from another copy of the seminar what is not here, and changes no other.

Bytes come before the lines that name them, and what was forgotten before all else: a run that was
killed is simply run again. What lies there is data: nothing of it is run, and a file counts only
where its bytes have the hash that a log names.
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
from seminarkit.core.logs.team_log import says_something
from seminarkit.core.logs.union import explained_lines, merge_log, read_log
from seminarkit.core.logs.writers import MARK, introduce, is_writer, known_writer
from seminarkit.core.store.line_formats import first_unknown, is_hash
from seminarkit.core.store.received_files import Received
from seminarkit.core.store.tombstones import Tombstones

_STRANGE = (
    "{} line {} says what no version of the kit writes. Ask whoever gave it to you for the folder "
    "itself, or a backup of it."
)
_IN_TURN = ("forgotten", "promises", "arrivals", "issues", "decisions")


@dataclass(frozen=True)
class Source:
    """Another copy, or a part of it: its logs by their place in received/, and its files.

    ``skipped`` are logs that cannot be taken, each with why. ``same_seminar`` says that it lies
    beside a seminar.yml of this seminar.
    """

    logs: dict[Path, list[Line]]
    received: Path | None
    skipped: tuple[tuple[Path, str], ...] = ()
    same_seminar: bool = False


@dataclass
class Merged:
    """What came: new lines by the name of their log, and received files.

    ``missing`` counts files that the logs name and that are neither here nor there; ``refused``
    those whose bytes do not fit to their name.
    """

    lines: dict[str, list[Line]] = field(default_factory=dict)
    files: int = 0
    missing: int = 0
    refused: list[str] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        """Say whether something came."""
        return bool(self.files or any(self.lines.values()))


def source_of(path: Path, *, same_seminar: bool = False) -> Source:
    """Return what another copy holds: a folder, its received/, or one log; raises UsageError."""
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
    placed = {_place(place, lines): lines for place, lines in source.logs.items()}
    return replace(source, logs=placed)


def _place(name: Path, lines: Sequence[Line]) -> Path:
    """Return where a log belongs, by who says in it that they wrote it; at first nobody did."""
    writers = {str(line.entry[ON]) for line in lines if ON in line.entry}
    known = sorted(writer for writer in writers if is_writer(writer))
    return Path(LOGS) / known[0] / name if known else name


def merge(root: Path, source: Source) -> Merged:
    """Take in what is not here; to be called with the lock held.

    Raises SeminarError where no log can be read, or they have nothing to do with those here.
    """
    _check_related(root, source)
    merged = Merged()
    received = Received(root / "received")
    explained = explained_lines(received.root, source.logs)
    for name in _IN_TURN:
        logs = {place: lines for place, lines in source.logs.items() if place.stem == name}
        if name == "arrivals":
            _take_files(received, source, logs.values(), merged)
        for place, lines in sorted(logs.items()):
            new = filter(says_something, merge_log(root, place, lines, explained))
            merged.lines.setdefault(name, []).extend(new)
            _name_writer(root, source, place)
    received.sweep(Tombstones(received.root).all("file"))
    return merged


def new_lines(root: Path, source: Source) -> Merged:
    """Return what a merge would bring, and change nothing."""
    _check_related(root, source)
    here = _chains(root)
    merged, received = Merged(), Received(root / "received")
    for place, lines in sorted(source.logs.items()):
        new = [line for line in lines if line.chain not in here and says_something(line)]
        merged.lines.setdefault(place.stem, []).extend(new)
        if place.stem == "arrivals":
            wanted = _wanted(received, lines)
            there = {sha for sha in wanted if _path(source, sha)}
            merged.files += len(there)
            merged.missing += len(wanted - there)
    return merged


def _read(logs: dict[Path, Path], received: Path | None, same_seminar: bool) -> Source:
    read: dict[Path, list[Line]] = {}
    skipped = []
    for place, path in logs.items():
        try:
            lines = read_log(path)
            if number := first_unknown(place.stem, lines):
                skipped.append((place, _STRANGE.format(place.name, number)))
                continue
            read[place] = lines
        except SeminarError as error:
            skipped.append((place, str(error)))
    return Source(read, received, tuple(skipped), same_seminar)


def _check_related(root: Path, source: Source) -> None:
    if not source.logs:
        raise SeminarError("\n".join(why for _, why in source.skipped))
    here = _chains(root)
    if source.same_seminar or not here:
        return
    theirs = {line.chain for lines in source.logs.values() for line in lines}
    known = {
        str(end[1])
        for lines in source.logs.values()
        for line in lines
        for end in _ends(line)
        if len(end) == 2
    }
    if not (theirs & here or any(chain[:16] in known for chain in here)):
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
    received: Received, source: Source, logs: Iterable[list[Line]], merged: Merged
) -> None:
    """Copy the bytes that the arrivals name, and that are not here."""
    wanted = {sha for lines in logs for sha in _wanted(received, lines)}
    for sha256 in sorted(wanted):
        path = _path(source, sha256)
        if path is None:
            merged.missing += 1
            continue
        received.put_aside(sha256)  # what is left of it, if it was changed here
        with path.open("rb") as file:
            kept = received.keep(file, path.name)
        if kept.sha256 == sha256:
            merged.files += 1
        else:  # nobody names these bytes
            received.path(kept.sha256).unlink()
            merged.refused.append(sha256)
    received.commit([], "")


def _wanted(received: Received, lines: Iterable[Line]) -> set[str]:
    """Return the hashes of the files that lines name, and that are to come yet."""
    gone = Tombstones(received.root).all("file")
    return {
        sha256
        for line in lines
        if is_hash(sha256 := line.entry.get("sha256"))
        and not line.entry.get("forgotten")
        and sha256 not in gone
        and not received.is_whole(sha256)
    }


def _path(source: Source, sha256: str) -> Path | None:
    if source.received is None:
        return None
    path = source.received / "files" / sha256[:2] / sha256
    return path if path.is_file() and not path.is_symlink() else None


def _name_writer(root: Path, source: Source, place: Path) -> None:
    """Take over who the writer of a log is."""
    ours = root / "received" / place.parent
    if source.received and place.parent != Path() and not (ours / MARK).exists():
        writer = known_writer(source.received / place.parent)
        if (writer.by or writer.host) and ours.is_dir():
            introduce(writer, ours)
