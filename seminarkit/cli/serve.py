"""``seminar serve``."""

from __future__ import annotations

import ipaddress
from importlib.util import find_spec

import click

from seminarkit.cli import intake_lines
from seminarkit.cli.options import plural, shown_path, with_folder
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
    help="How many live notebooks (kernels) to keep ready for the next people.",
)
@with_folder
def command(
    folder: SeminarFolder, port: int, host: str, url: str, notebooks: int, warm: int
) -> None:
    """Let people fill in forms through a link, on your own server.

    Each person has their own link (seminar links), which opens the list of their forms. What they
    type is stored in their browser and sent to this server at every change; "Submit" puts it into
    the store, as collect does. You can run collect, status and report at the same time.

    A form opens as a page, which needs little of the computer and of the connection. With the same
    link, it also opens as a live notebook, which Voilà runs in a kernel of its own.

    The server listens only on this computer unless you name another address. For people on other
    computers, put a web server with TLS in front of it, and name the address that they see. The
    server answers only under that name. Headers such as HSTS must come from the web server in
    front.

    \b
    Example:
      seminar serve
      seminar serve --port 8030 --url https://forms.example.org
      seminar serve --notebooks 40 --warm 10

    It runs until you press Ctrl+C. What it reported as kept is kept, even if it is killed.
    """
    from seminarkit.core.store.lock import serving
    from seminarkit.serve.form_service import FormService
    from seminarkit.serve.handlers import HandlerState
    from seminarkit.serve.hosts import Hosts
    from seminarkit.serve.server import listening, serve
    from seminarkit.serve.server_log import log_to_terminal

    log_to_terminal()
    with serving(folder.serving_lock):
        desk = FormService(folder)
        desk.now.load()
        if desk.left:
            intake_lines.show(folder, desk.left)
        sockets = listening(host, port)
        office = HandlerState(
            desk, url.rstrip("/") or f"http://{host}:{port}", hosts=Hosts.of(host, url)
        )
        live = bool(find_spec("voila") and find_spec("anywidget"))
        active = desk.links.active()

        def ready() -> None:
            click.echo(
                f"The forms of {plural(len(desk.now.asked), 'person', 'people')} are at "
                f"{office.address}/"
            )
            if not active:
                click.echo("Nobody has a link yet. To make links: seminar links")
            else:
                sheet = shown_path(folder.links_sheet)
                click.echo(
                    f"{plural(len(active), 'of them has', 'of them have')} a link; see {sheet}"
                )
            click.echo(_who_can_reach(host, url))
            if notebooks:
                click.echo(_about(notebooks, live))
            click.echo("Press Ctrl+C to end it.")

        try:
            serve(office, sockets, ready, notebooks if live else 0, warm)
        except KeyboardInterrupt:
            click.echo("Ended. Everything that was reported as kept is on the disk.")


def _about(most: int, there: bool) -> str:
    if there:
        return f"Up to {plural(most, 'form', 'forms')} may be open as live notebooks at once."
    return (
        "Forms open only as pages: live notebooks need Voilà, which is not installed. "
        "To install it: pip install 'seminarkit[serve]'"
    )


def _who_can_reach(host: str, url: str) -> str:
    try:
        only_here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        only_here = host == "localhost"
    if only_here:
        return (
            "Only programs on this computer can reach it: you, and a web server that forwards "
            f"{url}." if url.startswith("https:") else
            "Only this computer can reach it. To let others in, put a web server with TLS in front "
            "and name its address with --url."
        )  # fmt: skip
    if url.startswith("https:"):
        return "Every computer that can reach this one can connect here; let only your web server."
    return (
        "Attention: every computer that can reach this one can connect here. Without TLS, others "
        "can read links and answers on the way. Use this only in a room of your own, or name --url."
    )
