"""Which certifications somebody must look after, and whom they leave without (rules S6 and B8)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.domain.attention.affected import affected, coming
from bookings.domain.certifying import NAMED
from bookings.domain.schedule import latest_today
from bookings.models import Booking, SessionType
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Minute
from therapists.models import Certification, Qualification, Standing, Therapist

ONE_DAY = timedelta(days=1)


class Urgency(models.TextChoices):
    """How soon somebody must look after a certification."""

    REVOKED = "revoked", _("Revoked")
    LAPSED = "lapsed", _("Lapsed")
    UNVERIFIED = "unverified", _("Not verified yet")
    WEEK = "7", _("Lapses within 7 days")
    MONTH = "30", _("Lapses within 30 days")
    TWO_MONTHS = "60", _("Lapses within 60 days")

    @property
    def days(self) -> int | None:
        """Within how many days it ends; None for one that does not count today."""
        return int(self.value) if self.value.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Pressing:
    """A certification that somebody must look after, and the coming bookings it leaves without."""

    certification: Certification
    days_left: int | None
    bookings: list[Booking]


@dataclass(frozen=True, slots=True)
class Overview:
    """What is pressing by urgency, and how many certifications another one has replaced."""

    pressing: dict[Urgency, list[Pressing]]
    replaced: int


def overview(*, now: Minute, therapist: Therapist | None = None) -> Overview:
    """The certifications of active therapists that do not count today, or not for long.

    One that another certification of hers stands in for is only counted.
    """
    today = latest_today(now)
    rows = Certification.objects.filter(therapist__active=True).select_related(*NAMED)
    if therapist is not None:
        rows = rows.filter(therapist=therapist)
    held = list(rows.prefetch_related("proofs").order_by("therapist__name", "expires_on", "pk"))
    urgent = [(each, urgency) for each in held if (urgency := urgency_of(each, today))]
    left = [pair for pair in urgent if not _is_replaced(pair[0], held, today)]
    without = left_without([each for each, _urgency in left], held, now=now)
    found: dict[Urgency, list[Pressing]] = {urgency: [] for urgency in Urgency}
    for certification, urgency in left:
        last = certification.last_day
        days_left = (last - today).days if last is not None else None
        pressing = Pressing(certification, days_left, without[certification.pk])
        found[urgency].append(pressing)
    return Overview(found, replaced=len(urgent) - len(left))


def urgency_of(certification: Certification, today: date) -> Urgency | None:
    """How soon somebody must look after it; None for one that counts for longer."""
    match certification.standing_on(today):
        case Standing.REVOKED:
            return Urgency.REVOKED
        case Standing.LAPSED:
            return Urgency.LAPSED
        case Standing.UNVERIFIED:
            return Urgency.UNVERIFIED
    last = certification.last_day
    if last is None:
        return None
    within = (
        each for each in Urgency if each.days is not None and (last - today).days <= each.days
    )
    return next(within, None)


def left_without(
    certifications: Iterable[Certification], held: Iterable[Certification], *, now: Minute
) -> dict[int, list[Booking]]:
    """Per certification the coming bookings that break S6 on their date since it does not count.

    `held` are all that the therapists hold: another one may stand in.
    """
    wanted, held = list(certifications), list(held)
    therapists = {each.therapist_id for each in wanted}
    found = affected(coming(now).filter(therapist__in=therapists), now=now)
    broken = [each.booking for each in found if Rule.CERTIFIED in each.rules]
    required = _required({booking.session_type_id for booking in broken})
    return {
        certification.pk: [
            booking
            for booking in broken
            if booking.therapist_id == certification.therapist_id
            and any(
                certification.qualification.covers(qualification)
                and not _proves(held, booking, qualification)
                for qualification in required[booking.session_type_id]
            )
        ]
        for certification in wanted
    }


def _required(session_types: Collection[int]) -> dict[int, list[Qualification]]:
    rows = SessionType.objects.filter(pk__in=session_types)
    rows = rows.prefetch_related("requires_qualifications")
    return {row.pk: list(row.requires_qualifications.all()) for row in rows}


def _proves(held: Iterable[Certification], booking: Booking, qualification: Qualification) -> bool:
    return any(
        each.therapist_id == booking.therapist_id
        and each.qualification.covers(qualification)
        and each.standing_on(booking.date) == Standing.VALID
        for each in held
    )


def _is_replaced(certification: Certification, held: Iterable[Certification], today: date) -> bool:
    """Whether another one counts when this one does not: today, or on the day after its last.

    One that nobody has looked at yet is never replaced: it may be the newer one.
    """
    standing, last = certification.standing_on(today), certification.last_day
    if standing == Standing.UNVERIFIED:
        return False
    counts = standing in (Standing.VALID, Standing.NOT_YET)
    day = last + ONE_DAY if counts and last is not None else today
    return any(
        each.pk != certification.pk
        and each.therapist_id == certification.therapist_id
        and each.qualification.covers(certification.qualification)
        and each.standing_on(day) == Standing.VALID
        for each in held
    )
