"""Parts of dossiers as rows of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from seminarkit.topics.countries.dossier import CountryFact


def fact_row(code: str, fact: CountryFact, last: int) -> dict[str, object]:
    """Return one fact of a dossier as a row; ``last`` is the year of the seminar."""
    sources, year = fact["sources"], fact.get("year")
    return {
        "country": code,
        "topic": fact["topic"],
        "text": fact["text"],
        "year": year,
        "sources": [str(source.get("title") or "") for source in sources],
        "source_url": next((str(s["url"]) for s in sources if s.get("url")), None),
        "after_seminar": bool(year and year > last),
    }


# JSON of a dossier, also of earlier versions
def statement_rows(dossier: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    """Yield the statements of a dossier of recap or conclusions."""
    for section in dossier.get("sections", ()):
        for point in section.get("points", ()):
            yield {"kind": section["kind"], "text": point["text"], "public": True}
        for point in (*section.get("shared", ()), *section.get("single", ())):
            lead = point["statements"][:1]
            for statement in point["statements"]:
                codes = [reference["code"] for reference in statement["references"]]
                outcomes = {outcome["id"] for outcome in dossier.get("outcomes", ())}
                yield {
                    "id": statement["id"],
                    "group": statement["group"],
                    "kind": statement["kind"],
                    "text": statement["text"],
                    "references": codes,
                    "outcomes": [code for code in codes if code in outcomes],
                    "same_as": next((s["id"] for s in lead if s is not statement), None),
                    "public": bool(statement["taken"]),
                    "draft": bool(statement["draft"]),
                }
