"""The value types of seminar.yml: ids, dates, times of day, time zones."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from seminarkit.core.errors import did_you_mean

Access = Literal["public", "core"]
# the default profiles: whom a core participant speaks for
PROFILES = {
    "policy": "Policy",
    "institution": "Institution",
    "quality assurance": "Quality assurance",
    "neo": "NEO",
}


def _clock(value: Any) -> Any:
    text = str(value)
    if not re.fullmatch(r"\d{1,2}:\d{2}", text):
        raise ValueError(f"'{text}' is not a time of day; write it as 09:45.")
    hour, minute = (int(part) for part in text.split(":"))
    if hour > 23 or minute > 59:
        raise ValueError(f"'{text}' is not a time of day; the latest is 23:59.")
    return time(hour, minute)


Moment = TypeVar("Moment", bound=date)


def is_id_of_delegation(text: str) -> bool:
    """True if a text is the id of a core participant or contact: ``GE-2``, ``GE-NEO``."""
    return bool(_DELEGATION_ID.fullmatch(text))


def _with_plausible_year(value: Moment) -> Moment:
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise ValueError(
            f"the year of '{value.isoformat()[:10]}' is not between {_FIRST_YEAR} and "
            f"{_LAST_YEAR}; write the date as 2020-11-26."
        )
    return value


def due_moment(value: Any) -> datetime:
    """Return the due date and time in the seminar's zone. A day without a time ends at 23:59.

    Raises ValueError for an invalid day, and for a time with its own time zone.
    """
    if isinstance(value, datetime) and value.tzinfo is None:
        return _with_plausible_year(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(_with_plausible_year(value), END_OF_DAY)
    parts = _DUE.fullmatch(str(value).strip())
    try:
        if not parts:
            raise ValueError
        clock = _clock(parts[2]) if parts[2] else END_OF_DAY
        moment = datetime.combine(date.fromisoformat(parts[1]), clock)
    except ValueError:
        raise ValueError(
            f"'{value}' is not a date; write it as 2020-11-24, or with a time of day in the "
            "seminar's own zone as 2020-11-24 13:45."
        ) from None
    return _with_plausible_year(moment)


def _zone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError):
        hint = did_you_mean(value, available_timezones())
        raise ValueError(
            f"'{value}' is not a time zone; write one such as Europe/Brussels.{hint}"
        ) from None


END_OF_DAY = time(23, 59)
_DELEGATION_ID = re.compile(r"[A-Z]{2}-([0-9]{1,2}|NEO)", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1990, 2199
_DUE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]+(\d{1,2}:\d\d)(?::00)?)?", re.ASCII)

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,60}$")]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
PersonId = Annotated[str, Field(pattern=r"^[A-Z]{2}-[0-9]{1,2}$")]
Clock = Annotated[time, BeforeValidator(_clock)]
Day = Annotated[date, AfterValidator(_with_plausible_year)]
Due = Annotated[datetime, BeforeValidator(due_moment)]
Zone = Annotated[str, AfterValidator(_zone)]
Profile = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9 -]{0,60}$")]
Words = Annotated[str, Field(min_length=1)]  # a name or title: it is printed, so never blank


class Strict(BaseModel):
    """A section of seminar.yml. Unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
