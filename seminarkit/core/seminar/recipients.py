"""Find the recipient of a country's mails."""

from __future__ import annotations

from seminarkit.core.mail_addresses import one_address
from seminarkit.core.seminar.model import Seminar


def recipient(seminar: Seminar, code: str) -> tuple[str, str] | None:
    """Return name and address of a country's contact, else of the first participant, or None."""
    contact = seminar.contacts.get(code)
    people = [contact, *seminar.delegations.get(code, [])]
    recipients = ((p.name, to) for p in people if p and (to := one_address(p.email)))
    return next(recipients, None)


def nobody_words(seminar: Seminar, code: str) -> str:
    """Return the reason why a country has no recipient, or an empty text."""
    if recipient(seminar, code):
        return ""
    if not (seminar.contacts.get(code) or seminar.delegations.get(code)):
        return (
            f"There is no recipient for {seminar.in_text(code)}: seminar.yml names no contact "
            "and no delegation for it."
        )
    return (
        f"{seminar.at_start(code)} has no address that a mail can go to: write one at contacts: or "
        "delegations: in seminar.yml."
    )
