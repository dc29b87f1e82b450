"""All the rows that decide a question, read in one query and turned into values."""

from dataclasses import dataclass

from django.db.models import QuerySet

from bookings.domain.frame import Frame
from bookings.domain.hindrances import hindrance_tables, hindrances_in
from bookings.domain.rooms import UnbookedRoom, room_tables, rooms_for, unbooked_rooms
from bookings.domain.roster import Unbooked, roster_tables, therapists_for, unbooked_roster
from bookings.domain.taken import Taken, booked_tables, taken_in
from bookings.domain.together import read_together
from studio.premises.models import Room
from therapists.models import Therapist


@dataclass(frozen=True, slots=True)
class Gathered:
    """Therapists and rooms by slug, as they are before anything is booked, and what is booked."""

    therapists: list[Unbooked]
    rooms: list[UnbookedRoom]
    taken: Taken


def gathered(frame: Frame, *, with_bookings: bool = True) -> Gathered:
    """Whoever gives the session, and wherever; or those alone whom the question names."""
    question = frame.question
    found = gathered_of(
        frame, therapists_for(question), rooms_for(question), with_bookings=with_bookings
    )
    if question.therapist is None:
        found.therapists[:] = [each for each in found.therapists if each.candidate.offers]
    return found


def gathered_of(
    frame: Frame,
    therapists: QuerySet[Therapist],
    rooms: QuerySet[Room],
    *,
    with_bookings: bool = True,
) -> Gathered:
    """These therapists and rooms, even those that rule S1 leaves out."""
    people, places = (rows.order_by().values("pk") for rows in (therapists, rooms))
    rows = read_together(
        roster_tables(frame, therapists),
        room_tables(frame, rooms),
        hindrance_tables(frame, therapists=people, rooms=places),
        booked_tables(frame, people, places) if with_bookings else {},
    )
    there = list(hindrances_in(rows, frame))
    return Gathered(
        unbooked_roster(rows, frame, there),
        unbooked_rooms(rows, frame, there),
        taken_in(rows, frame) if with_bookings else Taken(),
    )
