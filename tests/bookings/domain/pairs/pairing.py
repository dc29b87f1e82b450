"""A studio for two together, and who asks for what there: Ada books for herself and for Bo."""

from bookings.domain.bookable.question import Question
from bookings.domain.callers import Caller
from bookings.domain.pairs.booking import book_pair, hold_pair
from bookings.domain.pairs.partners import Both
from bookings.domain.pairs.places import PairQuestion
from bookings.domain.requests import NO_OVERRIDE, Details, Override, PairWish, Person
from bookings.models import Booking, SessionType
from bookings.scheduling.hours import local_date
from tests.bookings.domain.asking import ADA, CLIENT, NOW, wish
from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
from tests.factories import Bookable, make_bookable
from therapists.models import Therapist

BO = Person(name="Bo")
TEN, NOON = "2026-08-03 10:00", "2026-08-03 12:00"


def studio_for_two(*, beside: bool = True) -> Bookable:
    """Two therapists all day, and two rooms, beside each other or not known to be."""
    studio = make_bookable()
    add_therapist(studio, "zoe")
    room = add_room(studio, "other")
    if beside:
        studio.room.beside.add(room)
    return studio


def wish_for_two(
    studio: Bookable,
    wall: str = TEN,
    *,
    first: Therapist | None = None,
    second: Therapist | None = None,
    second_session_type: SessionType | None = None,
    side_by_side: bool = False,
) -> PairWish:
    """Two sessions at a wall-clock time, with anyone unless named."""
    return PairWish(
        wish(studio, wall, therapist=first),
        wish(studio, wall, therapist=second, session_type=second_session_type),
        side_by_side,
    )


def book_both(
    asked: PairWish,
    first: Details = Details(ADA),  # noqa: B008 - a frozen value
    second: Details = Details(BO),  # noqa: B008 - as above
    *,
    caller: Caller = CLIENT,
    now: int = NOW,
    override: Override = NO_OVERRIDE,
    reference: str = "",
) -> Both:
    """Book for both through the domain."""
    return book_pair(
        asked, first, second, caller=caller, now=now, override=override, reference=reference
    )


def hold_both(asked: PairWish, *, caller: Caller = CLIENT, now: int = NOW) -> Both:
    """Hold for both, without clients yet."""
    return hold_pair(asked, Details(), Details(), caller=caller, now=now)


def question_of(asked: PairWish, *, now: int = NOW, freed: Booking | None = None) -> PairQuestion:
    """What both could book on the date of a wish."""
    day = local_date(asked.first.location.timezone, asked.first.starts_at)
    one, other = (
        Question(
            each.location,
            each.session_type,
            day,
            day,
            now,
            therapist=each.therapist.slug if each.therapist else None,
            freed=freed,
        )
        for each in (asked.first, asked.second)
    )
    return PairQuestion(one, other, asked.side_by_side)


def stands() -> list[tuple[str, int, str]]:
    """Every booking: its state, its start in minutes, and for whom."""
    return [
        (row.status, int(row.starts_at.timestamp()) // 60, row.client.name if row.client else "")
        for row in Booking.objects.select_related("client").order_by("pk")
    ]
