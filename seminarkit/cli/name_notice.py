"""Prints once, after the first decision, the default name under which decisions are noted."""

from __future__ import annotations

from contextlib import suppress

import click

from seminarkit.core.disk.files import write_whole
from seminarkit.core.logs.last_seen import LOGS
from seminarkit.core.logs.writers import is_name_set, our_name, state_folder, writer_of
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.shown_names import shown_name


def tell_name(folder: SeminarFolder) -> None:
    """Print the name after the first decision, once per computer."""
    marker = state_folder() / "name_told"
    if is_name_set() or marker.exists() or not (folder.received / LOGS).is_dir():
        return
    own = folder.received / LOGS / writer_of(folder.root).id / "decisions.jsonl"
    if not own.exists():
        return
    with suppress(OSError):  # if this cannot be saved, the notice is printed again
        write_whole(marker, f"{our_name()}\n", 0o600)
    name = shown_name(our_name()) or "nobody"
    click.echo(
        f"Your decisions are noted under the name {name}, the name of your account. "
        "To set another: seminar me NAME",
        err=True,
    )
