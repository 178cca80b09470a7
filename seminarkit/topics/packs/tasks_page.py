"""The page that lists a person's forms: what is asked, by when, and what is begun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from string import Template

from seminarkit.core.forms.shapes import PersonalForm
from seminarkit.core.seminar.assignments import Assignment, Author
from seminarkit.core.seminar.clock import deadline_words, session_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.known_facts import case_state
from seminarkit.core.seminar.model import Kind, Seminar, Task
from seminarkit.core.seminar.sessions import DiscussionGroup, Session
from seminarkit.topics.packs.form_page import content_hash, form_asset
from seminarkit.topics.packs.introduction import purpose_html
from seminarkit.topics.packs.known_answers import known_lines_in
from seminarkit.topics.packs.reading_links import reading_list_html, readings_for
from seminarkit.topics.packs.reading_time import load_words, minutes_words
from seminarkit.topics.packs.text_templates import read_template

BY_FILE = (
    "Open a task, write, press “Save my file”, and send that file to $send_to. Your answers are "
    "kept on your computer. Nothing is sent automatically."
)
_NO_SEAT = (
    "You are not in a group of this session. If you want to come, fill in the registration again "
    "and send it."
)
HEADINGS: dict[Kind, str] = {
    "asked": "What we ask of you",
    "group": "For your discussion group",
    "offer": "If you like",
}
AssignedForms = Sequence[tuple[Assignment, PersonalForm]]


def tasks_page(
    folder: SeminarFolder,
    author: Author,
    forms: AssignedForms,
    how: str = BY_FILE,
    *,
    live: bool = False,
    shelf: str = "../",
) -> str:
    """Return the page of one person's tasks by deadline, and of their readings.

    Required tasks come first, then the preparation for discussion groups, then optional ones.
    ``how`` explains how to hand in a form, ``live`` adds links to live notebooks, and ``shelf`` is
    the address of the pages that all people of a pack share.
    """
    seminar = folder.seminar
    tasks: dict[int, list[tuple[Assignment, PersonalForm]]] = {}
    for assignment, form in forms:
        tasks.setdefault(seminar.tasks.index(assignment.task), []).append((assignment, form))
    by_due = sorted(tasks.values(), key=lambda pairs: seminar.due(pairs[0][0].task, author.country))
    kinds: dict[Kind, list[AssignedForms]] = {}
    for pairs in by_due:
        kinds.setdefault(seminar.kind_of(pairs[0][0].task), []).append(pairs)
    readings = readings_for(folder, author)
    lists = [
        _list(HEADINGS["asked"], folder, kinds.get("asked", []), live),
        reading_list_html(folder, readings, shelf) if author.country else "",
        _list(HEADINGS["group"], folder, kinds.get("group", []), live),
        _list(HEADINGS["offer"], folder, kinds.get("offer", []), live),
        _groups(seminar, author),
        _sessions(seminar, author),
        purpose_html(seminar),
    ]
    script = f"\n{form_asset('tasks.js')}\n"
    style = f"\n{form_asset('tasks.css')}\n"
    required = [pairs[0][0].task for pairs in kinds.get("asked", [])]
    template = read_template(folder, "prepare", "tasks.html")
    return template.substitute(
        name=escape(author.name),
        seminar=escape(f"{seminar.series}: {seminar.title}"),
        intro=escape(
            f"For {author.name}. {load_words(required, readings, seminar.delegation.size)}"
        ),
        lists="\n".join(filter(None, lists)),
        how=escape(Template(how).substitute(send_to=seminar.send_to)),
        script=script,
        style=style,
        script_hash=content_hash(script),
        style_hash=content_hash(style),
    )


def how_many(needed: int, *, owed: bool) -> str:
    """Return how many forms of a task are asked for, in words; ``needed`` is 0 for all of them."""
    if not owed:
        return "One of these"
    return f"Any {needed} of these" if needed else "All of these"


def needed_for(titles: Sequence[str]) -> str:
    """Return the discussion groups for which a task is the preparation, in words."""
    return f"Needed if you come to {' or '.join(f'“{title}”' for title in titles)}"


def _list(heading: str, folder: SeminarFolder, tasks: Sequence[AssignedForms], live: bool) -> str:
    items = "".join(_item(folder, pairs, live) for pairs in tasks)
    return f"<h2>{heading}</h2>\n<ul>\n{items}</ul>" if items else ""


def _groups(seminar: Seminar, author: Author) -> str:
    """Return a core participant's discussion groups as HTML, '' until they are decided."""
    if not seminar.participant(author.id):
        return ""
    items = ""
    for session in (s for s in seminar.sessions if s.id in seminar.seating):
        group = seminar.group_of(session.id, author.id)
        when = f"{session_words(seminar, session, author.country)}."
        if group:
            items += f"<li><h3>{escape(group.title)}</h3><p>{escape(when)}</p>"
            items += f"<p>{escape(_with_whom(seminar, session, group, author))}</p></li>\n"
        else:
            items += f"<li><h3>{escape(session.title)}</h3><p>{escape(when)} {_NO_SEAT}</p></li>\n"
    return f"<h2>Your discussion groups</h2>\n<ul>\n{items}</ul>" if items else ""


def _sessions(seminar: Seminar, author: Author) -> str:
    """Return the times of all sessions that a core participant may attend, in both clocks."""
    if not author.country:
        return ""
    items = "".join(
        f"<li><h3>{escape(session.title)}</h3>"
        f"<p>{escape(session_words(seminar, session, author.country))}</p></li>\n"
        for session in seminar.sessions
        if session.access
    )
    return f"<h2>When the sessions are</h2>\n<ul>\n{items}</ul>" if items else ""


def _with_whom(seminar: Seminar, session: Session, group: DiscussionGroup, author: Author) -> str:
    leads = [f"{seat} {seminar.people[person].name}" for seat, person in group.led_by.items()]
    if group.rapporteur == author.id:
        leads.append("you take notes" if group.confirmed else "you are asked to take notes")
    words = f"{', '.join([*leads, f'{len(group.people)} core participants'])}. "
    how = session.join or f"How to join: on {seminar.platform}; you will get the link by mail"
    return f"{words[0].upper()}{words[1:]}{how}."


def _item(folder: SeminarFolder, pairs: AssignedForms, live: bool) -> str:
    assignment, form = pairs[0]
    task = assignment.task
    due = f"By {deadline_words(folder.seminar, task, assignment.author.country)}"
    due += f" ({task.due_note})" if task.due_note else ""
    more = "".join(f" {words}" for words in _more(folder.seminar, task))
    if len(pairs) == 1:
        about = dict(form["header"]).get("About", "")
        title = f"{task.title}: {about}" if about else task.title
        facts = f"{due}. About {minutes_words(task)}.{more}"
        links = f"{_link(form, title, live)}{_text_link(task, form, title)}"
        state = _case_state(folder, assignment, form)
        return f"<li>{links}<p>{escape(facts)}</p>{state}{_state(form)}</li>\n"
    links = ""
    for subject_assignment, form in pairs:
        title = dict(form["header"])["About"]
        links += f"<li>{_link(form, title, live)}{_text_link(task, form, title)}"
        links += f"{_case_state(folder, subject_assignment, form)}{_state(form)}</li>"
    which = how_many(task.needed or 0, owed=task.owed)
    which += f" ({task.needed_note})" if task.needed_note else ""
    facts = f"{due}. {which}. About {minutes_words(task, apiece=True)}.{more}"
    return f"<li><h3>{escape(task.title)}</h3><p>{escape(facts)}</p><ul>{links}</ul></li>\n"


def _more(seminar: Seminar, task: Task) -> Iterator[str]:
    """Yield further facts about a task: the groups it prepares for, and what to bring."""
    if titles := seminar.prepares(task):
        yield f"{needed_for(titles)}."
    if task.bring:
        yield f"Bring {task.bring}."


def _case_state(folder: SeminarFolder, assignment: Assignment, form: PersonalForm) -> str:
    """Return what is missing in a case, its presenter or its recording, as HTML."""
    case = folder.cases.get(assignment.subject)
    words = case_state(case, known_lines_in(form)) if case and assignment.task.beforehand else ""
    return f"<p>{escape(words)}</p>" if words else ""


def _link(form: PersonalForm, title: str, live: bool) -> str:
    file, words = escape(form["file"]), escape(title)
    beside = {f"{file}.ipynb": "notebook"} | ({f"live/{file}": "live notebook"} if live else {})
    notes = "".join(
        f' <a class="sk-book" href="{where}" aria-label="{words}, as a {what}">{what}</a>'
        for where, what in beside.items()
    )
    return f'<a class="sk-open" href="{file}.html">{words}</a>{notes}'


def _text_link(task: Task, form: PersonalForm, title: str) -> str:
    """Return the link to a note sheet as plain text, for use in a mail if pages do not work."""
    if not task.sessions:
        return ""
    file, words = escape(form["file"]), escape(title)
    label = f'aria-label="{words}, as plain text"'
    return f' <a class="sk-book" href="{file}.txt" {label}>plain text</a>'


def _state(form: PersonalForm) -> str:
    return (
        f'<p class="sk-state" data-draft="{escape(form["form"])}:{escape(form["instance"])}"></p>'
    )
