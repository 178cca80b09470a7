"""Does the program take the first, last, least or only one of some where there is surely one?

What a file holds may be nothing: a bare ``next(…)``, ``[0]``, ``min(…)`` or ``.index(…)`` over it
ends a command with a traceback, often far from the line that was edited. Taken for granted is what
the same function has looked at before; all others are named here, with the reason why they hold.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from shared import ROOT

PACKAGE = ROOT / "seminarkit"
# text taken apart always has a first and a last part
_PARTS = ("split", "rsplit", "partition", "rpartition", "splitext", "fetchone", "groups")
# why there is surely one, and where: a file of the package and a function in it
REASONS: Mapping[str, Sequence[str]] = {
    "a pair, or another tuple of a fixed length": (
        "topics/survey/disclosure/across_issues.py protected_across",
        "topics/progress/nominations.py _changes",
        "topics/survey/disclosure/suppression.py _index",
        "core/submissions/messages_to_organisers.py _refusals",
        "topics/survey/disclosure/possible_answers.py feasibility_interval",
        "topics/intake/collect.py _is_behind",
        "topics/intake/note_headings.py read_notes",
        "topics/intake/indexing.py index_new_files",
        "topics/intake/mail/mail_text.py lines_of",
        "topics/intake/outcome_changes.py current_before_rebuild",
        "topics/intake/mail/outlook.py _long_name",
        "topics/intake/mail/outlook.py _text",
        "topics/intake/mail/own_words.py _between",
        "topics/intake/mail/own_words.py own_words",
        "topics/intake/word/symbol_fonts.py bullet",
        "topics/intake/archives/uuencode.py uuencoded_parts",
        "topics/intake/word/numbering.py _formatted",
        "topics/intake/archives/zip_archives.py entry_name",
        "topics/questions/marks.py matters",
        "topics/groups/seating/seat_people.py _bounds",
        "topics/groups/seating/seat_people.py fill_kinds",
        "topics/groups/seating/seat_people.py repair",
        "topics/groups/seating/seating_program.py _violation",
        "topics/groups/seating/seating_program.py _composition",
        "topics/groups/seating/timed_process.py listen",
        "topics/briefs/speaking_slots.py in_fair_order",
        "topics/conclusions/statements.py _seen",
        "core/fonts/__init__.py _spans",
        "topics/packs/guides.py guide_title",
        "topics/packs/library_pages.py readings_page",
        "site/withheld.py link",
        "reports/batch.py run_batch",
        "core/documents/canvas.py line_width",
        "core/store/version_descent.py _before_in_window",
        "core/store/index.py last_arrival",
        "core/store/index.py meta",
        "core/logs/line_order.py _take",
        "core/logs/line_order.py after_of",
        "core/yaml/yaml_file.py line",
    ),
    "the whole of a match": (
        "topics/questions/identifying_words.py _numbers",
        "topics/questions/identifying_words.py identifying_parts",
        "topics/intake/chats/in_attachments.py _files_in",
        "topics/intake/code_signs.py plain",
        "topics/intake/contact_details.py _has_telephone",
        "topics/intake/encoding/guess.py _sample",
        "topics/intake/mail/mailboxes.py _mail_in_emlx",
        "topics/intake/office_text.py _rtf_sign",
        "forgetting/traces.py _blacked",
        "forgetting/file_views.py _embedded_base64_files",
        "core/yaml/lookalike_signs.py odd_indents",
    ),
    "a seminar has a session, a country and a task for each form (core/seminar/model.py, core/seminar/read_seminar.py)": (
        "topics/briefs/facts.py _common",
        "topics/countries/facts.py country_dossier",
        "topics/survey/group_totals.py group_slices",
        "topics/survey/disclosure/issue_dates.py deadline_of",
        "topics/survey/totals.py _all_totals",
        "site/pages.py index_page",
        "core/seminar/date_checks.py _deadline_problem",
        "core/seminar/read_seminar.py day",
    ),
    "it is one of those that are looked through": (
        "topics/briefs/running_order.py running_order",
        "topics/conclusions/facts.py _statement",
        "topics/survey/disclosure/suppression.py _is_safe",
        "topics/survey/disclosure/suppression.py _information_loss",
        "topics/survey/disclosure/suppression.py _coarser",
        "cli/prepare.py done",
        "topics/intake/encoding/guess.py _guesses",
        "topics/questions/agenda.py handed_over",
        "topics/groups/differences.py _differs",
        "topics/groups/groups_of_session.py _cases_before",
        "topics/groups/leads.py _pool",
        "topics/conclusions/statements.py _with_unique_ids",
        "topics/conclusions/statements.py sheets",
        "topics/packs/tasks_page.py tasks_page",
        "core/documents/canvas.py _handle_long_word",
        "core/seminar/seat_references.py _seats_without_groups",
        "core/store/version_states.py place",
    ),
    "a name, a title or a sentence, which is never blank (core/seminar/values.py Words)": (
        "core/submissions/attribution.py _countries",
        "cli/nomination_lines.py question_words",
        "topics/intake/versioning.py judge_reply",
        "topics/intake/payload.py _answers",
        "topics/conclusions/statement_ids.py _hash_id",
        "forgetting/traces.py _letter_pattern",
        "topics/packs/tasks_page.py _with_whom",
        "site/passages.py __init__",
        "topics/days/programme_page.py duties",
        "core/seminar/read_by.py _sentences",
    ),
    "some that belong together: there is a group of them only with one in it": (
        "cli/conflict_lines.py _conflict",
        "cli/conflict_lines.py tell_conflicts",
        "topics/intake/notebook_answers.py _newest",
        "topics/questions/marks.py _standing",
        "topics/questions/marks.py lead",
        "topics/questions/marks.py matters_and_lost",
        "topics/conclusions/points.py lead",
        "topics/groups/seating/seat_people.py _part",
        "topics/groups/seating/seat_people.py share_out",
        "topics/groups/seating/seating_program.py _something_new",
        "topics/conclusions/speaking_time.py _priority",
        "lab/start_page.py _several",
        "topics/packs/write_packs.py _readme",
        "topics/packs/tasks_page.py _item",
        "site/organiser_pages.py _form_row",
        "topics/days/programme_page.py clocks",
        "reports/comparison_view.py _link_cells",
        "topics/survey/charts_view.py side_by_side",
        "core/seminar/valid_decisions.py _ids_awaiting_choice",
        "core/seminar/undo_decision.py valid_decision_words",
        "serve/form_service.py person",
    ),
    "the function has just made it, with one in it at least": (
        "topics/countries/comparison_facts.py _closed_questions",
        "core/forms/outline.py readable_fields",
        "topics/progress/nominees.py identify",
        "topics/survey/disclosure/suppression.py __init__",
        "topics/survey/disclosure/counts.py unprotected",
        "topics/intake/strict_json.py as_object",
        "topics/intake/word/ticks.py _lines",
        "topics/groups/seating/seat_people.py _update_best",
        "forgetting/traces.py _patterns",
        "core/forms/answer_versions.py version_id",
        "topics/countries/country_charts.py _matrix",
        "reports/read_dossier.py _seminar_of",
        "topics/survey/charts_view.py response_chart",
        "core/store/version_descent.py _time",
        "core/store/version_states.py judge_versions",
    ),
    "what calls it, or an earlier line, has looked for some": (
        "topics/progress/same_name.py is_near_name",
        "cli/nominate.py _taken_back",
        "topics/intake/mail/endings.py _is_name",
        "topics/intake/mail/endings.py _signature_size",
        "topics/intake/mail/mail_html.py _break",
        "topics/intake/mail/mail_html.py _end_line",
        "topics/intake/mail/mail_html.py _open_element",
        "topics/intake/mail/mail_html.py _quote",
        "topics/intake/mail/mail_html.py words",
        "topics/intake/mail/mail_text.py unflowed",
        "topics/intake/note_author.py group_and_author",
        "topics/groups/seating/greedy.py _round_sketch",
        "topics/groups/seating/solver.py solve",
        "core/fonts/__init__.py _runs",
        "lab/find_pack.py pack_in_folder",
        "lab/save_guard.py before_save",
        "topics/packs/reminder_mails.py _reminder",
        "site/pages.py frame",
        "core/documents/bar_charts.py _room",
        "topics/countries/country_charts.py _years",
        "reports/engine/dask_cluster.py _check_workers",
        "topics/countries/form_view.py _question",
        "topics/countries/question_view.py row_table",
        "core/seminar/read_by.py _listed",
        "core/store/version_states.py choose",
        "core/logs/line_order.py in_order",
        "core/logs/team_log.py append",
        "core/logs/team_log.py changed",
        "core/logs/team_log.py ends",
        "core/yaml/yaml_file.py _example",
    ),
    "fixed by the program or a library, not by a file": (
        "topics/intake/encoding/guess.py _misplaced_signs",
        "topics/groups/seating/proof_words.py",
        "core/fonts/__init__.py _fonts",
        "core/forms/expressions.py evaluate",
        "site/secrets.py _dossiers",
        "core/documents/slide_style.py _set_placeholder",
        "core/documents/slide_style.py apply_style",
        "core/documents/slide_fit.py cut_title",
        "core/documents/pptx_file.py _place_table",
        "core/documents/pptx_file.py _write",
        "core/documents/pptx_file.py _write_title",
        "core/documents/pptx_file.py write_slides",
        "reports/engine/kernel_messages.py deserialize",
        "reports/engine/kernel_messages.py next_size",
        "reports/engine/kernel_messages.py recv",
        "core/seminar/find_seminar.py nearest_seminar",
        "core/documents/docx_file.py __init__",
        "core/documents/docx_file.py _template",
    ),
}
_FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True)
class Taken:
    """One place that takes the first, last, least or only one: where, and what it takes."""

    file: str
    function: str
    line: int
    text: str

    @property
    def key(self) -> str:
        """The file and the function, as in REASONS."""
        return f"{self.file} {self.function}".strip()


def taken(path: Path, root: Path = PACKAGE) -> Iterator[Taken]:
    """Yield the places in a module that take one of some without having looked for any."""
    tree = ast.parse(path.read_text("utf-8"))
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        some = _some(node)
        if some is None or _has_parts(some):
            continue
        around = [*_around(node, above)]
        inner = next((f for f in around if isinstance(f, _FUNCTIONS)), tree)
        if isinstance(inner, ast.Lambda) and ast.unparse(some) in {a.arg for a in inner.args.args}:
            continue  # a pair that is sorted by
        function = next((f for f in around if isinstance(f, ast.FunctionDef)), tree)
        if not _is_looked_at(some, node, function):
            name = function.name if isinstance(function, ast.FunctionDef) else ""
            file = path.relative_to(root).as_posix()
            yield Taken(file, name, node.lineno, ast.unparse(node))


def _some(node: ast.AST) -> ast.expr | None:
    """Return what one is taken of, if a node takes the first, last, least, most or place of one."""
    match node:
        case ast.Call(func=ast.Name(id="next"), args=[only], keywords=[]):
            return only
        case ast.Call(func=ast.Name(id="min" | "max"), args=[only], keywords=keywords):
            starred = isinstance(only, ast.Starred)
            return None if starred or any(k.arg == "default" for k in keywords) else only
        case ast.Call(func=ast.Attribute(value=value, attr="index"), args=[_]):
            return value
        case ast.Subscript(value=value, slice=ast.Constant(value=0), ctx=ast.Load()):
            return value
        case ast.Subscript(
            value=value, slice=ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1))
        ):
            return value
    return None


def _has_parts(some: ast.expr) -> bool:
    return (
        isinstance(some, ast.Call)
        and isinstance(some.func, ast.Attribute)
        and some.func.attr in _PARTS
    )


def _around(node: ast.AST, above: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    while node in above:
        node = above[node]
        yield node


def _is_looked_at(some: ast.expr, node: ast.AST, function: ast.AST) -> bool:
    """Say whether a function asks for what is taken from, before it takes it."""
    wanted = ast.unparse(some)
    for test in _tests(function):
        if test.lineno <= node.lineno and any(
            isinstance(part, ast.expr) and ast.unparse(part) == wanted for part in ast.walk(test)
        ):
            inside = {id(part) for part in ast.walk(test)}
            if id(node) not in inside or isinstance(test, ast.BoolOp):
                return True
    return False


def _tests(function: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.If | ast.IfExp | ast.While | ast.Assert):
            yield node.test
        elif isinstance(node, ast.comprehension):
            yield from node.ifs
        elif isinstance(node, ast.BoolOp):
            yield node
        elif isinstance(node, ast.match_case) and node.guard:
            yield node.guard


def test_nothing_is_taken_of_what_may_be_empty() -> None:
    """P15"""
    known = {place for places in REASONS.values() for place in places}
    found = [each for path in sorted(PACKAGE.rglob("*.py")) for each in taken(path)]
    new = [f"{t.file}:{t.line} {t.function}: {t.text}" for t in found if t.key not in known]
    assert not new, "Give it a default, look first, or name it in REASONS:\n" + "\n".join(new)
    gone = known - {each.key for each in found}
    assert not gone, f"Nothing is taken there any more, take these out of REASONS: {sorted(gone)}"


def test_the_walk_sees_what_it_looks_for(tmp_path: Path) -> None:
    """P15: of each kind one that may fail is found, and one that was looked at is not."""
    (tmp_path / "one.py").write_text(
        "def a(x): return next(t for t in x if t)\n"
        "def b(x): return x[0]\n"
        "def c(x): return min(t for t in x)\n"
        "def d(x): return x.index(3)\n"
        "def e(x): return x[0] if x else None\n"
        "def f(x): return max(x, default=0), next(iter(x), None), 'a b'.split()[0]\n"
        "def g(x): return sorted(x, key=lambda pair: pair[0])\n"
    )
    found = [each.function for each in taken(tmp_path / "one.py", tmp_path)]
    assert found == ["a", "b", "c", "d"]
