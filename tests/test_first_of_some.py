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
        "analyse/across_issues.py protected_across",
        "analyse/nominations.py _changes",
        "analyse/protection.py _index",
        "analyse/to_organisers.py _refusals",
        "analyse/worlds.py span",
        "collect/collecting.py _is_behind",
        "collect/headings.py read_notes",
        "collect/indexing.py read_new",
        "collect/mail_text.py lines_of",
        "collect/outcome_changes.py counted_before",
        "collect/outlook_mail.py _long_name",
        "collect/outlook_mail.py _text",
        "collect/own_words.py _between",
        "collect/own_words.py own_words",
        "collect/symbolfonts.py bullet",
        "collect/uuencoded.py uuencoded_parts",
        "collect/wordnumbers.py _shown",
        "collect/zip_archives.py entry_name",
        "discuss/marks.py matters",
        "discuss/seating.py _bounds",
        "discuss/seating.py fill_kinds",
        "discuss/seating.py repair",
        "discuss/seating_model.py _broken",
        "discuss/seating_model.py _composition",
        "discuss/seating_process.py listen",
        "discuss/speaking.py in_turns",
        "discuss/summaries.py _seen",
        "fonts/__init__.py _spans",
        "prepare/guides.py guide_title",
        "prepare/library.py readings_page",
        "publish/withheld.py link",
        "report/batch.py run_batch",
        "core/documents/canvas.py line_width",
        "store/descent.py _before_in_window",
        "store/index.py last_arrival",
        "store/index.py meta",
        "team/order.py _take",
        "team/order.py after_of",
        "yamlfile.py line",
    ),
    "the whole of a match": (
        "analyse/telling.py _numbers",
        "analyse/telling.py tells",
        "collect/chat_attached.py _files_in",
        "collect/code_signs.py plain",
        "collect/contacts.py _has_telephone",
        "collect/guessing.py _sample",
        "collect/mailboxes.py _of_apple",
        "collect/office_text.py _rtf_sign",
        "forgetting/traces.py _blacked",
        "forgetting/views.py _embedded",
        "yamlsigns.py odd_indents",
    ),
    "a seminar has a session, a country and a task for each form (seminar/model.py, seminar/reading.py)": (
        "analyse/briefs.py _common",
        "analyse/country.py country_dossier",
        "analyse/group_slices.py group_slices",
        "analyse/issuing.py deadline_of",
        "analyse/totals.py _all_totals",
        "publish/site.py index_page",
        "seminar/dates.py _deadline",
        "seminar/reading.py day",
    ),
    "it is one of those that are looked through": (
        "analyse/brief_running.py running",
        "analyse/conclusions.py _statement",
        "analyse/protection.py _kept",
        "analyse/protection.py _loss",
        "analyse/protection.py _next",
        "cli/prepare.py done",
        "collect/guessing.py _guesses",
        "discuss/agenda.py handed_over",
        "discuss/differences.py _differs",
        "discuss/groups.py _cases_before",
        "discuss/leads.py _pool",
        "discuss/summaries.py _with_ids_apart",
        "discuss/summaries.py sheets",
        "prepare/tasks.py tasks_page",
        "core/documents/canvas.py _handle_long_word",
        "seminar/seat_references.py _without_groups",
        "store/versions.py place",
    ),
    "a name, a title or a sentence, which is never blank (seminar/values.py Words)": (
        "analyse/attribution.py _countries",
        "cli/nominated.py question_words",
        "collect/judge.py judge_reply",
        "collect/payload.py _answers",
        "discuss/statements.py _mark",
        "forgetting/traces.py _letter",
        "prepare/tasks.py _with_whom",
        "publish/passages.py __init__",
        "publish/programme.py duties",
        "seminar/read_by.py _sentences",
    ),
    "some that belong together: there is a group of them only with one in it": (
        "cli/conflict_lines.py _conflict",
        "cli/conflict_lines.py tell_conflicts",
        "collect/notebook.py _newest",
        "discuss/marks.py _standing",
        "discuss/marks.py lead",
        "discuss/marks.py matters_and_lost",
        "discuss/points.py lead",
        "discuss/seating.py _part",
        "discuss/seating.py share_out",
        "discuss/seating_model.py _something_new",
        "discuss/speech.py _dearness",
        "lab/start_page.py _several",
        "prepare/packs.py _readme",
        "prepare/tasks.py _item",
        "publish/organisers.py _listed",
        "publish/programme.py clocks",
        "report/compare.py _link",
        "report/survey_charts.py side_by_side",
        "seminar/counted.py _waiting",
        "seminar/undoing.py holds_now",
        "serve/desk.py person",
    ),
    "the function has just made it, with one in it at least": (
        "analyse/comparison.py _closed",
        "forms/outline.py readable_fields",
        "analyse/nominees.py identify",
        "analyse/protection.py __init__",
        "analyse/tables.py bare",
        "collect/strict_json.py as_object",
        "collect/wordticks.py _lines",
        "discuss/seating.py _take",
        "forgetting/traces.py _patterns",
        "forms/versions.py version_id",
        "report/country_charts.py _matrix",
        "report/dossier.py _seminar_of",
        "report/survey_charts.py answered",
        "store/descent.py _time",
        "store/versions.py judge_versions",
    ),
    "what calls it, or an earlier line, has looked for some": (
        "analyse/same_name.py is_near_name",
        "cli/nominate.py _taken_back",
        "collect/endings.py _is_name",
        "collect/endings.py _signed_below",
        "collect/mail_html.py _break",
        "collect/mail_html.py _end_line",
        "collect/mail_html.py _open_element",
        "collect/mail_html.py _quote",
        "collect/mail_html.py words",
        "collect/mail_text.py unflowed",
        "collect/signed.py whose_notes",
        "discuss/seating_sketch.py _round_sketch",
        "discuss/solver.py solve",
        "fonts/__init__.py _runs",
        "lab/place.py pack_in_folder",
        "lab/saving.py before_save",
        "prepare/reminders.py _reminder",
        "publish/site.py frame",
        "core/documents/bars.py _room",
        "report/country_charts.py _years",
        "report/cluster.py _check_workers",
        "report/form_view.py _question",
        "report/question_view.py row_table",
        "seminar/read_by.py _listed",
        "store/versions.py choose",
        "team/order.py in_order",
        "team/teamlog.py append",
        "team/teamlog.py changed",
        "team/teamlog.py ends",
        "yamlfile.py _example",
    ),
    "fixed by the program or a library, not by a file": (
        "collect/guessing.py _misplaced_signs",
        "discuss/proofs.py",
        "fonts/__init__.py _fonts",
        "forms/expressions.py evaluate",
        "publish/secrets.py _dossiers",
        "core/documents/slidelook.py _set_placeholder",
        "core/documents/slidelook.py dress",
        "core/documents/slidefit.py cut_title",
        "core/documents/slidefile.py _place_table",
        "core/documents/slidefile.py _write",
        "core/documents/slidefile.py _write_title",
        "core/documents/slidefile.py write_slides",
        "report/messages.py deserialize",
        "report/messages.py next_size",
        "report/messages.py recv",
        "seminar/finding.py nearest_seminar",
        "wordfile.py __init__",
        "wordfile.py _template",
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
