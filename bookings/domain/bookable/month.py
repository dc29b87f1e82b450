"""Many bookings of one location at a time: the rows gathered once, the rules applied to each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from bookings.domain.bookable.assignment import Assignment, assignments, refused_by
from bookings.domain.bookable.availability import Situation
from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.gathering import gathered
from bookings.domain.bookable.question import Question
from bookings.domain.bookable.rooms import RoomEntry, UnbookedRoom, room_entry
from bookings.domain.bookable.roster import UnbookedTherapist, roster_entry
from bookings.domain.bookable.taken import Taken, taken
from bookings.models import Booking, SessionType
from bookings.scheduling.slots import Rule, Search
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location, Room
from therapists.models import Therapist


@dataclass(frozen=True, slots=True)
class Board:
    """Who could give one session type and where, before anything is booked.

    What is known of the rooms with all that is booked is kept until one is booked again.
    """

    frame: Frame
    therapists: dict[int, UnbookedTherapist]
    rooms: dict[int, UnbookedRoom]
    _entries: dict[int, RoomEntry] = field(default_factory=dict)

    def room_entry(self, pk: int, booked: Taken) -> RoomEntry:
        """A room with what is booked in it by now."""
        if pk not in self._entries:
            self._entries[pk] = room_entry(self.frame, self.rooms[pk], booked)
        return self._entries[pk]

    def forget(self, room: int) -> None:
        """Know that a room is booked again."""
        self._entries.pop(room, None)


class Month:
    """The days of a location as they fill up with bookings, each judged as `gather` would judge it.

    Notice, horizon and step are left out (S9 and T5). Call it with the locks held; what it has
    placed counts at once, written or not. A few weeks is the right length: the fewer, the more
    queries; the more, the longer the bits of each.
    """

    def __init__(
        self, location: Location, days: Sequence[date], therapists: Collection[int], *, now: Minute
    ) -> None:
        """Know what is booked on the days with these therapists (ids) and in any room."""
        self._location, self._now = location, now
        self._first, self._last = min(days), max(days)
        self._therapists = therapists
        self._boards: dict[tuple[int, int | None], Board] = {}
        self._taken: Taken | None = None

    def place(
        self,
        session_type: SessionType,
        start: Minute,
        therapist: Therapist,
        room: Room | None,
        *,
        moving: Booking | None = None,
    ) -> Assignment | Rule:
        """Take the therapist and the room, or the best one; or say which rule forbids it.

        `moving` is a booking that has let go of its time; it keeps its own length.
        """
        if not self._location.active:
            return Rule.OFFERED
        board = self._board(session_type, moving)
        frame, question, booked = board.frame, board.frame.question, self._booked(board.frame)
        able = [board.therapists[pk] for pk in (therapist.pk,) if pk in board.therapists]
        wanted = board.rooms if room is None else board.rooms.keys() & {room.pk}
        roster = [roster_entry(frame, unbooked, booked) for unbooked in able]
        rooms = [board.room_entry(pk, booked) for pk in wanted]
        search = Search(
            window=frame.window,
            length=question.length,
            therapists=tuple(entry.resource for entry in roster),
            rooms=tuple(entry.resource for entry in rooms),
            start=frame.window.everything,
        )
        situation = Situation(frame, roster, rooms, booked, search)
        assignment = next(assignments(situation, start), None)
        if assignment is None:
            return refused_by(situation, start)
        occupied = question.length.occupied_from(start)
        cells = frame.window.bits(occupied.start, occupied.end)
        day, minutes = frame.clock.date(start), question.length.duration
        booked.add(*assignment, cells, day, minutes, barefoot=question.barefoot)
        for each in self._boards.values():
            each.forget(assignment[1])
        return assignment

    def _booked(self, frame: Frame) -> Taken:
        if self._taken is None:
            rooms = Room.objects.filter(location=self._location).values_list("pk", flat=True)
            self._taken = taken(frame, self._therapists, list(rooms))
        return self._taken

    def _board(self, session_type: SessionType, moving: Booking | None) -> Board:
        if moving is not None and _is_as_today(moving):
            moving = None
        key = (session_type.pk, moving.pk if moving else None)
        if key not in self._boards:
            question = Question(
                location=self._location,
                session_type=session_type,
                first=self._first,
                last=self._last,
                now=self._now,
                is_staff=True,
                moving=moving,
            )
            frame = Frame.of(question)
            found = gathered(frame, with_bookings=False)
            self._boards[key] = Board(
                frame,
                {unbooked.candidate.pk: unbooked for unbooked in found.therapists},
                {unbooked.pk: unbooked for unbooked in found.rooms},
            )
        return self._boards[key]


def _is_as_today(booking: Booking) -> bool:
    """Whether its copies are what its session type says now, so that one board does for both."""
    session_type = booking.session_type
    return booking.length == session_type.length and booking.barefoot == session_type.barefoot
