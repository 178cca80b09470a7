"""Whom a country's mails go to, and what an organiser is told where that is nobody."""

from __future__ import annotations

from seminarkit.core.mail_addresses import one_address
from seminarkit.core.seminar.model import Seminar


def recipient(seminar: Seminar, code: str) -> tuple[str, str] | None:
    """Return name and address of who is written to: the contact, else one of the delegation.

    A mail goes to one address, so of a delegation it is the first that has one.
    """
    contact = seminar.contacts.get(code)
    people = [contact, *seminar.delegations.get(code, [])]
    found = ((p.name, to) for p in people if p and (to := one_address(p.email)))
    return next(found, None)


def nobody_words(seminar: Seminar, code: str) -> str:
    """Return why nobody can be written to for a country; nothing where somebody can."""
    if recipient(seminar, code):
        return ""
    if not (seminar.contacts.get(code) or seminar.delegations.get(code)):
        return (
            f"Nobody can be written to for {seminar.in_text(code)}: seminar.yml names no contact "
            "and no delegation for it."
        )
    return (
        f"{seminar.at_start(code)} has no address that a mail can go to: write one at contacts: or "
        "delegations: in seminar.yml."
    )
