"""``seminar doctor``."""

from __future__ import annotations

import errno
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

import click

from seminarkit import __version__
from seminarkit.cli.options import json_option, plural, print_json
from seminarkit.core.disk.rights import SYSTEM_KNOWS, is_ours, is_shared, open_to_others
from seminarkit.core.disk.shared_disks import warnings_of
from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.folder import SeminarFolder

_MARKS = {"good": "+", "remark": "!", "wrong": "x"}
_EXTRAS = (
    ("voila", "serve", "forms as live notebooks"),
    ("wordllama", "alike", "suggestions, by meaning, of questions that ask the same"),
    ("distributed", "cluster", "reports run on a Dask cluster"),
)
_HOW_TO_SHARE = "chgrp GROUP '{0}' && chmod g+rwxs '{0}', then any command"
_ROOM = 500 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """Result of one check: ``good``, ``remark`` or ``wrong``, with what to do."""

    kind: str
    text: str


@click.command()
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Say what is installed, what is missing, and what to do.

    It checks Python, the packages, the form's extension for JupyterLab, the free space on the disk,
    and the seminar's folder: who may read it, whether several accounts share it, and whether other
    computers write to it. + means good, ! means a remark, and x means a problem that you must
    solve.

    \b
    Example:
      seminar doctor

    Exit code 1 when there is a problem that you must solve.
    """
    found = [
        *_python(),
        *_packages(),
        *_extension(),
        *_extras(),
        *_programs(),
        *_folder(ctx.find_root().obj),
    ]
    if as_json:
        print_json([asdict(item) for item in found])
    else:
        for item in found:
            click.echo(f"{_MARKS[item.kind]} {item.text}")
    if any(item.kind == "wrong" for item in found):
        ctx.exit(1)


def _python() -> Iterator[Finding]:
    numbers = ".".join(map(str, sys.version_info[:3]))
    yield Finding("good", f"Seminar Kit {__version__} on Python {numbers}, {sys.platform}")


def _packages() -> Iterator[Finding]:
    names = [line.split(";")[0] for line in requires("seminarkit") or [] if "extra ==" not in line]
    lacking = []
    for line in names:
        name = "".join(c if c.isalnum() or c in "-_." else " " for c in line).split()[0]
        try:
            version(name)
        except PackageNotFoundError:
            lacking.append(name)
    if lacking:
        yield Finding("wrong", f"Not installed: {', '.join(lacking)}. Install the kit again.")
    else:
        yield Finding("good", f"{len(names)} packages that the kit needs are installed")


def _extension() -> Iterator[Finding]:
    place = Path(sys.prefix) / "share" / "jupyter" / "labextensions" / "seminarkit"
    if not find_spec("jupyterlab"):
        yield Finding("wrong", "JupyterLab is not installed. Install the kit again.")
    elif not (place / "static" / "form.js").is_file():
        yield Finding(
            "wrong", "The form's extension for JupyterLab is missing. Install the kit again."
        )
    else:
        yield Finding("good", "JupyterLab and Notebook in this environment can show forms")


def _extras() -> Iterator[Finding]:
    for package, extra, use in _EXTRAS:
        if find_spec(package):
            yield Finding("good", f"The extra '{extra}' is installed: {use}")
        else:
            cure = f"pip install 'seminarkit[{extra}]'"
            yield Finding("remark", f"Without the extra '{extra}' there are no {use}: {cure}")


def _programs() -> Iterator[Finding]:
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        yield Finding("remark", "LibreOffice is not installed; only the kit's own tests need it")


def _folder(named: Path | None) -> Iterator[Finding]:
    try:
        folder = SeminarFolder.find(named)
    except SeminarError:
        yield Finding("remark", "This is not the folder of a seminar: it has no seminar.yml")
        return
    try:
        seminar, forms = folder.seminar, folder.forms
    except SeminarError as error:
        yield Finding("wrong", str(error))
        return
    yield Finding(
        "good", f"seminar.yml and {plural(len(forms), 'form')} can be read: {seminar.title}"
    )
    yield from _rights(folder)
    yield from (Finding("remark", words) for words in warnings_of(folder.root))
    free = shutil.disk_usage(folder.root).free
    if free < _ROOM:
        yield Finding("wrong", f"Only {free // 1024**2} MB are free on this disk. Make room.")
    try:
        probe = folder.root / ".seminar.probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        yield _not_written_to(folder.root, error)


def _not_written_to(root: Path, error: OSError) -> Finding:
    if error.errno in (errno.EACCES, errno.EPERM) and not is_ours(root):
        return Finding(
            "remark",
            "You can read this seminar, but not write to it: another account owns the folder. To "
            "write to it, you must be in a group with which the owner shares it. The owner runs, "
            f"with the group's name: {_HOW_TO_SHARE.format(root)}",
        )
    return Finding("wrong", f"{root} cannot be written to. Copy the seminar to another place.")


def _rights(folder: SeminarFolder) -> Iterator[Finding]:
    """Report who else on this computer may read the received files."""
    if not SYSTEM_KNOWS:
        yield Finding(
            "remark",
            "On Windows this folder has the access rights of the folder that contains it. Keep the "
            f"seminar in your own user folder, not on a drive that others see ({folder.root})",
        )
        return
    is_open = open_to_others(folder.root)
    if is_open:
        names = ", ".join(path.relative_to(folder.root).as_posix() for path in is_open)
        yield Finding(
            "wrong",
            f"Others on this computer can read: {names}. Any other command makes your own files "
            "private. Files of another account must be made private by that account: chmod -R go= "
            "FOLDER",
        )
    elif is_shared(folder.root):
        yield Finding(
            "remark",
            "You and the group that shares this folder can read the received files. Two computers "
            "must not write to the folder at the same time",
        )
    else:
        yield Finding(
            "good",
            "On this computer, only you can read the received files; a web server may read "
            "output/public. To share the seminar with a group of accounts: "
            f"{_HOW_TO_SHARE.format(folder.root)}",
        )
