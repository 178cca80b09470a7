"""Says whether a folder lies on a network disk, or in one that a program copies to other computers.

Locks may not hold on the one; on the other two computers write at once, without any lock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_NETWORK = re.compile(
    r"(nfs\d*|cifs|smb\w*|afpfs|webdav|davfs2?|afs|ceph|glusterfs|lustre|gpfs|beegfs|ncpfs|fuse\..+)",
    re.IGNORECASE,
)
# programs below FUSE that keep their files on a disk of the computer
_LOCAL_FUSE = ("overlayfs", "fuse-overlayfs", "mergerfs", "gocryptfs", "cryfs", "encfs", "bindfs")
# how such a program calls its folder, and what it puts into it
_NAMES = (
    (r"Dropbox( \(.+\))?", "Dropbox"),
    (r"OneDrive( ?[-–] ?.+)?", "OneDrive"),
    (r"Google ?Drive(-.+)?|My Drive", "Google Drive"),
    (r"iCloud ?Drive|com~apple~CloudDocs|Mobile Documents", "iCloud"),
    (r"Nextcloud.*", "Nextcloud"),
    (r"ownCloud.*", "ownCloud"),
    (r"Box Sync|Box-Box", "Box"),
    (r"pCloud ?Drive|pCloudSync", "pCloud"),
    (r"MEGA(sync)?", "MEGA"),
    (r"Seafile", "Seafile"),
    (r"CloudStorage", "a cloud"),
)
_MARKS = (
    (".stfolder", "Syncthing"),
    (".dropbox.cache", "Dropbox"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".csync_journal.db", "ownCloud"),
    (".sync_*.db", "Nextcloud"),
    ("._sync_*.db", "Nextcloud"),
)


@dataclass(frozen=True)
class Disk:
    """One disk that is mounted: where, and of which kind, as the system calls it."""

    place: Path
    kind: str


def warnings_of(folder: Path) -> list[str]:
    """Return a sentence with the way on for each reason why a seminar should not lie there."""
    path, found = folder.resolve(), []
    if disk := network_disk(path, _mounted()):
        found.append(
            f"The seminar's folder is on a network disk ({disk.kind} at {disk.place}). Locks may "
            "not work there, and a file may be only half written. Let only one computer run the "
            "kit on it, preferably the one that the disk belongs to. On other computers, copy the "
            "folder to a disk of their own."
        )
    if cloud := copied_by(path):
        program, place = cloud
        found.append(
            f"The seminar's folder is in {place}, which {program} copies to other computers. If "
            "two computers write at the same time, there will be two files, or one is lost. The "
            "data of people who were forgotten may come back. Move the seminar's folder out of "
            "it, and copy output/ into it for others."
        )
    return found


def network_disk(path: Path, disks: Iterable[Disk]) -> Disk | None:
    """Return the disk that a path is on, if it is one of another computer."""
    if str(path).startswith("\\\\"):
        return Disk(Path(path.anchor), "a share")
    holding = [disk for disk in disks if path.is_relative_to(disk.place)]
    # of two at one place the later one hides the other
    disk = max(reversed(holding), key=lambda each: len(each.place.parts), default=None)
    if disk is None or disk.kind.rpartition(".")[2] in _LOCAL_FUSE:
        return None
    return disk if _NETWORK.fullmatch(disk.kind) else None


def copied_by(path: Path) -> tuple[str, Path] | None:
    """Return which program copies a folder to other computers, and the folder that it copies."""
    for folder in (path, *path.parents):
        for pattern, program in _NAMES:
            if re.fullmatch(pattern, folder.name):
                return program, folder
        for mark, program in _MARKS:
            if any(folder.glob(mark)):
                return program, folder
    return None


def _mounted() -> list[Disk]:
    import psutil

    try:
        return [Disk(Path(d.mountpoint), d.fstype) for d in psutil.disk_partitions(all=True)]
    except (OSError, psutil.Error):
        return []
