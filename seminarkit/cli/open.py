"""``seminar open``."""

from __future__ import annotations

from pathlib import Path

import click

from seminarkit.cli.options import shown_path
from seminarkit.core.errors import UsageError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.lab.find_pack import pack_in_folder, pack_in_seminar
from seminarkit.lab.running import Private, Running
from seminarkit.lab.start_page import write_start


@click.command()
@click.argument("person", required=False)
@click.option("--pack", type=click.Path(path_type=Path), help="The folder of an unpacked pack.")
@click.option("--no-browser", is_flag=True, help="Print the address and do not open a browser.")
@click.option("--port", type=click.IntRange(1024, 65535), help="Use this port and no other.")
@click.pass_context
def command(
    ctx: click.Context, person: str | None, pack: Path | None, no_browser: bool, port: int | None
) -> None:
    """Open a participant's forms in JupyterLab.

    Starts JupyterLab for this run only, set up for one person: it opens their list of tasks first,
    and the forms are ready to write in. The person's own JupyterLab is not changed. PERSON is a
    participant of this seminar, such as GE-2. With --pack, or in the folder of a pack, no
    seminar.yml is needed. If a save would remove a form or answers, they are put back, and the
    version before is kept in .earlier/ next to the notebook.
    It listens on this computer only. Press Ctrl+C to end it.

    \b
    Example:
      seminar open GE-2
      seminar open --pack ~/Downloads/GE-2
      seminar open GE-2 --no-browser --port 8899
    """
    from seminarkit.lab.lab_server import serve

    place = _place(person, pack, ctx.find_root().obj)
    private, shown = Private(place / ".lab"), shown_path(place)
    if running := private.found():
        click.echo(f"JupyterLab is already running for {shown}.")
        _show(private, running, no_browser)
        return
    write_start(place)

    def ready(running: Running) -> None:
        click.echo(f"The forms in {shown} are open in JupyterLab.")
        _show(private, running, no_browser)
        click.echo("Press Ctrl+C here when you are done.")

    serve(place, private, port, ready)
    click.echo(f"Closed. What you saved is in {shown}.")


def _place(person: str | None, pack: Path | None, root: Path | None) -> Path:
    if pack:
        return pack_in_folder(pack.expanduser().resolve(), person)
    if person:
        return pack_in_seminar(SeminarFolder.find(root), person)
    try:
        return pack_in_folder(Path.cwd(), None)
    except UsageError:
        raise UsageError(
            "Say whose forms to open: seminar open GE-2. Or name the folder of a pack: "
            "seminar open --pack FOLDER"
        ) from None


def _show(private: Private, running: Running, no_browser: bool) -> None:
    if not no_browser:
        private.show()
    click.echo(f"If no browser opens, go to this address: {running.start}")
