"""Who works at the studio: what they hold and when they are there."""

from datetime import date, datetime

from django.contrib.auth.models import User

from studio.premises.fields import parse_day_minute
from studio.premises.models import Location
from therapists.models import Certification, ExtraShift, Qualification, Shift, Therapist, TimeOff


def make_user(*, username: str = "reception") -> User:
    """A staff account without a password."""
    return User.objects.create_user(username=username, is_staff=True)


def make_therapist(
    *,
    slug: str | None = None,
    max_barefoot_minutes_per_day: int | None = None,
    active: bool = True,
) -> Therapist:
    """A therapist who holds nothing and works nowhere yet."""
    slug = slug or f"therapist-{Therapist.objects.count() + 1}"
    return Therapist.objects.create(
        slug=slug,
        name=slug.title(),
        max_barefoot_minutes_per_day=max_barefoot_minutes_per_day,
        active=active,
    )


def make_qualification(
    *, slug: str = "massage-licence", style: str = "", level: int | None = None
) -> Qualification:
    """A licence, or with style and level a training."""
    return Qualification.objects.create(slug=slug, name=slug.title(), style=style, level=level)


def make_certification(
    *,
    therapist: Therapist,
    qualification: Qualification,
    number: str = "1",
    issued_on: date = date(2020, 1, 1),
    expires_on: date | None = None,
    verified_on: date | None = date(2020, 1, 2),
    revoked_on: date | None = None,
) -> Certification:
    """A proof that holds, unless dates say otherwise."""
    return Certification.objects.create(
        therapist=therapist,
        qualification=qualification,
        issuing_body="State Board",
        number=number,
        issued_on=issued_on,
        expires_on=expires_on,
        verified_on=verified_on,
        revoked_on=revoked_on,
    )


def make_shift(
    *,
    therapist: Therapist,
    location: Location,
    weekday: int = 0,
    time_from: str = "09:00",
    time_until: str = "17:00",
    first: date | None = None,
    last: date | None = None,
) -> Shift:
    """Working time of every week; weekday 0 is Monday."""
    return Shift.objects.create(
        therapist=therapist,
        location=location,
        weekday=weekday,
        time_from=parse_day_minute(time_from),
        time_until=parse_day_minute(time_until),
        first=first,
        last=last,
    )


def make_extra_shift(
    *, therapist: Therapist, location: Location, wall_from: str, wall_until: str
) -> ExtraShift:
    """Working time of one day."""
    return ExtraShift.objects.create(
        therapist=therapist,
        location=location,
        wall_from=datetime.fromisoformat(wall_from),
        wall_until=datetime.fromisoformat(wall_until),
    )


def make_time_off(
    *,
    therapist: Therapist,
    location: Location,
    wall_from: str,
    wall_until: str,
    barefoot_only: bool = False,
) -> TimeOff:
    """When a therapist does not work, or not barefoot."""
    return TimeOff.objects.create(
        therapist=therapist,
        location=location,
        wall_from=datetime.fromisoformat(wall_from),
        wall_until=datetime.fromisoformat(wall_until),
        barefoot_only=barefoot_only,
    )
