"""Who verified and revoked certifications, and their proofs (rule S6)."""

from collections.abc import Collection
from copy import copy
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from bookings.domain.attention.affected import note_change
from bookings.domain.attention.judging import Affected
from bookings.domain.callers import Caller
from bookings.domain.schedule import changing_schedule, latest_today
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.uploads import checked_kind
from therapists.models import Certification, Proof

NAMED = ("therapist", "qualification", "verified_by", "revoked_by")


def check_verified_on(day: date | None, *, now: Minute) -> None:
    """Raise ValidationError for a day that lies ahead everywhere: nobody can have looked yet."""
    if day is not None and day > latest_today(now):
        raise ValidationError(_("This day lies ahead. Give the day on which it was looked at."))


def sign(certification: Certification, changed: Collection[str], *, by: User | None) -> None:
    """Write down who says so beside the dates that were changed; it is not saved yet."""
    if "verified_on" in changed:
        certification.verified_by = by if certification.verified_on else None
    if "revoked_on" in changed:
        certification.revoked_by = by if certification.revoked_on else None


def verify(
    certification: Certification, day: date | None, *, caller: Caller, now: Minute
) -> list[Affected]:
    """Say that its proof was looked at on a day, or (None) that it was not after all.

    Gives the coming bookings that it can decide about and that break a rule (B8). Raises
    ValidationError for a day that lies ahead.
    """
    check_verified_on(day, now=now)
    return _set(certification, "verified_on", day, caller=caller, now=now)


def revoke(
    certification: Certification, day: date | None, *, caller: Caller, now: Minute
) -> list[Affected]:
    """Say that it does not count from a day on, or (None) that it does after all.

    Gives what `verify` gives. Raises ValidationError for a day before it was issued.
    """
    if day is not None and day < certification.issued_on:
        raise ValidationError(_("It was issued later than that."))
    return _set(certification, "revoked_on", day, caller=caller, now=now)


def _set(
    certification: Certification, name: str, day: date | None, *, caller: Caller, now: Minute
) -> list[Affected]:
    with changing_schedule() as change:
        row = Certification.objects.select_related(*NAMED).get(pk=certification.pk)
        if getattr(row, name) == day:
            return []
        before = copy(row)
        setattr(row, name, day)
        sign(row, [name], by=caller.user)
        row.save(update_fields=[name, name.replace("_on", "_by")])
        change.touches(row, now=now)
        return note_change([row], ended=[before], by=caller, now=now)


def attach(
    certification: Certification, file: "File[Any]", *, caller: Caller, now: Minute
) -> Proof:
    """Keep an uploaded proof. Those before it stay, and can still be looked at.

    Raises ValidationError for a file that is too large or of no kind that is taken.
    """
    proof = Proof(
        certification=certification,
        kind=checked_kind(file),
        size_bytes=file.size,
        uploaded_at=to_instant(now),
        uploaded_by=caller.user,
    )
    proof.file.save("", file, save=False)
    try:
        with transaction.atomic():
            proof.save()
    except DatabaseError:
        proof.file.delete(save=False)
        raise
    return proof
