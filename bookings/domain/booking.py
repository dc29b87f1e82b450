"""Hold, book and confirm."""

from datetime import timedelta

from django.conf import settings

from bookings.domain.answers import keep_given
from bookings.domain.callers import Caller
from bookings.domain.clients import check_client_is_free, check_may_book_online, known
from bookings.domain.events import record
from bookings.domain.holds import (
    check_address_may_hold,
    held_locations,
    lock_holder,
    release_earlier_hold,
)
from bookings.domain.links import new_reference
from bookings.domain.offers import currency
from bookings.domain.placing import announce, carry_out_or_offer, fresh, lock_for, place
from bookings.domain.question import Question, question_about
from bookings.domain.requests import NO_OVERRIDE, Details, Override, Person, Wish
from bookings.domain.reviewing import Screened, keep, screened
from bookings.domain.screening import check_version, in_force, review_deadline
from bookings.enums import EventKind, Source, Status
from bookings.errors import ClientBusy, HoldExpired, SlotUnavailable, WrongState
from bookings.models import Booking, Client
from bookings.scheduling.hours import local_date, to_instant, to_minute
from bookings.scheduling.timeline import Interval, Minute


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
        questionnaire = in_force() if details.answers else None
        check_version(details.answers, questionnaire)
        booking = drafted(wish, details, caller=caller, now=now, currency=currency())
        booking.status = Status.HELD
        booking.expires_at = to_instant(until or now + settings.HOLD_MINUTES)
        if details.client is not None:
            booking.client = known(details.client)
        place(booking, question, wish.starts_at, booking.save)
        placed = fresh(booking)
        if details.answers is not None and questionnaire is not None:
            keep_given(placed, details.answers, caller=caller, now=now)
        record(placed, EventKind.HELD, by=caller, at=now)
        return placed

    question = question_for(wish, caller=caller, now=now)
    return carry_out_or_offer(work, question, wish.starts_at)


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

    def work() -> Booking:
        lock_holder(caller)
        lock_for(question, locations=held_locations(caller, now=now))
        earlier = Booking.objects.filter(reference=reference).first() if reference else None
        if earlier is not None and is_answer(earlier, wish, details):
            return fresh(earlier)
        release_earlier_hold(caller, now=now)
        check_may_book_online(details.client, caller=caller)
        booking = drafted(wish, details, caller=caller, now=now, currency=currency())
        if reference and earlier is None:
            booking.reference = reference
        return enter(booking, details, question, wish.starts_at, caller=caller, override=override)

    question = question_for(wish, caller=caller, now=now, override=override)
    return carry_out_or_offer(work, question, wish.starts_at)


def enter(
    drafted: Booking,
    details: Details,
    question: Question,
    start: Minute,
    *,
    caller: Caller,
    override: Override = NO_OVERRIDE,
) -> Booking:
    """Judge a drafted booking by every rule, and put it into the schedule with what it needs.

    Call it with the locks held; raises as `book` does.
    """
    now = question.now
    session = Interval(start, start + question.length.duration)
    check_client_is_free(details.client, session, caller=caller, now=now, override=override)
    found = _settle(drafted, details, start, caller=caller, now=now)
    place(drafted, question, start, drafted.save)
    placed = fresh(drafted)
    keep(placed, found, caller=caller, now=now)
    record(
        placed,
        EventKind.BOOKED,
        by=caller,
        at=now,
        reason=override.reason,
        overridden=override.rules,
    )
    return placed


def confirm(booking: Booking, details: Details, *, caller: Caller, now: Minute) -> Booking:
    """Turn a hold into a booking; one that ran out too, if every rule still allows it.

    Confirming twice is harmless. Raises HoldExpired with alternatives, WrongState, ClientBusy for
    a known client who has another session then, or NotOnline for one blocked from booking online.
    """

    def work() -> Booking:
        lock_for(question, therapists=[booking.therapist_id])
        held = fresh(booking)
        lapsed = held.has_lapsed(to_instant(now))
        if held.status in (Status.CONFIRMED, Status.PENDING_REVIEW) and not lapsed:
            return held
        if held.status not in (Status.HELD, Status.EXPIRED) and not lapsed:
            raise WrongState
        client = details.client or held.client
        check_may_book_online(client, caller=caller)
        session = Interval(start, start + held.duration_minutes)
        check_client_is_free(client, session, caller=caller, now=now, moving=held)
        before = held.status
        still_held = before == Status.HELD and not lapsed
        held.pressure, held.notes = details.pressure, details.notes
        found = _settle(held, details, start, caller=caller, now=now)
        if still_held:
            held.save(update_fields=CONFIRMED_FIELDS)
            announce(held)
        else:
            asked = question_about(held, is_staff=caller.is_staff, now=now)
            place(held, asked, start, lambda: held.save(update_fields=REVIVED_FIELDS))
        confirmed = fresh(held)
        keep(confirmed, found, caller=caller, now=now)
        record(confirmed, EventKind.CONFIRMED, by=caller, at=now, from_status=before)
        return confirmed

    start = to_minute(booking.starts_at)
    question = question_about(booking, is_staff=caller.is_staff, now=now)
    try:
        return carry_out_or_offer(work, question, start)
    except ClientBusy:
        raise
    except SlotUnavailable as refused:
        raise HoldExpired(offer=refused.offer, timezone=refused.timezone) from refused


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


def drafted(wish: Wish, details: Details, *, caller: Caller, now: Minute, currency: str) -> Booking:
    """An unsaved booking with copies of all that later edits must not change (rule B4)."""
    booking = Booking(
        reference=new_reference(),
        location=wish.location,
        currency=currency,
        free_cancellation_hours=wish.location.free_cancellation_hours,
        therapist_requested=wish.therapist is not None,
        pressure=details.pressure,
        notes=details.notes,
        source=caller.source,
        booked_at=to_instant(now),
        browser_key=caller.browser_key,
        address_key=caller.address_key,
    )
    booking.copy(wish.session_type)
    return booking


def is_answer(booking: Booking, wish: Wish, details: Details) -> bool:
    """Whether a booking is what these would make, for the same client."""
    who, asked = booking.client, details.client
    if isinstance(asked, Person) and who is not None:
        is_same = (asked.name, asked.phone, asked.email) == (who.name, who.phone, who.email)
    else:
        is_same = asked == who
    place = (booking.location, booking.session_type, booking.starts_at)
    return is_same and place == (wish.location, wish.session_type, to_instant(wish.starts_at))


def _settle(
    booking: Booking, details: Details, start: Minute, *, caller: Caller, now: Minute
) -> Screened:
    """Give a booking its client and the state it enters: confirmed, or waiting for a person.

    What was answered for it is to be kept once it is saved.
    """
    client = details.client or booking.client
    if client is None:
        raise ValueError("A booking needs a client; doors ask for one.")
    questionnaire = in_force()
    check_version(details.answers, questionnaire)
    booking.client = known(client)
    booking.booked_at = to_instant(now)
    booking.questionnaire_version = questionnaire.version if questionnaire else None
    found = screened(
        details.answers,
        booking.client if isinstance(client, Client) else None,
        booking=booking,
        on=local_date(booking.location.timezone, start),
        questionnaire=questionnaire,
        is_staff=caller.is_staff,
    )
    if found.evaluation.outcome.needs_a_person:
        booking.status = Status.PENDING_REVIEW
        booking.expires_at = to_instant(review_deadline(start, booked=now, now=now))
    else:
        booking.status = Status.CONFIRMED
        booking.expires_at = None
    return found
