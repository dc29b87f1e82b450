"""What a reviewer can suggest instead: another session type at the same time (rule H2)."""

from dataclasses import dataclass

from bookings.domain.bookable.assignment import assignments
from bookings.domain.bookable.availability import gather
from bookings.domain.callers import Caller
from bookings.domain.health.evaluation import Outcome
from bookings.domain.health.reviewing import comes_to
from bookings.domain.moving import question_for_move
from bookings.domain.offers import offered
from bookings.domain.requests import Change
from bookings.enums import Status
from bookings.models import Booking, Review, SessionType
from bookings.scheduling.hours import to_minute
from bookings.scheduling.timeline import Minute


@dataclass(frozen=True, slots=True)
class Substitute:
    """A session type that could start then, and what the answers come to for it."""

    session_type: SessionType
    outcome: Outcome


def substitutes(booking: Booking, *, caller: Caller, now: Minute) -> list[Substitute]:
    """The session types that could take a booking's start and are milder than its own.

    The mildest first, then those that last as long. Its own time counts as free, with any
    therapist. What they come to is a health fact: for who may look alone.
    """
    own = comes_to(booking, booking.session_type).outcome
    start = to_minute(booking.starts_at)
    found = []
    for session_type in offered(booking.location):
        outcome = comes_to(booking, session_type).outcome
        if session_type.pk == booking.session_type_id or outcome >= own:
            continue
        change = Change(session_type=session_type, any_therapist=True)
        question = question_for_move(booking, change, caller=caller, now=now)
        if next(iter(assignments(gather(question), start)), None) is not None:
            found.append(Substitute(session_type, outcome))
    return sorted(
        found,
        key=lambda each: (
            each.outcome,
            abs(each.session_type.duration_minutes - booking.duration_minutes),
        ),
    )


def suggested(booking: Booking) -> SessionType | None:
    """What its reviewer suggested when she declined it, as long as it is offered there.

    The client is told of it: which session, and nothing of why.
    """
    if booking.status != Status.DECLINED:
        return None
    # By its number, which a booking that only stands in an example has not.
    reviews = Review.objects.filter(booking=booking.pk).select_related("substitute")
    review = reviews.order_by("pk").last()
    if review is None or review.substitute is None:
        return None
    return offered(booking.location).filter(pk=review.substitute.pk).first()
