"""``seminar serve``."""

from __future__ import annotations

import ipaddress
from importlib.util import find_spec

import click

from seminarkit.cli import intake_lines
from seminarkit.cli.options import many, shown_path, with_folder
from seminarkit.core.seminar.folder import SeminarFolder

PORT = 8020


@click.command()
@click.option("--port", default=PORT, show_default=True, help="The port to listen on.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="The address of this computer to listen on; 0.0.0.0 is all of them.",
)
@click.option("--url", default="", metavar="URL", help="The address that people see, with https.")
@click.option(
    "--notebooks",
    default=20,
    show_default=True,
    metavar="N",
    type=click.IntRange(0),
    help="How many forms may be open as live notebooks at once; each takes about 100 MB. 0: none.",
)
@click.option(
    "--warm",
    default=2,
    show_default=True,
    metavar="N",
    type=click.IntRange(0),
    help="How many kernels are kept ready for the next who open one.",
)
@with_folder
def command(
    folder: SeminarFolder, port: int, host: str, url: str, notebooks: int, warm: int
) -> None:
    """Let people fill in forms by a link, on a server of yours.

    Each person has a link of their own (seminar links). It opens the list of their forms. What they
    type is kept in their browser and sent here at every change; "Submit" puts it into the store, as
    collect does. Collect, status and report may be run meanwhile.

    A form opens as a page, which needs the least of a computer and of the line; or, behind the same
    link, as a live notebook, run by Voilà in a kernel of its own.

    Only this computer is listened to unless you name another address. For people elsewhere, put a
    web server with TLS in front of it, and name the address that they see. The server answers under
    that name alone; headers such as HSTS are for the web server in front to send.

    \b
    Example:
      seminar serve
      seminar serve --port 8030 --url https://forms.example.org
      seminar serve --notebooks 40 --warm 10

    It runs until you press Ctrl+C. What was said to be kept is kept, also if it is killed.
    """
    from seminarkit.core.store.lock import serving
    from seminarkit.serve.form_service import Desk
    from seminarkit.serve.handlers import Office
    from seminarkit.serve.hosts import Hosts
    from seminarkit.serve.server import listening, serve
    from seminarkit.serve.server_log import log_to_terminal

    log_to_terminal()
    with serving(folder.serving_lock):
        desk = Desk(folder)
        desk.now.load()
        if desk.left:
            intake_lines.show(folder, desk.left)
        sockets = listening(host, port)
        office = Office(desk, url.rstrip("/") or f"http://{host}:{port}", hosts=Hosts.of(host, url))
        live = bool(find_spec("voila") and find_spec("anywidget"))
        active = desk.links.active()

        def ready() -> None:
            click.echo(
                f"Forms of {many(len(desk.now.asked), 'person', 'people')} at {office.address}/"
            )
            if not active:
                click.echo("Nobody has a link yet. Make them: seminar links")
            else:
                sheet = shown_path(folder.links_sheet)
                click.echo(
                    f"{many(len(active), 'of them has', 'of them have')} a link; see {sheet}"
                )
            click.echo(_who_can_reach(host, url))
            if notebooks:
                click.echo(_about(notebooks, live))
            click.echo("End it with Ctrl+C.")

        try:
            serve(office, sockets, ready, notebooks if live else 0, warm)
        except KeyboardInterrupt:
            click.echo("Ended. Everything that was said to be kept is on the disk.")


def _about(most: int, there: bool) -> str:
    if there:
        return f"Up to {many(most, 'form', 'forms')} may be open as live notebooks at once."
    return (
        "Forms open as pages alone: for live notebooks Voilà is missing. "
        "Install it: pip install 'seminarkit[serve]'"
    )


def _who_can_reach(host: str, url: str) -> str:
    try:
        only_here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        only_here = host == "localhost"
    if only_here:
        return (
            "Only programs on this computer can reach it: you, and a web server that passes "
            f"{url} on." if url.startswith("https:") else
            "Only this computer can reach it. To let others in, put a web server with TLS in front "
            "and name its address with --url."
        )  # fmt: skip
    if url.startswith("https:"):
        return "Every computer that can reach this one can knock here; let only your web server."
    return (
        "Attention: every computer that can reach this one can knock here, and without TLS links "
        "and answers can be read on the way. Use it in a room of yours only, or name --url."
    )
