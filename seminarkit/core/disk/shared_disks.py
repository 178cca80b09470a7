"""Detects folders on a network disk, or in a folder that a cloud service synchronises.

Locks may not work on a network disk; in a synchronised folder, two computers write at the same time
without any lock.
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
# FUSE file systems that store their files on a local disk
_LOCAL_FUSE = ("overlayfs", "fuse-overlayfs", "mergerfs", "gocryptfs", "cryfs", "encfs", "bindfs")
# the names of synchronised folders, and the files that mark them
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
    """One mounted disk: its mount point, and its file system type."""

    place: Path
    kind: str


def warnings_of(folder: Path) -> list[str]:
    """Return a sentence with advice for each reason why a seminar should not be in a folder."""
    path, warnings = folder.resolve(), []
    if disk := network_disk(path, _mounted_disks()):
        warnings.append(
            f"The seminar's folder is on a network disk ({disk.kind} at {disk.place}). Locks may "
            "not work there, and a file may be only half written. Let only one computer run the "
            "kit on it, preferably the one that the disk belongs to. On other computers, copy the "
            "folder to a disk of their own."
        )
    if cloud := copied_by(path):
        program, place = cloud
        warnings.append(
            f"The seminar's folder is in {place}, which {program} copies to other computers. If "
            "two computers write at the same time, there will be two files, or one is lost. The "
            "data of people who were forgotten may come back. Move the seminar's folder out of "
            "it, and copy output/ into it for others."
        )
    return warnings


def network_disk(path: Path, disks: Iterable[Disk]) -> Disk | None:
    """Return the disk of a path, if it is on another computer."""
    if str(path).startswith("\\\\"):
        return Disk(Path(path.anchor), "a share")
    candidates = [disk for disk in disks if path.is_relative_to(disk.place)]
    # of two disks at one mount point, the later one counts
    disk = max(reversed(candidates), key=lambda disk: len(disk.place.parts), default=None)
    if disk is None or disk.kind.rpartition(".")[2] in _LOCAL_FUSE:
        return None
    return disk if _NETWORK.fullmatch(disk.kind) else None


def copied_by(path: Path) -> tuple[str, Path] | None:
    """Return the program that synchronises a folder, and the folder that it synchronises."""
    for folder in (path, *path.parents):
        for pattern, program in _NAMES:
            if re.fullmatch(pattern, folder.name):
                return program, folder
        for mark, program in _MARKS:
            if any(folder.glob(mark)):
                return program, folder
    return None


def _mounted_disks() -> list[Disk]:
    import psutil

    try:
        return [Disk(Path(d.mountpoint), d.fstype) for d in psutil.disk_partitions(all=True)]
    except (OSError, psutil.Error):
        return []
