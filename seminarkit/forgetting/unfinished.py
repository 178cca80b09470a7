"""Stores the plan for the removal of a person, so that a killed run can be resumed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from seminarkit.core.disk.files import sync_folder, to_json, write_whole
from seminarkit.forgetting.search import PLAN
from seminarkit.forgetting.traces import Traces


@dataclass(frozen=True)
class Plan:
    """The plan for a removal: the person, the search terms, and the receipts before it."""

    person: str
    traces: Traces
    receipts: dict[str, str] = field(default_factory=dict)
    sums: bool = False  # whether aggregate files contain the person's answers


def read_plan(received: Path) -> Plan | None:
    """Return the plan of an unfinished removal, or None."""
    try:
        value = json.loads((received / PLAN).read_text("utf-8"))
    except FileNotFoundError:
        return None
    traces = {key: frozenset(words) for key, words in value["traces"].items()}
    return Plan(value["person"], Traces(**traces), value["receipts"], value["sums"])


def keep_plan(received: Path, plan: Plan) -> None:
    """Store a plan in a file that only the current user can read."""
    traces = {
        key: sorted(getattr(plan.traces, key)) for key in ("ids", "names", "addresses", "texts")
    }
    value = {
        "person": plan.person, "traces": traces, "receipts": plan.receipts, "sums": plan.sums
    }  # fmt: skip
    write_whole(received / PLAN, to_json(value), 0o600)
    sync_folder(received)


def drop_plan(received: Path) -> None:
    """Delete the stored plan when the removal is complete."""
    (received / PLAN).unlink(missing_ok=True)
    sync_folder(received)
