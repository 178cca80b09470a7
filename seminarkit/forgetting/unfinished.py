"""What is being forgotten, kept until it is done: a run that was killed is taken up again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from seminarkit.core.disk.files import sync_folder, to_json, write_whole
from seminarkit.forgetting.search import PLAN
from seminarkit.forgetting.traces import Traces


@dataclass(frozen=True)
class Plan:
    """Who is being forgotten, all their traces, and the receipts as they were before."""

    person: str
    traces: Traces
    receipts: dict[str, str] = field(default_factory=dict)
    sums: bool = False  # whether what is made of everybody's answers holds theirs


def read_plan(received: Path) -> Plan | None:
    """Return what a killed run was about to forget, if there was one."""
    try:
        value = json.loads((received / PLAN).read_text("utf-8"))
    except FileNotFoundError:
        return None
    traces = {key: frozenset(words) for key, words in value["traces"].items()}
    return Plan(value["person"], Traces(**traces), value["receipts"], value["sums"])


def keep_plan(received: Path, plan: Plan) -> None:
    """Keep a plan on the disk, for its owner's eyes alone."""
    traces = {
        key: sorted(getattr(plan.traces, key)) for key in ("ids", "names", "addresses", "texts")
    }
    value = {
        "person": plan.person, "traces": traces, "receipts": plan.receipts, "sums": plan.sums
    }  # fmt: skip
    write_whole(received / PLAN, to_json(value), 0o600)
    sync_folder(received)


def drop_plan(received: Path) -> None:
    """Say that it is done."""
    (received / PLAN).unlink(missing_ok=True)
    sync_folder(received)
