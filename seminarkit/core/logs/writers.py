"""Who writes to a seminar: each copy of its folder, on each computer, writes logs of its own.

The id of a writer lies outside of the folder, with the place of the folder and the computer. So a
folder that was copied, moved or unpacked elsewhere writes under a new id, and no file ever has two
writers. The name is for people; it stands in each line as ``by``.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import re
import secrets
import socket
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_state_path

from seminarkit.core.disk.files import write_whole

_PLACE = "SEMINARKIT_STATE"  # the variable that names another place than the system's
NAME = "SEMINARKIT_NAME"  # the variable that goes before the name that was set
_MACHINE = Path("/etc/machine-id")
_LARGEST = 10_000  # bytes of a note on a writer
MARK = "writer.json"  # beside the logs of a writer: who that is, for people
_ID = re.compile(r"(first(?=\+)|[0-9a-f]{8})(\+[0-9a-f]{8})*")  # with what it was parted from


@dataclass(frozen=True)
class Writer:
    """A copy of the folder: ``id`` names its logs, ``by`` whoever works with it, on ``host``."""

    id: str
    by: str
    host: str


def state_folder() -> Path:
    """Return where the kit keeps what belongs to this computer and account, not to a seminar."""
    place = os.environ.get(_PLACE)
    return Path(place) if place else user_state_path("seminarkit", appauthor=False)


def state_of(root: Path) -> Path:
    """Return where this computer keeps what it knows of one seminar's folder."""
    return state_folder() / hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]


def make_private_folder(folder: Path) -> None:
    """Make a folder within the kit's state, which nobody but this account may look into."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    state_folder().chmod(0o700)


def our_name() -> str:
    """Return the name under which decisions are made here: as it was set, else the account's."""
    if name := os.environ.get(NAME, "").strip():
        return name
    with suppress(OSError, UnicodeDecodeError):
        if name := (state_folder() / "name").read_text("utf-8").strip():
            return name
    return _account_name()


def is_name_set() -> bool:
    """Say whether a name was set for this computer, so that it is not the account's."""
    return bool(os.environ.get(NAME, "").strip()) or (state_folder() / "name").exists()


def set_name(name: str) -> None:
    """Keep the name under which decisions are made on this computer."""
    make_private_folder(state_folder())
    write_whole(state_folder() / "name", f"{name}\n", 0o600)


def writer_of(root: Path) -> Writer:
    """Return who writes here; the first time, or on another computer, under a new id."""
    note, machine = state_of(root) / MARK, _machine()
    known = _read(note)
    if known.get("machine") == machine and is_writer(known.get("id", "")):
        return Writer(known["id"], our_name(), socket.gethostname())
    return new_writer(root)


def new_writer(root: Path) -> Writer:
    """Write under a new id from now on: the old one is another's, or its log is not as it was."""
    writer = Writer(secrets.token_hex(4), our_name(), socket.gethostname())
    note = {"id": writer.id, "machine": _machine(), "folder": str(root.resolve())}
    make_private_folder(state_of(root))
    write_whole(state_of(root) / MARK, json.dumps(note) + "\n", 0o600)
    return writer


def known_writer(logs: Path) -> Writer:
    """Return who wrote the logs in a folder of ``received/logs``, as far as it is known."""
    told = _read(logs / MARK)
    return Writer(logs.name, told.get("by", ""), told.get("host", ""))


def introduce(writer: Writer, logs: Path) -> None:
    """Say beside a writer's logs who that is."""
    write_whole(logs / MARK, json.dumps({"by": writer.by, "host": writer.host}) + "\n")


def is_writer(name: str) -> bool:
    """Say whether a folder in ``received/logs`` is a writer's, and no copy of one ("… (1)")."""
    return bool(_ID.fullmatch(name))


def _account_name() -> str:
    with suppress(ImportError, KeyError, OSError):
        import pwd

        if name := pwd.getpwuid(os.getuid()).pw_gecos.split(",")[0].strip():
            return name
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def _machine() -> str:
    """Return what tells this computer from others, as a hash."""
    with suppress(OSError):
        return hashlib.sha256(_MACHINE.read_bytes().strip()).hexdigest()[:16]
    return hashlib.sha256(str(uuid.getnode()).encode()).hexdigest()[:16]


def _read(path: Path) -> dict[str, str]:
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return {}
        value = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return {k: v for k, v in value.items() if isinstance(v, str)} if isinstance(value, dict) else {}
