"""Who comes with whom: the two bookings of a pair, and what becomes of one without the other."""

from collections.abc import Collection, Iterable

from bookings.domain.callers import Caller
from bookings.domain.placing import fresh
from bookings.enums import ONLY_HELD, Status
from bookings.errors import Together
from bookings.folding import mailbox
from bookings.models import Booking
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.timeline import Minute
from studio.premises.models import Room

type Both = tuple[Booking, Booking]
"""The bookings of a pair: of who booked, and of who comes with her."""


def two[T](found: Iterable[T]) -> tuple[T, T]:
    """What was found for the first and for the second of a pair."""
    first, second = found
    return first, second


def are_side_by_side(first: Booking, second: Booking) -> bool:
    """Whether their rooms lie beside each other now."""
    return Room.beside.through.objects.filter(
        from_room=first.room_id, to_room=second.room_id
    ).exists()


def partner_of(booking: Booking) -> Booking | None:
    """The other booking of its pair, in whatever state; None for one that was made alone."""
    return partners_of([booking]).get(booking.pk)


def partners_of(bookings: Collection[Booking]) -> dict[int, Booking]:
    """The same for many, by the id of the booking whose partner it is, in one query."""
    pairs = {booking.pair_id for booking in bookings} - {None}
    if not pairs:
        return {}
    rows = Booking.objects.whole().select_related("therapist__user").filter(pair__in=pairs)
    places = {(row.pair_id, row.pair_position): row for row in rows}
    return {
        booking.pk: places[booking.pair_id, 3 - booking.pair_position]
        for booking in bookings
        if booking.pair_id is not None and booking.pair_position is not None
    }


def both_of(booking: Booking) -> Both:
    """The first and the second of its pair, as they are now; ValueError for one of no pair."""
    partner = partner_of(booking)
    if partner is None:
        raise ValueError(f"{booking} was made alone; ask for its partner first.")
    own = fresh(booking)
    return (own, partner) if own.pair_position == 1 else (partner, own)


def together_with(booking: Booking, *, now: Minute) -> Booking | None:
    """Who comes at the same time: the partner, while both stand at one start; else None."""
    partner = partner_of(booking)
    return partner if partner is not None and are_together(booking, partner, now=now) else None


def are_together(one: Booking, other: Booking, *, now: Minute) -> bool:
    """Whether both of a pair stand, at one start."""
    instant = to_instant(now)
    return one.starts_at == other.starts_at and all(
        each.is_live and not each.has_lapsed(instant) for each in (one, other)
    )


def wants_side_by_side(booking: Booking) -> bool:
    """Whether the two of its pair lie in rooms beside each other or not at all."""
    return booking.pair is not None and booking.pair.side_by_side


def may_change_both(booking: Booking) -> bool:
    """Whether its client may move or cancel both: who booked; the other from the same mailbox.

    Doors ask it of who shows the booking's token: it opens no more of what is another's (P1).
    """
    if booking.pair_position != 2:
        return True
    partner = partner_of(booking)
    return partner is not None and have_one_mailbox(booking, partner)


def have_one_mailbox(one: Booking, other: Booking) -> bool:
    """Whether mail for both reaches the same person, who may then see the pages of both (P1)."""
    emails = [each.client.email if each.client else "" for each in (one, other)]
    return bool(emails[0]) and mailbox(emails[0]) == mailbox(emails[1])


def check_may_part(
    booking: Booking, start: Minute, *, alone: bool = False, caller: Caller, now: Minute
) -> None:
    """Raise Together for one of two who are moved together, unless staff know what they do.

    At the same start staff may change who gives a session, and where.
    """
    if booking.pair_id is None or together_with(booking, now=now) is None:
        return
    keeps_start = start == to_minute(booking.starts_at)
    if not caller.is_staff or not (alone or keeps_start):
        raise Together


def check_held_alone(booking: Booking) -> None:
    """Raise Together for a hold of two, which is confirmed for both or not at all."""
    partner = partner_of(booking)
    if partner is not None and booking.status in ONLY_HELD and partner.status in ONLY_HELD:
        raise Together


def were_cancelled_together(booking: Booking) -> bool:
    """Whether its partner was cancelled in the same minute, so that both are taken back or none."""
    partner = partner_of(booking) if booking.status == Status.CANCELLED else None
    return partner is not None and (partner.status, partner.cancelled_at) == (
        booking.status,
        booking.cancelled_at,
    )
