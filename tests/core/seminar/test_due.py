"""Does a deadline have a time of day, in the seminar's own zone?"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from click.testing import CliRunner
from shared import log_of

from seminarkit.cli.main import seminar as group
from seminarkit.core.errors import FileError
from seminarkit.core.seminar.clock import day_of, deadline_words, moment_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.values import due_moment


def test_a_day_ends_at_its_last_minute() -> None:
    """P14: as before, and with a time of day from text or from YAML's own times."""
    assert due_moment(date(2020, 11, 20)) == datetime(2020, 11, 20, 23, 59)
    assert due_moment("2020-11-20") == datetime(2020, 11, 20, 23, 59)
    assert due_moment("2020-11-27 13:45") == datetime(2020, 11, 27, 13, 45)
    assert due_moment("2020-11-27T9:05") == datetime(2020, 11, 27, 9, 5)


@pytest.mark.parametrize(
    "wrong", ["2020-11-31", "27.11.2020", "2020-11-27 25:00", "2020-11-27T13:45Z", "", 20201127]
)
def test_what_is_no_day_is_told_with_how_to_write_it(wrong: object) -> None:
    """O01."""
    with pytest.raises(ValueError, match="is not a date; write it as"):
        due_moment(wrong)


def test_notes_of_groups_are_due_before_the_conclusions(kit: SeminarFolder) -> None:
    """P14: the sheet says 13:45, and a country's own clock where that is another."""
    task = kit.seminar.task("group_notes", "d2-group-1")
    assert deadline_words(kit.seminar, task, "GE") == (
        "Friday 27 November 2020, 13:45 in Brussels (16:45 in Tbilisi)"
    )
    late = kit.seminar.deadline(task)
    assert (late.hour, late.minute, str(late.tzinfo)) == (13, 46, "Europe/Brussels")


def test_a_wrong_deadline_names_file_and_line(folder: SeminarFolder) -> None:
    """O01."""
    path = folder.root / "seminar.yml"
    text = path.read_text("utf-8").replace("due: 2020-11-27 13:45", "due: 2020-11-27 13.45")
    path.write_text(text, "utf-8")
    line = text[: text.index("13.45")].count("\n") + 1
    with pytest.raises(FileError, match="write it as 2020-11-24") as caught:
        _ = SeminarFolder(folder.root).seminar
    assert f"{line}" in str(caught.value)


def test_a_country_gets_time_until_an_hour(folder: SeminarFolder) -> None:
    """O29: the decision holds the hour, and the next form says it."""
    words = ["--folder", str(folder.root), "extend", "GE", "group_notes", "2020-11-27 13:50"]
    result = CliRunner().invoke(group, words)
    assert result.exit_code == 0 and "13:50 in Brussels" in result.output
    seminar = SeminarFolder(folder.root).seminar
    assert seminar.due(seminar.task("group_notes", "x"), "GE").hour == 13
    assert log_of(folder.root, "decisions").read_text().count("13:50") == 1


def test_moments_of_a_log_are_shown_by_the_seminars_clocks(kit: SeminarFolder) -> None:
    """P14: winter and summer; the day turns with them."""
    assert moment_words(kit.seminar, "2020-11-26T23:30:00Z") == "2020-11-27 00:30"
    assert moment_words(kit.seminar, "2020-07-26T11:30:00Z") == "2020-07-26 13:30"
    assert moment_words(kit.seminar, "") == ""
    assert day_of(kit.seminar, "2020-11-26T23:30:00Z") == date(2020, 11, 27)
