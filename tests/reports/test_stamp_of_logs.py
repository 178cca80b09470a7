"""Does a run of the reports see what was decided or came, here or on another copy?"""

from __future__ import annotations

from two_copies import copy_of, meet

from seminarkit.core.seminar.delegation_decisions import Extended
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.up_to_date import of_reports


def test_each_decision_is_an_input_wherever_it_was_made(folder: SeminarFolder) -> None:
    """O19 W04: else reports would say that nothing has changed."""
    other = copy_of(folder, "other")
    seen = [of_reports(folder).inputs()]
    for place, code in ((folder, "GE"), (other, "AM"), (folder, "AL")):
        place.decisions.add([Extended(code, "questions", "2020-11-24", at="2020-11-20T08:00:00Z")])
        meet(folder, other)
        seen.append(of_reports(folder).inputs())
    assert len(set(seen)) == len(seen)
