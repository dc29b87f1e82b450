"""What a row of the schedule has a say in (rule B8)."""

from datetime import date, datetime, timedelta
from functools import singledispatch

from django.db.models import Model, Q

from bookings.models import Booking, SessionType
from bookings.scheduling import hours
from bookings.scheduling.cells import dates_bits, shift_bits, window_of
from bookings.scheduling.hours import DateSpan, WallClock, WallSpan, wall_minute
from bookings.scheduling.slots import NOTHING_OVERRIDDEN, Rule
from bookings.scheduling.timeline import Window
from studio.premises.models import Closure, Inspection, Location, Room, RoomBlock
from therapists.models import (
    Certification,
    ExtraShift,
    Qualification,
    Shift,
    Therapist,
    TimeOff,
)

AROUND = timedelta(days=2)
"""A session reaches at most a day out of its date, and dates of two zones differ by one more."""

WORKING = frozenset({Rule.WORKING})


@singledispatch
def reach_of(row: Model) -> Q:
    """The bookings a row of the schedule can decide about; none, where nothing else is said."""
    return Q(pk__in=[])


@reach_of.register
def _(row: Location) -> Q:
    return Q(location=row.pk)


@reach_of.register
def _(row: Room) -> Q:
    return Q(room=row.pk)


@reach_of.register
def _(row: Inspection) -> Q:
    return Q(room=row.room_id, date__gt=row.due_on)


@reach_of.register
def _(row: RoomBlock) -> Q:
    return Q(room=row.room_id) & _near(row.wall_from, row.wall_until)


@reach_of.register
def _(row: Closure) -> Q:
    at = Q(location=row.location_id)
    if row.first_day is not None and row.last_day is not None:
        return at & _near(row.first_day, row.last_day)
    return at & _near(row.wall_from, row.wall_until)


@reach_of.register
def _(row: Therapist) -> Q:
    return Q(therapist=row.pk)


@reach_of.register(Certification)
@reach_of.register(Shift)
@reach_of.register(ExtraShift)
def _(row: Certification | Shift | ExtraShift) -> Q:
    return Q(therapist=row.therapist_id)


@reach_of.register
def _(row: TimeOff) -> Q:
    return Q(therapist=row.therapist_id) & _near(row.wall_from, row.wall_until)


@reach_of.register
def _(row: SessionType) -> Q:
    return Q(session_type=row.pk)


@reach_of.register
def _(row: Qualification) -> Q:
    return Q(session_type__in=SessionType.objects.exclude(requires_qualifications=None))


def _near(first: date | datetime, last: date | datetime) -> Q:
    start, end = (day.date() if isinstance(day, datetime) else day for day in (first, last))
    # Whoever means "for good" may type the last date there is.
    start, end = max(start, date.min + AROUND), min(end, date.max - AROUND)
    return Q(date__gte=start - AROUND, date__lte=end + AROUND)


@singledispatch
def doubted_by(row: Model, booking: Booking) -> frozenset[Rule]:
    """The rules that, accepted for a booking, are in doubt again now that this row says so.

    Time off and closures have to lie over the booking.
    """
    return NOTHING_OVERRIDDEN


@doubted_by.register
def _(row: Therapist, booking: Booking) -> frozenset[Rule]:
    is_hers = booking.therapist_id == row.pk
    return WORKING | {Rule.BAREFOOT_CAP} if is_hers else NOTHING_OVERRIDDEN


@doubted_by.register
def _(row: Location, booking: Booking) -> frozenset[Rule]:
    return _working_if(booking.location_id == row.pk)


@doubted_by.register
def _(row: TimeOff, booking: Booking) -> frozenset[Rule]:
    is_off = booking.therapist_id == row.therapist_id and not row.barefoot_only
    return _working_if(
        is_off and _lies_over(booking, row.wall_from, row.wall_until, at=row.location)
    )


@doubted_by.register
def _(row: Closure, booking: Booking) -> frozenset[Rule]:
    if booking.location_id != row.location_id:
        return NOTHING_OVERRIDDEN
    if row.first_day is not None and row.last_day is not None:
        span = DateSpan(row.first_day, row.last_day)
        return _working_if(bool(dates_bits(_clock(booking), _window(booking), span)))
    return _working_if(_lies_over(booking, row.wall_from, row.wall_until))


@singledispatch
def doubted_without(row: Model, booking: Booking) -> frozenset[Rule]:
    """The rules that, accepted for a booking, are in doubt now that this row has ended.

    Of a shift it is enough that it reached into the booking's date: a therapist who would have
    stayed longer does not when she is not there at all.
    """
    return NOTHING_OVERRIDDEN


@doubted_without.register
def _(row: Shift, booking: Booking) -> frozenset[Rule]:
    shift = hours.Shift(row.weekday, row.time_from, row.time_until, row.first, row.last)
    is_there = _is_hers(row, booking)
    return _working_if(is_there and bool(shift_bits(_clock(booking), _day(booking), [shift])))


@doubted_without.register
def _(row: ExtraShift, booking: Booking) -> frozenset[Rule]:
    span = WallSpan(wall_minute(row.wall_from), wall_minute(row.wall_until))
    extra = _clock(booking).span(span)
    return _working_if(_is_hers(row, booking) and bool(_day(booking).bits(extra.start, extra.end)))


def _working_if(doubted: bool) -> frozenset[Rule]:
    return WORKING if doubted else NOTHING_OVERRIDDEN


def _is_hers(row: Shift | ExtraShift, booking: Booking) -> bool:
    return (row.therapist_id, row.location_id) == (booking.therapist_id, booking.location_id)


def _clock(booking: Booking, at: Location | None = None) -> WallClock:
    """The clock of a location around the booking's date; of its own, unless told."""
    return WallClock((at or booking.location).timezone, booking.date, booking.date)


def _window(booking: Booking) -> Window:
    return Window.covering(booking.occupied)


def _day(booking: Booking) -> Window:
    """The booking's date."""
    return window_of(_clock(booking), booking.date, booking.date, margin=0)


def _lies_over(
    booking: Booking, wall_from: datetime, wall_until: datetime, at: Location | None = None
) -> bool:
    span = WallSpan(wall_minute(wall_from), wall_minute(wall_until))
    return _clock(booking, at).span(span).overlaps(booking.occupied)
