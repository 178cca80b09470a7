"""JSON Schemas of the dossiers, derived from their types and written for other programs.

Only the process that makes dossiers imports this module; report processes do not need it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from seminarkit.core.disk.files import to_json, write_whole
from seminarkit.core.package_hash import package_hash
from seminarkit.core.submissions.dossier_parts import SCHEMAS
from seminarkit.topics.briefs.dossier import BriefDossier
from seminarkit.topics.cases.dossier import CasesDossier
from seminarkit.topics.conclusions.dossier import (
    ConclusionsDossier,
    PublicSummaryDossier,
    SummaryDossier,
)
from seminarkit.topics.countries.dossier import ComparisonDossier, CountryDossier, OverviewDossier
from seminarkit.topics.questions.dossier import PublicQuestionsDossier, QuestionsDossier
from seminarkit.topics.survey.dossier import TotalsDossier

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_KINDS: Mapping[str, type] = {
    "brief": BriefDossier,
    "cases": CasesDossier,
    "comparison": ComparisonDossier,
    "conclusions": ConclusionsDossier,
    "conclusions-public": PublicSummaryDossier,
    "country": CountryDossier,
    "day_recap": SummaryDossier,
    "day_recap-public": PublicSummaryDossier,
    "overview": OverviewDossier,
    "questions": QuestionsDossier,
    "questions-public": PublicQuestionsDossier,
    "totals": TotalsDossier,
}


def kind_of_dossier(subject: str, audience: str) -> str:
    """Return the name of a dossier's schema, from the dossier's ``subject`` and ``audience``."""
    kind = "totals" if subject == "survey" else subject.partition("-")[0]
    with_audience = f"{kind}-{audience}"
    return with_audience if with_audience in _KINDS else kind


@cache
def schema_of(kind: str) -> dict[str, object]:
    """Return the JSON Schema of a kind of dossier; it allows no additional keys."""
    schema = TypeAdapter[object](_KINDS[kind]).json_schema()
    for definition in (schema, *schema.get("$defs", {}).values()):
        definition["additionalProperties"] = False
    return {"$schema": _DRAFT, **schema}


def write_schemas(dossiers: Path) -> None:
    """Write the schema of every kind of dossier, unless this version of the kit wrote it before."""
    stamp = f"made by the package with the hash {package_hash()}"
    for kind in _KINDS:
        path = dossiers / SCHEMAS / f"{kind}.json"
        if not path.is_file() or stamp.encode() not in path.read_bytes():
            write_whole(path, to_json({**schema_of(kind), "$comment": stamp}))
