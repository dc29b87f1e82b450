"""Change a booking of a series together with all that follow it: all of them, or none."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bookings.domain.callers import Caller
from bookings.domain.cancelling import cancel, undo
from bookings.domain.moving import check_where_seen, move
from bookings.domain.placing import fresh
from bookings.domain.reach import locations_of
from bookings.domain.requests import NO_OVERRIDE, Change, Override, Seen
from bookings.domain.series.members import cancelled_with, following
from bookings.errors import RuleRefused, SeriesUnavailable, SlotUnavailable
from bookings.models import Booking
from bookings.scheduling.hours import local_date, to_minute
from bookings.scheduling.series import shifted
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out, lock_locations
from therapists.models import Therapist


def moves_of(booking: Booking, starts_at: Minute) -> list[tuple[Booking, Minute]]:
    """It and all that follow, each with the start it gets when this one moves to `starts_at`."""
    group = following(booking)
    starts = [to_minute(each.starts_at) for each in group]
    zone = booking.location.timezone
    return list(zip(group, shifted(zone, starts, starts[0], starts_at), strict=True))


def cancel_following(
    booking: Booking, *, caller: Caller, now: Minute, reason: str = ""
) -> list[Booking]:
    """Cancel it and all that follow; each that is past its own deadline is marked late (B6).

    Twice is harmless. Raises as `cancel` does, and then nothing is cancelled.
    """

    def work() -> list[Booking]:
        lock_series(booking)
        return [
            cancel(each, caller=caller, now=now, reason=reason)
            for each in following(fresh(booking))
        ]

    return carry_out(work)


def undo_following(booking: Booking, *, caller: Caller, now: Minute) -> list[Booking]:
    """Take back what was cancelled together with it, in the same minute; all of it, or nothing.

    Raises SeriesUnavailable, else as `undo` does.
    """

    def work() -> list[Booking]:
        lock_series(booking)
        return [undo(each, caller=caller, now=now) for each in cancelled_with(fresh(booking))]

    try:
        return carry_out(work)
    except SlotUnavailable as refused:
        words = _("Not all of them could be restored: a time has been taken since.")
        raise SeriesUnavailable(words, offer=refused.offer, timezone=refused.timezone) from refused


def move_following(
    booking: Booking,
    starts_at: Minute,
    *,
    therapist: Therapist | None = None,
    caller: Caller,
    now: Minute,
    override: Override = NO_OVERRIDE,
    seen: Seen | None = None,
) -> list[Booking]:
    """Move it to a start, and all that follow as far on the wall clock; ascending.

    Their own times count as free for one another. Each keeps its therapist unless one is named.
    Raises SeriesUnavailable (RuleRefused for staff), with the date that cannot be, else as `move`
    does; then everything is as it was.
    """

    def work() -> list[Booking]:
        lock_series(booking, also=[therapist] if therapist else [])
        first = fresh(booking)
        check_where_seen(first, seen)
        moves = moves_of(first, starts_at)
        is_earlier = starts_at <= to_minute(first.starts_at)
        # Whoever goes first makes room for the next: the last one when they go ahead in time.
        moved = [
            _moved(each, Change(start, therapist), caller=caller, now=now, override=override)
            for each, start in (moves if is_earlier else reversed(moves))
        ]
        return sorted(moved, key=lambda each: each.starts_at)

    return carry_out(work)


def _moved(
    booking: Booking, change: Change, *, caller: Caller, now: Minute, override: Override
) -> Booking:
    """Move one of them; a refusal says of which date it is."""
    assert change.starts_at is not None  # every one of them has a start
    day = date_format(local_date(booking.location.timezone, change.starts_at))
    try:
        return move(booking, change, caller=caller, now=now, override=override)
    except SlotUnavailable as refused:
        words = _("Nothing was moved: on %(date)s this time is not free.") % {"date": day}
        raise SeriesUnavailable(words, offer=refused.offer, timezone=refused.timezone) from refused
    except RuleRefused as refused:
        words = _("Nothing was moved. %(date)s: %(reason)s")
        raise RuleRefused(
            refused.rule,
            overridable=refused.overridable,
            message=words % {"date": day, "reason": refused.message},
        ) from refused


def lock_series(booking: Booking, also: Iterable[Therapist] = ()) -> None:
    """Lock at once, in order, all that changes of a series lock one by one; call it first."""
    group = Booking.objects.filter(series=booking.series_id) if booking.series_id else ()
    rows = [booking, *group]
    therapists = {each.therapist_id for each in rows} | {each.pk for each in also}
    lock_locations(locations_of(therapists) | {each.location_id for each in rows})
