"""Is a folder on a network disk, or one that a program copies elsewhere, told with the way on?"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from in_process import seminar
from shared import ROOT

from seminarkit.core.disk.shared_disks import Disk, copied_by, network_disk, warnings_of
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.ignore_files import write_ignore_files

LOCAL = Disk(Path("/"), "ext4")


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "davfs", "ceph", "fuse.sshfs", "fuse.rclone"])  # fmt: skip
def test_a_network_disk_is_known_by_its_kind(kind: str) -> None:
    """W06"""
    share = Disk(Path("/mnt/share"), kind)
    assert network_disk(Path("/mnt/share/seminar"), [share, LOCAL]) == share
    assert network_disk(Path("/mnt/shared/seminar"), [share, LOCAL]) is None


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "zfs", "apfs", "NTFS", "fuseblk", "tmpfs", "overlay", "fuse.gocryptfs", "fuse.mergerfs"])  # fmt: skip
def test_a_disk_of_this_computer_is_none(kind: str) -> None:
    """W06: also inside of a network disk, and mounted over it."""
    here = Disk(Path("/mnt/share"), kind)
    assert network_disk(Path("/mnt/share/a"), [LOCAL, Disk(Path("/mnt"), "nfs4"), here]) is None
    assert network_disk(Path("/mnt/share/a"), [Disk(Path("/mnt/share"), "nfs4"), here]) is None


@pytest.mark.parametrize(
    ("place", "program"),
    [
        ("/home/a/Dropbox/s", "Dropbox"), ("/home/a/Dropbox (EUA)/s", "Dropbox"), ("/c/OneDrive - EUA/s", "OneDrive"),
        ("/c/OneDrive/s", "OneDrive"), ("/Users/a/Library/CloudStorage/GoogleDrive-a@b.org/My Drive/s", "Google Drive"),
        ("/g/Google Drive/s", "Google Drive"), ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/s", "iCloud"),
        ("/home/a/Nextcloud/s", "Nextcloud"), ("/home/a/ownCloud2/s", "ownCloud"), ("/home/a/work/s", ""),
        ("/home/a/dropbox-notes/s", ""), ("/home/a/Box/s", ""),
    ],
)  # fmt: skip
def test_a_copied_folder_is_known_by_its_name(place: str, program: str) -> None:
    """W06"""
    found = copied_by(Path(place))
    assert (found[0] if found else "") == program


@pytest.mark.parametrize(
    ("mark", "program"),
    [(".stfolder", "Syncthing"), (".dropbox.cache", "Dropbox"), (".sync_1a2b.db", "Nextcloud")],
)
def test_a_copied_folder_is_known_by_what_lies_in_it(
    folder: SeminarFolder, mark: str, program: str
) -> None:
    """W06: doctor says it with the way on, check in one line; and neither says it elsewhere."""
    assert warnings_of(folder.root) == []
    assert "other computers" not in seminar(folder.root, "check").stdout
    (folder.root.parent / mark).mkdir()
    told = seminar(folder.root, "doctor").stdout
    assert (
        f"! The seminar's folder is in {folder.root.parent.resolve()}, which {program} copies"
        in told
    )
    assert "Move the seminar's folder out of it" in told
    short = seminar(folder.root, "check").stdout
    assert short.count("other computers may write to this folder; see seminar doctor") == 1
    (folder.root.parent / mark).rmdir()


def test_what_is_left_out_of_copies_is_written_once(folder: SeminarFolder) -> None:
    """W06: by collect and prepare; an organiser's own file stays, also an empty one."""
    (folder.root / ".gitignore").write_text("# mine\n")
    (folder.root / ".stignore").touch()
    seminar(folder.root, "collect")
    assert (folder.root / ".gitignore").read_text() == "# mine\n"
    assert (folder.root / ".stignore").read_text() == ""
    rsync = (folder.root / ".rsync-filter").read_text()
    assert "- /seminar.db*\n" in rsync and "- /received/links*\n" in rsync
    assert write_ignore_files(folder) == []
    (folder.root / ".stignore").unlink()
    seminar(folder.root, "prepare", "--country", "GE")
    assert "/output\n" in (folder.root / ".stignore").read_text()


LEFT = ("seminar.db", "seminar.db-wal", ".seminar.lock", ".seminar.lock.who", "output/core/index.html", "dossiers/core/GE.json", "received/links.jsonl", "received/links.anchor.json",
        "received/links_used.jsonl", "received/drafts.jsonl", "packs/links.csv", "packs/GE/GE-2/my link.txt", "inbox/.a.x.half.tmp")  # fmt: skip
TAKEN = ("seminar.yml", "received/arrivals.jsonl", "received/decisions.jsonl", "received/files/3f/3fa9", "inbox/a.eml", "packs/GE/GE-2/GE-2-questions.ipynb", "templates/forms/a.yml")  # fmt: skip


def filled(folder: SeminarFolder) -> None:
    for name in (*LEFT, *TAKEN):
        (folder.root / name).parent.mkdir(parents=True, exist_ok=True)
        if name != "seminar.yml":
            (folder.root / name).write_text("words")
    write_ignore_files(folder)


@pytest.mark.skipif(not shutil.which("git"), reason="git is not here")
def test_git_leaves_out_what_is_made_again_and_secret(folder: SeminarFolder) -> None:
    """W06: by git itself; what came and what was decided is taken."""
    filled(folder)
    subprocess.run(["git", "init", "-q", folder.root], timeout=60, check=True)
    words = ["git", "-C", str(folder.root), "ls-files", "--others", "--exclude-standard", "-z"]
    seen = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True).stdout
    assert set(TAKEN) <= set(seen.split("\0"))
    assert not set(LEFT) & set(seen.split("\0"))


@pytest.mark.skipif(not shutil.which("rsync"), reason="rsync is not here")
def test_rsync_leaves_out_what_is_made_again_and_secret(
    folder: SeminarFolder, tmp_path: Path
) -> None:
    """W06: by rsync -F itself."""
    filled(folder)
    copy = tmp_path / "copy"
    subprocess.run(["rsync", "-aF", f"{folder.root}/", f"{copy}/"], timeout=60, check=True)
    assert [name for name in TAKEN if not (copy / name).exists()] == []
    assert [name for name in LEFT if (copy / name).exists()] == []


def test_the_kits_own_ignore_file_is_none_of_a_seminars(kit: SeminarFolder) -> None:
    """W06: a collect in the checkout changes nothing that git knows."""
    text = (ROOT / ".gitignore").read_text("utf-8")
    assert "/.stignore" in text and "/.rsync-filter" in text
