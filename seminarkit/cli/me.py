"""``seminar me``."""

from __future__ import annotations

import os

import click

from seminarkit.core.clean_text import cleaned
from seminarkit.core.errors import UsageError
from seminarkit.core.logs.writers import NAME, is_name_set, our_name, set_name
from seminarkit.core.shown_names import shown_name

_LONGEST = 100  # characters of a name


@click.command()
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Show or set the name under which your decisions are noted on this computer.

    The log notes who made each decision, so that a team can ask. The name is used for your account
    on this computer, in all its seminars, and for decisions from now on. Until you set one, the
    kit uses the name of your account.

    \b
    Example:
      seminar me
      seminar me "Ana Petrova"
    """
    if name is not None:
        set_name(_checked(name))
        if os.environ.get(NAME, "").strip():
            click.echo(f"The name is saved, but the variable {NAME} is set and is used instead.")
    words = shown_name(our_name()) or "nobody"
    how = "" if is_name_set() else " (the name of your account; to set another: seminar me NAME)"
    click.echo(f"Your decisions here are noted under the name {words}{how}.")


def _checked(name: str) -> str:
    words = " ".join(str(cleaned(name)).split())
    if not words:
        raise UsageError('Give a name, such as: seminar me "Ana Petrova"')
    if len(words) > _LONGEST:
        raise UsageError(f"The name has {len(words)} characters. At most {_LONGEST} are allowed.")
    return words
