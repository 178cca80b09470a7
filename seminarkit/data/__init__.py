"""Everything collected, as tidy pandas DataFrames: ``from seminarkit import data``.

    data.answers("obstacle", missing="keep")     the answer of every country
    data.rows("country_report.examples")         the rows of a list
    data.compare()                               the closed questions, by country
    data.survey("interest", by="region")         totals, as they are published
    data.dictionary()                            every question, and who may read its answers

Each function calls the method of the same name on ``read()``, which shows what core participants
may read. For other readers, use ``data.read(audience="organisers")`` or
``data.read(audience="public")``. In a report, every table comes from the report's dossier.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Concatenate, ParamSpec, TypeVar

from seminarkit.data.accessor import SeminarTable
from seminarkit.data.lookup_errors import (
    AmbiguousQuestion,
    AudienceError,
    NotCollected,
    UnknownCountry,
    UnknownQuestion,
)
from seminarkit.data.material import Material
from seminarkit.data.open_data import default, read, read_file

__all__ = [
    "AmbiguousQuestion",
    "AudienceError",
    "Material",
    "NotCollected",
    "SeminarTable",
    "UnknownCountry",
    "UnknownQuestion",
    "answers",
    "compare",
    "countries",
    "decisions",
    "dictionary",
    "facts",
    "form",
    "groups",
    "people",
    "questions",
    "read",
    "read_file",
    "reports",
    "rows",
    "search",
    "sessions",
    "statements",
    "status",
    "submissions",
    "survey",
    "to_csv",
    "to_excel",
]

_P = ParamSpec("_P")
_T = TypeVar("_T")


def _of_default(method: Callable[Concatenate[Material, _P], _T]) -> Callable[_P, _T]:
    """Return a method of ``Material`` as a function that uses ``read()``."""

    @wraps(method)
    def function(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        return method(default(), *args, **kwargs)

    full = signature(method)
    own = [p for p in full.parameters.values() if p.name != "self"]
    function.__dict__["__signature__"] = full.replace(parameters=own)
    return function


countries = _of_default(Material.countries)
people = _of_default(Material.people)
sessions = _of_default(Material.sessions)
groups = _of_default(Material.groups)
dictionary = _of_default(Material.dictionary)
submissions = _of_default(Material.submissions)
answers = _of_default(Material.answers)
rows = _of_default(Material.rows)
form = _of_default(Material.form)
compare = _of_default(Material.compare)
status = _of_default(Material.status)
survey = _of_default(Material.survey)
questions = _of_default(Material.questions)
statements = _of_default(Material.statements)
facts = _of_default(Material.facts)
decisions = _of_default(Material.decisions)
reports = _of_default(Material.reports)
search = _of_default(Material.search)
to_excel = _of_default(Material.to_excel)
to_csv = _of_default(Material.to_csv)
