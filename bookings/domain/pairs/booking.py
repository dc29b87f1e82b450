"""Hold, book and confirm for two at once: both of them, or neither."""

from dataclasses import replace

from bookings.domain.booking import (
    CONFIRMED_FIELDS,
    REVIVED_FIELDS,
    confirmed,
    drafted_hold,
    entered,
    held,
    is_confirmed,
    is_held,
    question_for,
    taken_up,
)
from bookings.domain.callers import Caller
from bookings.domain.clients.identity import are_one, check_may_book_online, under_address_of
from bookings.domain.drafting import drafted, is_answer, made_at_once, settle
from bookings.domain.health.reviewing import Screened
from bookings.domain.holds import (
    check_address_may_hold,
    held_locations,
    lock_holder,
    release_earlier_hold,
)
from bookings.domain.offers import currency
from bookings.domain.pairs.partners import Both, both_of, partner_of, two
from bookings.domain.pairs.places import PairQuestion, question_about_both
from bookings.domain.pairs.placing import (
    carry_out_for_both,
    judged,
    lock_for_both,
    place_both,
)
from bookings.domain.placing import announce, fresh
from bookings.domain.requests import NO_OVERRIDE, Details, Override, PairWish, Person
from bookings.errors import PairExpired, PairUnavailable, SameClient, WrongState
from bookings.models import Booking, Pair
from bookings.scheduling.hours import to_minute
from bookings.scheduling.timeline import Minute
from studio.premises.unchanged import one_moment

type BothDetails = tuple[Details, Details]


def hold_pair(
    wish: PairWish,
    first: Details,
    second: Details,
    *,
    caller: Caller,
    now: Minute,
    until: Minute | None = None,
) -> Both:
    """Take a start for two for some minutes while the form is filled in (rule B3).

    Two holds with one time limit and one owner; what the same browser session held before is
    given back. Raises PairUnavailable with alternatives, TooManyHolds, or SameClient.
    """

    def work() -> Both:
        lock_holder(caller)
        lock_for_both(question, locations=held_locations(caller, now=now))
        release_earlier_hold(caller, now=now)
        check_address_may_hold(caller, now=now, more=2)
        with one_moment():
            both = two(
                drafted_hold(each, own, caller=caller, now=now, until=until)
                for each, own in zip(wish.each, details, strict=True)
            )
            _bind(both, wish.side_by_side, caller=caller, now=now)
            place_both(both, question, wish.first.starts_at, _insert)
            return two(
                held(each, own, caller=caller, now=now)
                for each, own in zip(both, details, strict=True)
            )

    details = of_two(first, second)
    question = question_for_pair(wish, caller=caller, now=now)
    return carry_out_for_both(work, question, wish.first.starts_at)


def book_pair(
    wish: PairWish,
    first: Details,
    second: Details,
    *,
    caller: Caller,
    now: Minute,
    override: Override = NO_OVERRIDE,
    reference: str = "",
) -> Both:
    """Book for two at once; each may have to wait for a review of her health (rule H2).

    Both clients must be given; who comes along without an address is reached at the first one's.
    A `reference` for the first that the door drew for its form makes sending it twice harmless.
    Raises PairUnavailable with alternatives, SameClient, else as `book` does; then nobody is
    booked.
    """

    def work() -> Both:
        lock_holder(caller)
        lock_for_both(question, locations=held_locations(caller, now=now))
        earlier = Booking.objects.filter(reference=reference).first() if reference else None
        if earlier is not None and (made := _made_before(earlier, wish, details)):
            return made
        release_earlier_hold(caller, now=now)
        with one_moment():
            both = two(
                drafted(each, own, caller=caller, now=now, currency=currency())
                for each, own in zip(wish.each, details, strict=True)
            )
            if reference and earlier is None:
                both[0].reference = reference
            found = judged(judge, both, details)
            _bind(both, wish.side_by_side, caller=caller, now=now)
            place_both(both, question, start, _insert)
            return two(
                entered(each, screened, caller=caller, now=now, override=override)
                for each, screened in zip(both, found, strict=True)
            )

    def judge(booking: Booking, own: Details) -> Screened:
        check_may_book_online(own.client, caller=caller)
        return settle(booking, own, start, caller=caller, now=now, override=override)

    start = wish.first.starts_at
    details = of_two(first, second)
    question = question_for_pair(wish, caller=caller, now=now, override=override)
    return carry_out_for_both(work, question, start)


def confirm_pair(
    booking: Booking, first: Details, second: Details, *, caller: Caller, now: Minute
) -> Both:
    """Turn both holds of a pair into bookings; those that ran out too, if every rule allows it.

    `booking` is either of them. Confirming twice is harmless. Raises PairExpired with
    alternatives, WrongState, PairUnavailable for a known client who has another session then,
    SameClient, or NotOnline; then both are as they were.
    """

    def work() -> Both:
        lock_for_both(question, before)
        both = both_of(booking)
        done = {is_confirmed(each, now=now) for each in both}
        if done == {True}:
            return both
        if True in done:
            raise WrongState
        details = of_two(*(_with_client(*each) for each in zip((first, second), both, strict=True)))
        states = [each.status for each in both]
        still_held = all(is_held(each, now=now) for each in both)
        found = judged(take_up, both, details)
        if still_held:
            _save_where_held(both)
        else:
            place_both(both, question, start, _revive)
        return two(
            confirmed(*each, caller=caller, now=now)
            for each in zip(both, found, states, strict=True)
        )

    def take_up(held: Booking, own: Details) -> Screened:
        return taken_up(held, own, start, caller=caller, now=now)

    before = both_of(booking)
    start = to_minute(booking.starts_at)
    question = question_about_both(before, is_staff=caller.is_staff, now=now)
    try:
        return carry_out_for_both(work, question, start)
    except PairUnavailable as refused:
        if refused.is_about_client:
            raise
        raise PairExpired(
            position=refused.position, offer=refused.offer, timezone=refused.timezone
        ) from refused


def question_for_pair(
    wish: PairWish, *, caller: Caller, now: Minute, override: Override = NO_OVERRIDE
) -> PairQuestion:
    """What the schedule is asked so that a wish for two can be judged."""
    questions = (
        question_for(each, caller=caller, now=now, override=override) for each in wish.each
    )
    return PairQuestion(*two(questions), wish.side_by_side)


def of_two(first: Details, second: Details) -> BothDetails:
    """The details of both, the second's client under the first's address where she has none.

    Raises SameClient.
    """
    one, other = first.client, second.client
    if one is None or other is None:
        return first, second
    if are_one(one, other):
        raise SameClient
    if isinstance(other, Person):
        second = replace(second, client=under_address_of(one, other))
    return first, second


def _with_client(details: Details, booking: Booking) -> Details:
    """Who was held for, where nobody else is named now."""
    return details if details.client else replace(details, client=booking.client)


def _bind(both: Both, side_by_side: bool, *, caller: Caller, now: Minute) -> None:
    pair = Pair.objects.create(side_by_side=side_by_side, **made_at_once(caller, now=now))
    for position, booking in enumerate(both, start=1):
        booking.pair, booking.pair_position = pair, position


def _insert(booking: Booking) -> None:
    booking.pk = None  # it has one already where its partner could not be written a moment ago
    booking.save(force_insert=True)


def _save_where_held(both: Both) -> None:
    for each in both:
        each.save(update_fields=CONFIRMED_FIELDS)
    announce(*both)


def _revive(booking: Booking) -> None:
    booking.save(update_fields=REVIVED_FIELDS)


def _made_before(first: Booking, wish: PairWish, details: BothDetails) -> Both | None:
    """The pair that the same form made when it was sent before."""
    second = partner_of(first)
    if second is None or not is_answer(first, wish.first, details[0]):
        return None
    return (fresh(first), second) if is_answer(second, wish.second, details[1]) else None
