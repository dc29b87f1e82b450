"""How many slots may be held without being booked, and by which browser (rule B3)."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from bookings.domain.callers import Caller
from bookings.domain.events import record
from bookings.domain.placing import announce, fresh
from bookings.domain.reach import locations_of
from bookings.enums import EventKind, Status
from bookings.errors import TooManyHolds, WrongState
from bookings.models import Booking
from bookings.models.booking_queryset import BookingQuerySet
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out, lock_locations, lock_names

MAX_HOLDS_PER_ADDRESS = 5
NOT_HELD = _("This time is not held any more. Please choose one again.")


def lock_holder(caller: Caller) -> None:
    """Let one browser session, and one address, hold one thing after the other.

    Their limits span locations, so the locks of those do not protect them. Call it first.
    """
    lock_names(key for key in (caller.address_key, caller.browser_key) if key)


def lock_browser(caller: Caller) -> None:
    """The same for who holds nothing, and may give back what this browser session holds."""
    lock_names([caller.browser_key] if caller.browser_key else [])


def release_earlier_hold(caller: Caller, *, now: Minute, keeping: Collection[Booking] = ()) -> None:
    """Give back what this browser session held before: it holds one time, for one or for two."""
    if not caller.browser_key:
        return
    earlier = _standing_holds(now).filter(browser_key=caller.browser_key)
    for booking in earlier.exclude(pk__in=[each.pk for each in keeping]):
        booking.status = Status.CANCELLED
        booking.cancelled_at = to_instant(now)
        booking.expires_at = None
        booking.save(update_fields=["status", "cancelled_at", "expires_at"])
        record(booking, EventKind.CANCELLED, by=caller, at=now, from_status=Status.HELD)
        announce(booking)


def take_over(booking: Booking, *, caller: Caller, now: Minute) -> Booking:
    """Make a hold the caller's browser session's own, whoever made it and through which door.

    Of a pair both holds change hands. What the session held before is given back; the hold keeps
    its time limit, and counts as made through the caller's door. Call it for who has shown the
    booking's token. Twice is harmless. Raises WrongState for what is not held any more.
    """

    def work() -> Booking:
        lock_holder(caller)
        own = [booking, *Booking.objects.filter(pair=booking.pair_id, pair__isnull=False)]
        places = locations_of(each.therapist_id for each in own) | {booking.location_id}
        lock_locations(places | held_locations(caller, now=now))
        held = fresh(booking)
        if held.status != Status.HELD or held.has_lapsed(to_instant(now)):
            raise WrongState(NOT_HELD)
        if held.is_offered:
            return held  # its entry's own, whatever else this browser holds
        release_earlier_hold(caller, now=now, keeping=own)
        Booking.objects.filter(pk__in=[each.pk for each in own]).update(
            browser_key=caller.browser_key, source=caller.source
        )
        return fresh(held)

    return carry_out(work)


def check_address_may_hold(caller: Caller, *, now: Minute, more: int = 1) -> None:
    """Raise TooManyHolds when the caller's address may have no more holds, or not so many."""
    if caller.is_staff or not caller.address_key:
        return
    limits = list(
        _standing_holds(now)
        .filter(address_key=caller.address_key)
        .order_by("expires_at")
        .values_list("expires_at", flat=True)
    )
    if len(limits) + more > MAX_HOLDS_PER_ADDRESS:
        first_end = limits[0]
        minutes = to_minute(first_end) - now if first_end is not None else 1
        raise TooManyHolds(retry_after_seconds=max(minutes, 1) * 60)


def held_locations(caller: Caller, *, now: Minute) -> set[int]:
    """Ids of the locations whose time this browser session holds."""
    if not caller.browser_key:
        return set()
    held = _standing_holds(now).filter(browser_key=caller.browser_key)
    places = set(held.values_list("location_id", flat=True))
    return places | locations_of(held.values_list("therapist_id", flat=True))


def _standing_holds(now: Minute) -> BookingQuerySet:
    return Booking.objects.standing(to_instant(now)).filter(status=Status.HELD)
