"""Who gives sessions: what they can prove, and when they work."""

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo

from studio.studio_file.schema.table import Table, expected
from studio.studio_file.schema.times import (
    ClockEnd,
    ClockTime,
    Day,
    WallTime,
    WallUntil,
    Weekdays,
    WorkingDay,
    not_before,
)
from studio.studio_file.schema.values import (
    CertificateNumber,
    Flag,
    Languages,
    Level,
    Minutes,
    Name,
    Pronouns,
    Slug,
    Slugs,
    Style,
    Text,
)


def _goes_with_a_style(level: int | None, info: ValidationInfo) -> int | None:
    style = info.data.get("style")
    if style is None:
        return level
    if style and level is None:
        raise expected(f'a level: 1, 2, 3 or more, as the style is "{style}"')
    if not style and level is not None:
        raise expected("nothing, as only a style has levels")
    return level


class Qualification(Table):
    """A thing a therapist can hold; without a style it is a licence or an insurance."""

    slug: Slug
    name: Name
    style: Style = ""
    level: Annotated[Level | None, AfterValidator(_goes_with_a_style)] = Field(
        default=None, validate_default=True
    )


class Certification(Table):
    """One therapist's proof of one qualification; it counts once it is verified."""

    qualification: Slug
    issuing_body: Name
    number: CertificateNumber
    issued_on: Day
    expires_on: Annotated[Day, not_before("issued_on")] | None = None
    verified_on: Day | None = None
    revoked_on: Annotated[Day, not_before("issued_on")] | None = None


def _has_length(until: str, info: ValidationInfo) -> str:
    # Earlier than `from` means the next day (rule T4); equal could be nothing or a whole day.
    if until == info.data.get("from_"):
        raise expected(f'another time than from, "{until}"')
    return until


class Shift(Table):
    """Working time of every week, on the location's wall clock (rule T4)."""

    location: Slug
    days: Weekdays
    from_: ClockTime = Field(validation_alias="from", serialization_alias="from")
    until: Annotated[ClockEnd, AfterValidator(_has_length)]
    first: WorkingDay | None = None
    last: Annotated[WorkingDay, not_before("first")] | None = None


class ExtraShift(Table):
    """Working time of one day, beside the weekly shifts."""

    location: Slug
    from_: WallTime = Field(validation_alias="from", serialization_alias="from")
    until: WallUntil


class TimeOff(Table):
    """When a therapist does not work, or not barefoot; `location` says whose wall clock."""

    from_: WallTime = Field(validation_alias="from", serialization_alias="from")
    until: WallUntil
    location: Slug | None = None
    barefoot_only: Flag = False


class Therapist(Table):
    """A person who gives sessions."""

    slug: Slug
    name: Name
    pronouns: Pronouns = ""
    bio: Text = ""
    languages: Languages = Field(default_factory=list)
    session_types: Slugs
    max_barefoot_minutes_per_day: Minutes | None = None
    active: Flag = True
    certifications: list[Certification] = Field(default_factory=list)
    shifts: list[Shift] = Field(default_factory=list)
    extra_shifts: list[ExtraShift] = Field(default_factory=list)
    time_off: list[TimeOff] = Field(default_factory=list)
