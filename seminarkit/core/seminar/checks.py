"""Check a valid programme for mistakes and open points before publication."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from seminarkit.core.mail_addresses import RULE, one_address
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.roles import Role, Seat, role_of
from seminarkit.core.seminar.session_kinds import kind_of, needed_roles
from seminarkit.core.seminar.sessions import Part, Session
from seminarkit.core.seminar.timetable_checks import CheckFinding, clashes, times

MANY_DUTIES = 6


def check_programme(seminar: Seminar) -> list[CheckFinding]:
    """Return all findings: clashes first, the others in the order of the programme."""
    findings = [
        *clashes(seminar),
        *_access(seminar),
        *times(seminar),
        *_roles(seminar),
        *_open_parts(seminar),
        *_spellings(seminar),
        *_duties(seminar),
        *_delegations(seminar),
        *_addresses(seminar),
    ]
    return sorted(findings, key=lambda f: f.kind != "clash")


def _access(seminar: Seminar) -> Iterator[CheckFinding]:
    for session in seminar.sessions:
        kind = kind_of(seminar, session)
        if kind.pause:
            continue
        if session.access is None:
            yield CheckFinding(
                "access", session.id, "It does not say who may come; write access: public or core."
            )
        elif kind.groups and session.access == "public":
            yield CheckFinding(
                "access",
                session.id,
                "Discussion groups are for core participants only, but its access is public.",
            )
    blocks = defaultdict(set)
    for session in seminar.sessions:
        if session.block:
            blocks[session.block].add(session.access)
    for block, kinds in blocks.items():
        if len(kinds) > 1:
            yield CheckFinding(
                "access", block, "Not all sessions of this block have the same access."
            )


def _roles(seminar: Seminar) -> Iterator[CheckFinding]:
    for session in seminar.sessions:
        groups = kind_of(seminar, session).groups
        needed = needed_roles(seminar, session)
        if groups == "named":
            yield from _named_groups(seminar, session, needed)
            continue
        for role in needed:
            if not _count(seminar, session.parts, role):
                yield CheckFinding("role", session.id, f"It has no {role.name}.")
        if groups == "cases":
            yield from _case_groups(seminar, session)


def _case_groups(seminar: Seminar, session: Session) -> Iterator[CheckFinding]:
    chairs, cases = _seated(seminar, session.parts, "chair"), len(session.cases)
    if not cases:
        yield CheckFinding(
            "role", session.id, "It names no cases, so the number of groups is unknown."
        )
    if not chairs:
        yield CheckFinding("role", session.id, "It has no chairs.")
    elif chairs < cases:
        yield CheckFinding(
            "role", session.id, f"{_words(cases)} cases, {_words(chairs).lower()} chairs."
        )
    if not _seated(seminar, session.parts, "discussant"):
        yield CheckFinding("role", session.id, "It has no discussants.")
    if not _seated(seminar, session.parts, "rapporteur"):
        yield CheckFinding(
            "role",
            session.id,
            "Its groups have no rapporteur, but a later session needs their results.",
        )


def _named_groups(
    seminar: Seminar, session: Session, needed: Sequence[Role]
) -> Iterator[CheckFinding]:
    parts, groups = _all_parts(session), len(session.groups)
    for role in needed:
        planned = _count(seminar, parts, role)
        if planned < groups:
            yield CheckFinding(
                "role", session.id, f"{groups} groups, {planned} with a {role.name}."
            )
    for group in session.groups:
        if not group.prepared_by:
            yield CheckFinding("role", group.id, "No preparatory work is named for this group.")


def _open_parts(seminar: Seminar) -> Iterator[CheckFinding]:
    if seminar.time_zone_note:
        yield CheckFinding("open", "time zone", seminar.time_zone_note)
    for session in seminar.sessions:
        for where, parts in [
            (session.id, session.parts),
            *((g.id, g.parts) for g in session.groups),
        ]:
            for part in parts:
                yield from _open_part(where, _undecided(seminar, session, part))
            if where == session.id:
                yield from _unconfirmed(seminar, session)
            turns = [p for p in parts if role_of(seminar, p.role).speaks == "turn"]
            for part in turns if any(p.topic for p in turns) else ():
                if part.person and not part.topic:
                    who = f"{part.role} {seminar.people[part.person].name}"
                    yield CheckFinding("open", where, f"No topic for the {who} yet.")


def _undecided(seminar: Seminar, session: Session, part: Part) -> Part | None:
    """Return a part without the decided rapporteurs, or None if nobody is missing."""
    if role_of(seminar, part.role).seat != "rapporteur" or part.person:
        return part
    decided = sum(bool(group.rapporteur) for group in seminar.seating.get(session.id, []))
    still_open = part.count - decided
    return part.model_copy(update={"count": still_open}) if still_open > 0 else None


def _unconfirmed(seminar: Seminar, session: Session) -> Iterator[CheckFinding]:
    for group in seminar.seating.get(session.id, []):
        if group.rapporteur and not group.confirmed:
            text = f"Its rapporteur, {group.rapporteur}, has not confirmed yet."
            yield CheckFinding("open", group.id, text)


def _open_part(where: str, part: Part | None) -> Iterator[CheckFinding]:
    if part is None:
        return
    label = f"{part.role} ({part.affiliation})" if part.affiliation else part.role
    if part.person is None:
        plural = f"{_words(part.count)} unnamed" if part.count > 1 else "Unnamed"
        tbc = ", to be confirmed" if part.status == "tbc" else ""
        yield CheckFinding("open", where, f"{plural}: {label}{tbc}.")
    elif part.status == "tbc":
        yield CheckFinding("open", where, f"To be confirmed: {label}.")


def _spellings(seminar: Seminar) -> Iterator[CheckFinding]:
    for session in seminar.sessions:
        for part in _all_parts(session):
            if part.person and part.affiliation:
                person = seminar.people[part.person]
                yield CheckFinding(
                    "open",
                    session.id,
                    f"{person.name} is from '{part.affiliation}' here, but from "
                    f"'{person.affiliation}' elsewhere. Is one of the two wrong?",
                )


def _duties(seminar: Seminar) -> Iterator[CheckFinding]:
    duties: Counter[str] = Counter()
    for session in seminar.sessions:
        roles = defaultdict(list)
        for part in _all_parts(session):
            if part.person:
                duties[part.person] += 1
                roles[part.person].append(role_of(seminar, part.role))
        for person, person_roles in roles.items():
            if any(r.seat == "chair" for r in person_roles) and any(
                r.speaks == "talk" for r in person_roles
            ):
                name = seminar.people[person].name
                yield CheckFinding("open", session.id, f"{name} both speaks and chairs.")
    for person, number in duties.items():
        if number >= MANY_DUTIES:
            name = seminar.people[person].name
            yield CheckFinding("open", "programme", f"{name} has {_words(number).lower()} duties.")


def _delegations(seminar: Seminar) -> Iterator[CheckFinding]:
    rule = seminar.delegation
    names = Counter(p.name.casefold() for people in seminar.delegations.values() for p in people)
    for code in seminar.countries:
        people, name = seminar.delegations.get(code, []), seminar.at_start(code)
        if not people:
            yield CheckFinding("delegation", code, f"{name} has nominated nobody yet.")
            continue
        if len(people) != rule.size:
            yield CheckFinding(
                "delegation",
                code,
                f"{name} has nominated {len(people)}, but must nominate {rule.size}.",
            )
        if rule.must_include and rule.must_include not in {p.profile for p in people}:
            yield CheckFinding(
                "delegation",
                code,
                f"{name} has nobody from its {rule.must_include.upper()}.",
            )
        for person in people:
            if names[person.name.casefold()] > 1:
                yield CheckFinding(
                    "delegation", code, f"{person.name} is nominated more than once."
                )


def _all_parts(session: Session) -> list[Part]:
    return [*session.parts, *(part for group in session.groups for part in group.parts)]


def _count(seminar: Seminar, parts: Sequence[Part], role: Role) -> int:
    """Return the number of people with a role, or with another role that takes the same seat."""
    if role.seat:
        return _seated(seminar, parts, role.seat)
    return sum(part.count for part in parts if part.role == role.name)


def _seated(seminar: Seminar, parts: Sequence[Part], seat: Seat) -> int:
    return sum(part.count for part in parts if role_of(seminar, part.role).seat == seat)


def _words(number: int) -> str:
    names = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"]
    return names[number] if number < len(names) else str(number)


def _addresses(seminar: Seminar) -> Iterator[CheckFinding]:
    people = [(p.id, p.email) for people in seminar.delegations.values() for p in people]
    contacts = [(code, contact.email) for code, contact in seminar.contacts.items()]
    for where, email in (*contacts, *people):
        if email and not one_address(email):
            yield CheckFinding("address", where, f"No mail can be sent to '{email}'. {RULE}.")
