"""Hold, book and confirm."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.conf import settings

from bookings.domain.bookable.ahead import Ahead, look_ahead
from bookings.domain.bookable.question import Question, question_about
from bookings.domain.callers import Caller
from bookings.domain.clients.identity import check_may_book_online, known
from bookings.domain.drafting import drafted, is_answer, settle
from bookings.domain.events import record
from bookings.domain.health.answers import keep_given
from bookings.domain.health.reviewing import Screened, keep
from bookings.domain.health.screening import check_version, open_of_new, version_in_force
from bookings.domain.holds import (
    check_address_may_hold,
    held_locations,
    lock_browser,
    lock_holder,
    release_earlier_hold,
)
from bookings.domain.offers import currency
from bookings.domain.pairs.partners import check_held_alone
from bookings.domain.placing import (
    announce,
    carry_out_or_offer,
    check_is_open,
    fresh,
    lock_for,
    place,
    place_new,
    reach_of,
    seated,
)
from bookings.domain.requests import NO_OVERRIDE, Details, Override, Wish
from bookings.enums import BOOKED, ONLY_HELD, EventKind, Source, Status
from bookings.errors import ClientBusy, HoldExpired, SlotUnavailable, WrongState
from bookings.models import Booking
from bookings.scheduling.hours import local_date, to_instant, to_minute
from bookings.scheduling.timeline import Minute
from studio.premises.unchanged import one_moment


def hold(
    wish: Wish, details: Details, *, caller: Caller, now: Minute, until: Minute | None = None
) -> Booking:
    """Take a slot for some minutes while the client fills in the form (rule B3).

    What is offered to who waits for it is held `until` they had time to answer. What the same
    browser session held before is given back. Raises SlotUnavailable with
    alternatives, or TooManyHolds.
    """

    def work() -> Booking:
        lock_holder(caller)
        lock_for(question, locations=held_locations(caller, now=now))
        release_earlier_hold(caller, now=now)
        check_address_may_hold(caller, now=now)
        with one_moment():
            booking = drafted_hold(wish, details, caller=caller, now=now, until=until)
            place_new(booking, question, wish.starts_at)
            return held(booking, details, caller=caller, now=now)

    question = question_for(wish, caller=caller, now=now)
    return carry_out_or_offer(work, question, wish.starts_at)


def drafted_hold(
    wish: Wish, details: Details, *, caller: Caller, now: Minute, until: Minute | None
) -> Booking:
    """An unsaved hold, perhaps without a client yet; raises QuestionnaireOutdated."""
    if details.answers is not None:
        check_version(details.answers, version_in_force())
    booking = drafted(wish, details, caller=caller, now=now, currency=currency())
    booking.status = Status.HELD
    booking.expires_at = to_instant(until or now + settings.HOLD_MINUTES)
    if details.client is not None:
        booking.client = known(details.client)
    return booking


def held(booking: Booking, details: Details, *, caller: Caller, now: Minute) -> Booking:
    """The hold that has just been written, with what was answered for it kept, and recorded."""
    placed = seated(booking)
    if details.answers is not None and version_in_force() is not None:
        keep_given(placed, details.answers, caller=caller, now=now)
    record(placed, EventKind.HELD, by=caller, at=now)
    return placed


def book(
    wish: Wish,
    details: Details,
    *,
    caller: Caller,
    now: Minute,
    override: Override = NO_OVERRIDE,
    reference: str = "",
) -> Booking:
    """Book a slot at once; it may have to wait for a review of the client's health (rule H2).

    `details.client` must be given. A `reference` that the door drew for its form makes sending
    the form twice harmless: the second time gives the booking that the first one made. Raises
    SlotUnavailable with alternatives; for staff RuleRefused with the rule; QuestionnaireOutdated
    for answers to another version; NotOnline for a client who is blocked from booking online.
    """
    return to_book(wish, details, caller=caller, now=now, override=override, reference=reference)()


def to_book(
    wish: Wish,
    details: Details,
    *,
    caller: Caller,
    now: Minute,
    override: Override = NO_OVERRIDE,
    reference: str = "",
) -> Callable[[], Booking]:
    """What is left of `book` once all is read that can be read before anybody has to wait for it.

    Raises SlotUnavailable here already where the slot is seen to be gone.
    """

    def work() -> Booking:
        lock_browser(caller)
        lock_for(locations=reach | held_locations(caller, now=now))
        earlier = Booking.objects.filter(reference=reference).first() if reference else None
        if earlier is not None and is_answer(earlier, wish, details):
            return fresh(earlier)
        release_earlier_hold(caller, now=now)
        check_may_book_online(details.client, caller=caller)
        booking = drafted(wish, details, caller=caller, now=now, currency=money)
        if reference and earlier is None:
            booking.reference = reference
        return enter(
            booking,
            details,
            question,
            wish.starts_at,
            caller=caller,
            override=override,
            ahead=ahead,
        )

    question = question_for(wish, caller=caller, now=now, override=override)
    ahead, money = look_ahead(question), currency()
    # What is taken may be the client's own: held by this browser, or booked by this very form. To
    # staff other rules come first.
    if not (reference or caller.browser_key or caller.is_staff):
        check_is_open(ahead, question, wish.starts_at)
    reach = reach_of(question)
    return partial(carry_out_or_offer, work, question, wish.starts_at)


def enter(
    drafted: Booking,
    details: Details,
    question: Question,
    start: Minute,
    *,
    caller: Caller,
    override: Override = NO_OVERRIDE,
    ahead: Ahead | None = None,
) -> Booking:
    """Judge a drafted booking by every rule, and put it into the schedule with what it needs.

    Call it with the locks held; raises as `book` does.
    """
    now = question.now
    with one_moment():
        found = settle(drafted, details, start, caller=caller, now=now, override=override)
        place_new(drafted, question, start, ahead=ahead)
        return entered(drafted, found, caller=caller, now=now, override=override)


def entered(
    booking: Booking,
    found: Screened,
    *,
    caller: Caller,
    now: Minute,
    override: Override = NO_OVERRIDE,
) -> Booking:
    """The booking that has just been written, with what was answered for it kept, and recorded."""
    placed = seated(booking)
    rows = keep(placed, found, caller=caller, now=now, is_new=True)
    record(
        placed,
        EventKind.BOOKED,
        by=caller,
        at=now,
        reason=override.reason,
        overridden=override.rules,
        is_open=bool(open_of_new(placed, rows)),
    )
    return placed


def confirm(booking: Booking, details: Details, *, caller: Caller, now: Minute) -> Booking:
    """Turn a hold into a booking; one that ran out too, if every rule still allows it.

    Confirming twice is harmless. Raises HoldExpired with alternatives, WrongState, ClientBusy for
    a known client who has another session then, or NotOnline for one blocked from booking online.
    """

    def work() -> Booking:
        lock_for(question, therapists=[booking.therapist_id])
        taken = fresh(booking)
        if is_confirmed(taken, now=now):
            return taken
        check_held_alone(taken)
        before, still_held = taken.status, is_held(taken, now=now)
        found = taken_up(taken, details, start, caller=caller, now=now)
        if still_held:
            taken.save(update_fields=CONFIRMED_FIELDS)
            announce(taken)
        else:
            asked = question_about(taken, is_staff=caller.is_staff, now=now)
            place(taken, asked, start, lambda: taken.save(update_fields=REVIVED_FIELDS))
        return confirmed(taken, found, before, caller=caller, now=now)

    start = to_minute(booking.starts_at)
    question = question_about(booking, is_staff=caller.is_staff, now=now)
    try:
        return carry_out_or_offer(work, question, start)
    except ClientBusy:
        raise
    except SlotUnavailable as refused:
        raise HoldExpired(offer=refused.offer, timezone=refused.timezone) from refused


def is_confirmed(booking: Booking, *, now: Minute) -> bool:
    """Whether it was confirmed before, and stands; raises WrongState where it cannot be."""
    lapsed = booking.has_lapsed(to_instant(now))
    if booking.status in BOOKED and not lapsed:
        return True
    if booking.status not in ONLY_HELD and not lapsed:
        raise WrongState
    return False


def is_held(booking: Booking, *, now: Minute) -> bool:
    """Whether its time is still kept for whoever fills in the form."""
    return booking.status == Status.HELD and not booking.has_lapsed(to_instant(now))


def taken_up(
    held: Booking, details: Details, start: Minute, *, caller: Caller, now: Minute
) -> Screened:
    """Give a hold what was typed for it, and the state it enters; nothing is written yet."""
    client = details.client or held.client
    check_may_book_online(client, caller=caller)
    held.pressure, held.notes = details.pressure, details.notes
    return settle(held, details, start, caller=caller, now=now, moving=held)


def confirmed(
    held: Booking, found: Screened, before: str, *, caller: Caller, now: Minute
) -> Booking:
    """The hold that has just been turned into a booking, recorded."""
    booking = fresh(held)
    keep(booking, found, caller=caller, now=now)
    record(booking, EventKind.CONFIRMED, by=caller, at=now, from_status=before)
    return booking


CONFIRMED_FIELDS = [
    "status",
    "expires_at",
    "client",
    "booked_at",
    "pressure",
    "notes",
    "questionnaire_version",
]
REVIVED_FIELDS = [*CONFIRMED_FIELDS, "therapist", "room"]


def question_for(
    wish: Wish, *, caller: Caller, now: Minute, override: Override = NO_OVERRIDE
) -> Question:
    """What the schedule is asked so that a wish can be judged."""
    day = local_date(wish.location.timezone, wish.starts_at)
    return Question(
        location=wish.location,
        session_type=wish.session_type,
        first=day,
        last=day,
        now=now,
        is_staff=caller.is_staff,
        therapist=wish.therapist.slug if wish.therapist else None,
        room=wish.room.slug if wish.room else None,
        leaves_undo=caller.source == Source.WAITLIST,
        overridden=override.rules,
    )


def cancellable_until(booking: Booking) -> Minute:
    """Until when cancelling is free, and a client may move it (rule B6)."""
    deadline = booking.starts_at - timedelta(hours=booking.free_cancellation_hours)
    undo = booking.booked_at + timedelta(minutes=settings.UNDO_MINUTES)
    return to_minute(max(deadline, undo))
