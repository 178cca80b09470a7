"""``seminar me``."""

from __future__ import annotations

import os

import click

from seminarkit.core.clean_text import cleaned
from seminarkit.core.errors import UsageError
from seminarkit.core.logs.writers import NAME, is_name_set, our_name, set_name
from seminarkit.core.shown_names import shown_name

_LONGEST = 100  # signs of a name


@click.command()
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Show or set the name under which decisions are made on this computer.

    Each decision is noted with the name of whoever made it, so that a team can ask. It holds for
    your account on this computer and all its seminars, and for decisions from now on. As long as
    none is set, it is the name of your account.

    \b
    Example:
      seminar me
      seminar me "Ana Petrova"
    """
    if name is not None:
        set_name(_checked(name))
        if os.environ.get(NAME, "").strip():
            click.echo(f"Kept. But the variable {NAME} is set, and goes before it.")
    words = shown_name(our_name()) or "nobody's name"
    how = "" if is_name_set() else " (the name of the account; another: seminar me NAME)"
    click.echo(f"Decisions are made here under the name {words}{how}.")


def _checked(name: str) -> str:
    words = " ".join(str(cleaned(name)).split())
    if not words:
        raise UsageError('A name is needed, such as: seminar me "Ana Petrova"')
    if len(words) > _LONGEST:
        raise UsageError(f"The name has {len(words)} signs; at most {_LONGEST} are taken.")
    return words
