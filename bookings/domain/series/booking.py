"""Book one session on several dates at once, in one transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bookings.domain.booking import enter, question_for
from bookings.domain.callers import Caller
from bookings.domain.clients.identity import check_may_book_online, known
from bookings.domain.drafting import drafted, is_answer, made_at_once
from bookings.domain.holds import held_locations, lock_holder, release_earlier_hold
from bookings.domain.offers import currency
from bookings.domain.placing import fresh, lock_for
from bookings.domain.requests import NO_OVERRIDE, Details, Override, Wish
from bookings.domain.series.preview import Occurrence, preview, question_for_series
from bookings.errors import RuleRefused, SeriesUnavailable, SlotUnavailable
from bookings.models import Booking, Series
from bookings.scheduling.hours import to_minute
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out


@dataclass(frozen=True, slots=True)
class Booked:
    """What became of a series: its bookings, ascending, and the dates that could not be."""

    series: Series
    bookings: tuple[Booking, ...]
    left_out: tuple[Occurrence, ...] = ()


def book_series(
    wish: Wish,
    starts: Collection[Minute],
    details: Details,
    *,
    all_or_nothing: bool,
    every_weeks: int | None = None,
    caller: Caller,
    now: Minute,
    override: Override = NO_OVERRIDE,
    reference: str = "",
) -> Booked:
    """Book all the starts, or those that fit; `wish.starts_at` counts for nothing.

    Each becomes a booking of its own, judged by every rule with those before it in place, and
    with whom `preview` says. Health answers are kept with the first and judged for each date. A
    `reference` that the door drew for its form makes sending it twice harmless. Raises
    SeriesUnavailable when not all of them can be booked, or none, and then nothing is; else as
    `book` does. ValueError for starts that are no series.
    """
    if (asking := details.client) is None:
        raise ValueError("A booking needs a client; doors ask for one.")
    question = question_for_series(wish, starts, caller=caller, now=now, override=override)

    def work() -> Booked:
        lock_holder(caller)
        lock_for(question, locations=held_locations(caller, now=now))
        earlier = _made_before(reference, wish, details)
        if earlier is not None:
            return earlier
        release_earlier_hold(caller, now=now)
        check_may_book_online(details.client, caller=caller)
        # One row for all of them: whoever only says who they are would get a new one each time.
        own = replace(details, client=known(asking))
        dates = preview(wish, starts, client=own.client, caller=caller, now=now, override=override)
        fitting = [each for each in dates if each.is_bookable]
        if not fitting or (all_or_nothing and len(fitting) < len(dates)):
            raise SeriesUnavailable(timezone=wish.location.timezone)
        series = Series.objects.create(every_weeks=every_weeks, **made_at_once(caller, now=now))
        placing = _Placing(series, wish, caller, now, override)
        bookings = placing.place_each(fitting, own, _unless_used(reference))
        return Booked(series, bookings, tuple(each for each in dates if not each.is_bookable))

    return carry_out(work)


@dataclass(frozen=True, slots=True)
class _Placing:
    """What all the bookings of a series have in common while they are written."""

    series: Series
    wish: Wish
    caller: Caller
    now: Minute
    override: Override

    def place_each(
        self, dates: Sequence[Occurrence], details: Details, reference: str
    ) -> tuple[Booking, ...]:
        """Write them all; the first has the door's reference, and answers for the others."""
        try:
            first = self._place(dates[0], 1, details, reference)
            others = replace(details, answers=None)
            return first, *(
                self._place(each, position, others)
                for position, each in enumerate(dates[1:], start=2)
            )
        except (SlotUnavailable, RuleRefused) as refused:
            # The dates were judged with the locks held: a writer that takes none got in between.
            raise SeriesUnavailable(timezone=self.wish.location.timezone) from refused

    def _place(
        self, each: Occurrence, position: int, details: Details, reference: str = ""
    ) -> Booking:
        wish = replace(self.wish, starts_at=each.start)
        booking = drafted(wish, details, caller=self.caller, now=self.now, currency=currency())
        booking.series, booking.series_position = self.series, position
        booking.reference = reference or booking.reference
        asked = question_for(wish, caller=self.caller, now=self.now, override=self.override)
        kept = replace(asked, therapist=each.therapist)
        return enter(booking, details, kept, each.start, caller=self.caller, override=self.override)


def _made_before(reference: str, wish: Wish, details: Details) -> Booked | None:
    """The series that the same form made for the same client when it was sent before."""
    first = Booking.objects.filter(reference=reference).first() if reference else None
    if first is None or first.series is None:
        return None
    if not is_answer(first, replace(wish, starts_at=to_minute(first.starts_at)), details):
        return None
    bookings = first.series.bookings.order_by("series_position")
    return Booked(first.series, tuple(fresh(each) for each in bookings))


def _unless_used(reference: str) -> str:
    """A door's reference, or none where another booking has it."""
    return "" if Booking.objects.filter(reference=reference).exists() else reference
