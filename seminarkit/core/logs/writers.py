"""The writers of a seminar's logs: one for each copy of its folder on each computer.

The id of a writer is stored outside the folder, with the folder's path and the computer. So a
folder that was copied, moved or unpacked elsewhere gets a new id, and no file ever has two writers.
The name is for people; each line contains it as ``by``.
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

_STATE_FOLDER = "SEMINARKIT_STATE"  # the environment variable for another folder than the system's
NAME = "SEMINARKIT_NAME"  # the environment variable that overrides the stored name
_MACHINE = Path("/etc/machine-id")
_LARGEST = 10_000  # bytes of a writer.json
MARK = "writer.json"  # beside the logs of a writer: name and host, for people
_ID = re.compile(r"(first(?=\+)|[0-9a-f]{8})(\+[0-9a-f]{8})*")  # with the hashes of forks


@dataclass(frozen=True)
class Writer:
    """One copy of the folder: ``id`` names its logs, ``by`` its user, ``host`` the computer."""

    id: str
    by: str
    host: str


def state_folder() -> Path:
    """Return the folder for state of this computer and account, outside any seminar."""
    place = os.environ.get(_STATE_FOLDER)
    return Path(place) if place else user_state_path("seminarkit", appauthor=False)


def state_of(root: Path) -> Path:
    """Return the folder for this computer's state on one seminar's folder."""
    return state_folder() / hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]


def make_private_folder(folder: Path) -> None:
    """Make a folder in the kit's state folder, open to this account only."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    state_folder().chmod(0o700)


def our_name() -> str:
    """Return the name that decisions here are signed with: the stored one, else the account's."""
    if name := os.environ.get(NAME, "").strip():
        return name
    with suppress(OSError, UnicodeDecodeError):
        if name := (state_folder() / "name").read_text("utf-8").strip():
            return name
    return _account_name()


def is_name_set() -> bool:
    """Say whether a name was set for this computer, instead of the account's."""
    return bool(os.environ.get(NAME, "").strip()) or (state_folder() / "name").exists()


def set_name(name: str) -> None:
    """Store the name that decisions on this computer are signed with."""
    make_private_folder(state_folder())
    write_whole(state_folder() / "name", f"{name}\n", 0o600)


def writer_of(root: Path) -> Writer:
    """Return the writer of this copy; a new one at first and on another computer."""
    note, machine = state_of(root) / MARK, _machine()
    stored = _read(note)
    if stored.get("machine") == machine and is_writer(stored.get("id", "")):
        return Writer(stored["id"], our_name(), socket.gethostname())
    return new_writer(root)


def new_writer(root: Path) -> Writer:
    """Store and return a writer with a new id, since the old id must not be used any more."""
    writer = Writer(secrets.token_hex(4), our_name(), socket.gethostname())
    note = {"id": writer.id, "machine": _machine(), "folder": str(root.resolve())}
    make_private_folder(state_of(root))
    write_whole(state_of(root) / MARK, json.dumps(note) + "\n", 0o600)
    return writer


def known_writer(logs: Path) -> Writer:
    """Return the writer of the logs in a folder of ``received/logs``; unknown fields are empty."""
    note = _read(logs / MARK)
    return Writer(logs.name, note.get("by", ""), note.get("host", ""))


def introduce(writer: Writer, logs: Path) -> None:
    """Write the name and the host of a writer beside the writer's logs."""
    write_whole(logs / MARK, json.dumps({"by": writer.by, "host": writer.host}) + "\n")


def is_writer(name: str) -> bool:
    """Say whether a name is a writer's id, and not that of a conflict copy ("… (1)")."""
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
    """Return a hash that identifies this computer."""
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
