"""Is a role, or a kind of session, one entry: in seminar.yml, or in the kit's registry?"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import pytest
from in_process import printed
from shared import ROOT, by_day, keep_countries

from seminarkit.core.errors import FileError
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.assignments import assignments
from seminarkit.core.seminar.checks import check_programme
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.reference_messages import check_references
from seminarkit.core.seminar.roles import CORE_PARTICIPANT, NEO_REPRESENTATIVE, ROLES
from seminarkit.core.seminar.session_kinds import KINDS
from seminarkit.core.store.submission import Submission
from seminarkit.reports.batch import run_batch
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.reports.plan import planned
from seminarkit.site.pages import frame
from seminarkit.site.room_folders import rooms_by_chair
from seminarkit.topics.briefs.facts import briefs
from seminarkit.topics.briefs.preparation import prepared
from seminarkit.topics.conclusions.facts import summary_dossiers
from seminarkit.topics.conclusions.speaking_time import speaking_time
from seminarkit.topics.days.programme_page import programme_page
from seminarkit.topics.days.sheets import write_sheets
from seminarkit.topics.groups.groups_of_session import group_sessions, planned_groups
from seminarkit.topics.groups.leads import with_leads
from seminarkit.topics.progress.status_board import board
from seminarkit.topics.questions.discussion import discussion
from seminarkit.topics.questions.facts import core_questions
from seminarkit.topics.questions.question_sessions import sessions_about

GROUPS = """
seating:
  d2-groups:
    - {id: d2-group-1, title: Policy, chair: colucci, rapporteur: GE-1, people: [GE-1, AM-2]}
  d1-groups-1:
    - {id: d1-groups-1-dcu, title: DCU, case: dcu, chair: smidt, discussant: brown, people: [GE-2]}
"""
# the example in the kit's seminar.yml, and a pause
EXAMPLE = re.compile(r"^# ((?:roles|session_kinds):|  - \{name: .*)$", re.MULTILINE)
WRITTEN = "\n".join(EXAMPLE.findall((KIT / "seminar.yml").read_text("utf-8")))
OWN = f"{WRITTEN}\n  - {{name: coffee, pause: true}}\n"


def written(folder: SeminarFolder, more: str, *pairs: tuple[str, str]) -> SeminarFolder:
    """Return the seminar with two countries, groups, words exchanged and ``more`` at its end."""
    path = folder.root / "seminar.yml"
    path.write_bytes((KIT / "seminar.yml").read_bytes())
    keep_countries(folder.root, ["GE", "AM"])
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text + GROUPS + more, "utf-8")
    return SeminarFolder(folder.root)


@pytest.fixture
def workshop(folder: SeminarFolder) -> SeminarFolder:
    """A seminar with a role and kinds of session that the kit does not have."""
    return written(
        folder,
        OWN,
        ("kind: strategy groups", "kind: workshop"),
        ("title: Break\n    kind: break", "title: Break\n    kind: coffee"),
        ("role: chair, person: colucci}\n      - id", "role: chair, person: colucci}\n          - {role: timekeeper, person: bunescu}\n      - id"),
        ("role: presenter, person: engels-perenyi}", "role: timekeeper, count: 2}"),
    )  # fmt: skip


def sheets_of(folder: SeminarFolder) -> dict[str, str]:
    """Return the pages for the days, by their names."""
    write_sheets(folder, prepared(folder.seminar, board(folder.seminar, [])))
    pages = folder.sheets.rglob("*.html")
    return {path.relative_to(folder.sheets).as_posix(): path.read_text("utf-8") for path in pages}


def test_a_role_and_a_kind_of_ones_own_are_in_every_place(workshop: SeminarFolder) -> None:
    """O08 O10 N04: check, next, programme, the sheet with its ticks, and the list of rooms."""
    checked = printed(workshop, "check")
    assert "3 groups, 1 with a timekeeper." in checked
    assert checked.count("It has no timekeeper.") == 2  # of three panels
    assert "Two unnamed: timekeeper." in checked
    assert "d2-groups: 3 groups, 0 with a technical assistant" not in checked
    assert "It does not say who may come" not in checked  # nobody has to come to a pause
    assert "Luisa Bunescu" in printed(workshop, "next", "--role", "timekeeper")
    programme = programme_page(workshop, "public", frame(workshop, "public", "programme.html"))
    assert programme.count('class="session pause"') == 6  # four are closed, two are pauses
    assert "<dt>Timekeepers</dt>" in programme
    sheets = sheets_of(workshop)
    assert "<dd>timekeeper</dd>" in sheets["people/bunescu.html"]
    assert "☐ bring a clock<br>☐ call out the last five minutes" in sheets["people/bunescu.html"]
    assert "timekeeper Luisa Bunescu" not in sheets["people/bunescu.html"]  # beside oneself
    assert "Chair: Elizabeth Colucci · Timekeeper: Luisa Bunescu" in sheets["rooms/d2-groups.html"]
    assert "2020-11-26 d1-break chat.txt" not in sheets["index.html"]
    assert "2020-11-26 d1-keynote chat.txt" in sheets["index.html"]


def test_a_kind_with_groups_is_closed(folder: SeminarFolder) -> None:
    """O02 N04"""
    own = OWN.replace("groups: named, ", "")
    session = ('end: "13:30"\n    access: core', 'end: "13:30"\n    access: public')
    kind = ("kind: strategy groups", "kind: workshop")
    closed = (
        "d2-groups    Discussion groups are for core participants only, but its access is public."
    )
    assert re.search(re.sub(" +", r"\\s+", closed), printed(written(folder, OWN, session, kind), "check"))  # fmt: skip
    assert "Discussion groups are for" not in printed(written(folder, own, session, kind), "check")


@pytest.mark.timeout(120)
def test_a_brief_shows_a_role_of_ones_own(workshop: SeminarFolder) -> None:
    """O10 N04: on the page that is printed, with whom to name still."""
    dossiers = build_dossiers(workshop, [])
    rooms = ("brief-d2-group-1", "brief-d1-fuss")
    jobs = [
        each
        for each in planned(workshop, dossiers, [], over_all=True)
        if each.subject in rooms
    ]  # fmt: skip
    assert not run_batch(jobs, workshop.root).failed
    group, panel = ((job.output.with_suffix(".html")).read_text("utf-8") for job in jobs)
    if "Luisa" not in group:
        group, panel = panel, group
    shown = " ".join(re.sub(r"<[^>]+>", " ", group).split())
    assert "Timekeeper Luisa Bunescu" in shown
    assert "Still to be named: timekeeper: 2 for all groups." in panel


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("name: timekeeper", "name: chair", "role 'chair': this name is used by the kit; write another one"),
        ("name: coffee", "name: workshop", "kind of session 'workshop': this name is taken"),
        ("name: coffee", "name: ''", "'name' is ''; write some text"),
        ("needed_in: [panel]", "needed_in: [pannel]", "'kind' is 'pannel'. Did you mean 'panel'?"),
        ("needs: [chair, t", "needs: [chiar, t", "'role' is 'chiar'. Did you mean 'chair'?"),
        ("needs: [chair, timekeeper", "needs: [chair, timekeper", "Did you mean 'timekeeper'?"),
        ("checks: [", "cheks: [", "role 'timekeeper' has an unknown key 'cheks'. Did you mean 'checks'?"),
        ("groups: named", "groups: some", "'groups' is 'some'; write one of 'cases' or 'named'"),
        ("pause: true", "pause: perhaps", "write true or false"),
        ("checks: [bring a clock, call out the last five minutes]", "checks: bring a clock", "write a list"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_a_sentence_with_its_line(
    folder: SeminarFolder, old: str, new: str, words: str
) -> None:
    """N04"""
    assert old in OWN
    with pytest.raises(FileError) as error:
        assert written(folder, OWN.replace(old, new)).seminar
    ((line, sentence),) = error.value.problems
    assert words in sentence
    text = (folder.root / "seminar.yml").read_text("utf-8").splitlines()
    assert new.split(":")[0] in text[line - 1]


def test_a_misspelt_role_of_ones_own_is_found(folder: SeminarFolder) -> None:
    """N04"""
    changed = ("role: moderator", "role: timekeper")
    with pytest.raises(FileError, match=r"'role' is 'timekeper'\. Did you mean 'timekeeper'\?"):
        assert written(folder, OWN, changed).seminar


# What seminar.yml can say of a role or a kind is what the kit's own entries say: with all of them
# written there, under names that no module knows, everything is as it was but for the names.
def other(name: str) -> str:
    """Return a name that the kit does not know, in which none that it knows is a part."""
    return re.sub(r"\b(?=\w)", "zz", name)


def usual_words(text: str) -> str:
    """Return a text with the kit's names instead of the others."""
    return re.sub(r"([Zz]z)(\w)", lambda m: m[2].upper() if m[1] == "Zz" else m[2], text)


def entries(without: tuple[str, str] = ("", "")) -> str:
    """Return the kit's entries as a seminar.yml has them, one of their properties left out."""
    lines = []
    for block, rows in (("roles", ROLES), ("session_kinds", KINDS)):
        values = [row.model_dump(mode="json", exclude_defaults=True) for row in rows]
        for entry in values:
            if entry["name"] == without[0]:
                del entry[without[1]]
            if "needs" in entry:
                entry["needs"] = [other(name) for name in entry["needs"]]
            entry["name"] = other(entry["name"])
        lines.append(f"{block}: {json.dumps(values)}")
    return "\n".join(lines)


# a programme in which each property of each entry is met
EDITS = [
    ('date: 2020-11-27\n    start: "12:30"', 'date: 2020-11-27\n    recorded: true\n    start: "12:30"'),
    ("{role: technical assistant, count: 3}", "{role: technical assistant, person: ziyatdinova}"),
    ("{role: group rapporteur, affiliation: from the HERE, count: 3}", "{role: group rapporteur, person: shapiro}\n      - {role: group rapporteur, count: 3}"),
    ("{role: case presenter, person: decker", "{role: discussant, person: decker"),
    ("{role: general rapporteur}\n      - {role: pre", "{role: general rapporteur, person: davies}\n      - {role: pre"),
    ("      - {role: general rapporteur}\n      - {role: closing", "      - {role: closing"),
    ("person: marr}\n      - {role: chair, person: gaebel}", "person: marr}"),
]  # fmt: skip
STATEMENT = Submission(
    form="mini_statement", subject="", form_version="1", instance="one", rev=1, saved_at="2020-11-10T10:00:00Z",
    country="GE", person="GE-2", answers={}, answered=1, total=1, complete=True, receipt="GE-0000", arrival=1, part="",
)  # fmt: skip


def renamed(folder: SeminarFolder, without: tuple[str, str] = ("", "")) -> SeminarFolder:
    """Return the seminar in which no role and no kind is one that the kit has."""
    written(folder, entries(without), *EDITS)
    path = folder.root / "seminar.yml"
    text = re.sub(r"(\brole: )([^,}\n]+)", lambda m: m[1] + other(m[2]), path.read_text("utf-8"))
    text = re.sub(r"(\bkind: )(.+)", lambda m: m[1] + other(m[2]), text)
    path.write_text(text.replace("General Rapporteur", other("General Rapporteur")), "utf-8")
    return SeminarFolder(folder.root)


def outcome(folder: SeminarFolder) -> dict[str, str]:
    """Return what comes of a programme, in the words of the kit's own names."""
    seminar = folder.seminar
    names = {case.id: case.id for case in folder.cases.values()}
    page = core_questions(folder, discussion(folder, []), {})
    made: dict[str, object] = {
        "checked": [*check_programme(seminar), *check_references(folder)],
        "core": programme_page(folder, "core", frame(folder, "core", "programme.html")),
        "public": programme_page(folder, "public", frame(folder, "public", "programme.html")),
        **sheets_of(folder),
        "briefs": [*briefs(folder, board(seminar, []), [STATEMENT], page).values()],
        "chairs": {who: [room.id for room in rooms] for who, rooms in rooms_by_chair(seminar).items()},
        "assigned": [(each.author.id, each.author.role, each.task.form, each.subject) for each in assignments(seminar)],
        "about": [sessions_about(seminar, case) for case in names],
        "spoken": [speaking_time(seminar, [], session).allowed for session in seminar.sessions],
        "summaries": [*summary_dossiers(folder, []).values()],
        "next": printed(folder, "next", "--role", "group rapporteur"),
    }  # fmt: skip
    for session in group_sessions(seminar):
        groups = planned_groups(seminar, session, 40, Counter(), names)
        made[session.id] = with_leads(seminar, session, groups, [], [])
    texts = {name: value if isinstance(value, str) else repr(value) for name, value in made.items()}
    return {name: usual_words(text) for name, text in texts.items()}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What comes of the kit's programme, under the names of the kit."""
    root = tmp_path_factory.mktemp("usual")
    return outcome(written(SeminarFolder(root), "", *EDITS))


def test_seminar_yml_can_say_all_that_the_kit_says(
    folder: SeminarFolder, usual: dict[str, str]
) -> None:
    """N04: a role, or a kind of session, touches one file, and no module asks for its name."""
    own = outcome(renamed(folder))
    assert own == usual


PROPERTIES = [
    (row.name, name)
    for rows in (ROLES, KINDS)
    for row in rows
    for name in row.model_dump(exclude_defaults=True)
    if name != "name"
]


@pytest.mark.parametrize(("name", "key"), by_day(PROPERTIES, every=8))
def test_each_property_of_an_entry_counts(
    folder: SeminarFolder, usual: dict[str, str], name: str, key: str
) -> None:
    """N04: without it something else comes of the programme."""
    assert outcome(renamed(folder, without=(name, key))) != usual


REGISTRIES = ("core/seminar/roles.py", "core/seminar/session_kinds.py")
# The same words where they mean something else, or a field of the data model that has rules of its
# own: why, the module and the word.
REASONS: Mapping[str, Sequence[str]] = {
    "`per` of a task: who does it": (
        "topics/cases/facts.py presenter",
        "core/seminar/assignments.py presenter",
        "core/seminar/model.py chair",
        "core/seminar/model.py presenter",
        "core/seminar/references.py chair",
        "core/seminar/references.py presenter",
    ),
    "a reader of a form: who may read an answer": (
        "core/forms/shapes.py presenter",
        "data/question_lookup.py presenter",
        "data/question_tables.py presenter",
        "core/forms/audiences.py presenter",
        "core/seminar/read_by.py presenter",
    ),
    "a seat of a decided group": (
        "data/programme.py chair",
        "data/programme.py discussant",
        "core/seminar/checks.py chair",
        "core/seminar/checks.py discussant",
    ),
    "the price of a rule of seats: each has its own": (
        "topics/groups/seating/rules.py chair",
        "topics/groups/seating/rules.py discussant",
    ),
    "a key of a dossier: who chaired": ("topics/briefs/topics_to_discuss.py chair", "topics/briefs/talk_view.py chair"),
    "the head of a column: what the chair thinks of the notes": ("cli/notes.py chair",),
    "a guide in templates/guides/": ("topics/packs/write_packs.py chair", "topics/packs/write_packs.py presenter"),
    "a report, and its command": (
        "cli/conclude.py conclusions",
        "cli/main.py recap",
        "topics/packs/country_mails.py conclusions",
        "reports/kinds.py conclusions",
        "reports/kinds.py recap",
        "reports/dossier_schemas.py conclusions",
    ),
}  # fmt: skip


def names_in(text: str, quoted: re.Pattern[str]) -> Iterator[str]:
    """Yield the names of roles and kinds that a module compares with or makes."""
    names = {match[2].casefold() for match in quoted.finditer(text)}
    for node in ast.walk(ast.parse(text)) if names else ():
        if isinstance(node, ast.Constant) and str(node.value).casefold() in names:
            yield str(node.value).casefold()


def test_no_module_names_a_role_or_a_kind_of_session() -> None:
    """K02: it asks the registry for a property, so that a new entry touches nothing else."""
    rows = (*ROLES, CORE_PARTICIPANT, NEO_REPRESENTATIVE, *KINDS)
    quoted = re.compile(rf"""(['"])({"|".join(row.name for row in rows)})\1""", re.IGNORECASE)
    package = ROOT / "seminarkit"
    places = {
        f"{module} {name}"
        for path in package.rglob("*.py")
        if (module := path.relative_to(package).as_posix()) not in REGISTRIES
        for name in names_in(path.read_text("utf-8"), quoted)
    }
    assert places == {place for places in REASONS.values() for place in places}
    for template in (KIT / "templates").rglob("*.j2"):
        for code in re.findall(r"{[{%].*?[%}]}", template.read_text("utf-8"), re.DOTALL):
            assert not quoted.search(code), template
