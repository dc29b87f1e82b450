"""The rules once more, slow and obvious: minute by minute, from their words alone.

Nothing here is shared with the code under test but the rows. A stretch of time is a set of
minutes since 1970 UTC, and a wall clock is asked minute by minute what it shows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bookings.models import Booking, SessionType
from studio.premises.models import Location, Room
from therapists.models import Qualification, Therapist

type Minutes = frozenset[int]

LIVE = ("held", "pending_review", "confirmed", "checked_in", "completed", "no_show")


@dataclass(frozen=True)
class Expected:
    """A start that can be booked, who can give it, and whom and which room the rules pick."""

    starts_at: int
    therapists: tuple[str, ...]
    picked: str
    room: str


@cache
def shown(zone: str, minute: int) -> datetime:
    """What the wall clocks of a zone show, without a zone."""
    return datetime.fromtimestamp(minute * 60, ZoneInfo(zone)).replace(tzinfo=None)


def around(wall: datetime) -> Iterable[int]:
    """Every UTC minute at which some wall clock on earth might show a time."""
    middle = int(wall.replace(tzinfo=UTC).timestamp()) // 60
    return range(middle - 27 * 60, middle + 27 * 60)


@cache
def start_of(zone: str, wall: datetime) -> int:
    """T4: the first minute that shows it; in a gap, the first after the gap."""
    return next(
        minute
        for minute in around(wall)
        if shown(zone, minute) == wall or shown(zone, minute - 1) < wall < shown(zone, minute)
    )


@cache
def end_of(zone: str, wall: datetime) -> int:
    """T4: the last minute that shows it; in a gap, the first after the gap."""
    showing = [minute for minute in around(wall) if shown(zone, minute) == wall]
    return showing[-1] if showing else start_of(zone, wall)


@cache
def first_minute_of(zone: str, day: date) -> int:
    """The first minute whose wall clock shows a date."""
    midnight = datetime(day.year, day.month, day.day)
    return next(minute for minute in around(midnight) if shown(zone, minute).date() == day)


def minutes_of(zone: str, day: date) -> list[int]:
    """Every minute whose wall clock shows a date."""
    noon = datetime(day.year, day.month, day.day, 12)
    return [minute for minute in around(noon) if shown(zone, minute).date() == day]


def between(zone: str, start: datetime, until: datetime) -> Minutes:
    """The minutes from one wall time until another."""
    return frozenset(range(start_of(zone, start), end_of(zone, until)))


@cache
def begins_a_date(zone: str, minute: int) -> bool:
    """Whether the wall clock shows another date than the minute before."""
    return shown(zone, minute - 1).date() != shown(zone, minute).date()


class Oracle:
    """Judges one session type at one location on one date, as seen at a minute."""

    def __init__(self, location: Location, session_type: SessionType, day: date, now: int) -> None:
        self.location, self.day, self.now = location, day, now
        self.zone = location.timezone
        self.dates = [day + timedelta(days=n) for n in range(-3, 4)]
        self.bookings = [
            booking
            for booking in Booking.objects.select_related("therapist", "room")
            if booking.status in LIVE and not self._lapsed(booking)
        ]
        # Every row once, however often the rules ask for it.
        self.session_type = SessionType.objects.prefetch_related(
            "locations", "therapists", "requires_equipment", "requires_qualifications"
        ).get(pk=session_type.pk)
        self.therapists = list(
            Therapist.objects.prefetch_related(
                "shifts", "extra_shifts", "time_off__location", "certifications__qualification"
            )
        )
        self.rooms = list(
            Room.objects.prefetch_related("blocks", "equipment", "inspections__equipment")
        )

    def _lapsed(self, booking: Booking) -> bool:
        """B3: past its time it stops nobody."""
        limit = booking.expires_at
        return limit is not None and int(limit.timestamp()) // 60 <= self.now

    def expected(self) -> list[Expected]:
        """Every bookable start of the date, ascending."""
        return [
            Expected(
                start,
                tuple(sorted(t.slug for t in able)),
                self._pick(able, start),
                self._pick_room(rooms, start),
            )
            for start in minutes_of(self.zone, self.day)
            if self._on_the_step(start) and self._s9(start)
            for able in [[t for t in self.therapists if self._therapist_can(t, start)]]
            for rooms in [[r for r in self.rooms if self._room_can(r, start)]]
            if able and rooms
        ]

    # Starts

    def _on_the_step(self, start: int) -> bool:
        """T5."""
        wall = shown(self.zone, start)
        return (wall.hour * 60 + wall.minute) % self.location.slot_step_minutes == 0

    def _s9(self, start: int) -> bool:
        today = shown(self.zone, self.now).date()
        soon = start < self.now + self.location.min_notice_minutes
        return not soon and self.day <= today + timedelta(days=self.location.horizon_days)

    def _occupied(self, start: int) -> range:
        x = self.session_type
        return range(
            start - x.buffer_before_minutes, start + x.duration_minutes + x.buffer_after_minutes
        )

    # Therapists

    def _therapist_can(self, therapist: Therapist, start: int) -> bool:
        return (
            self._s1(therapist)
            and all(minute in self._working(therapist) for minute in self._occupied(start))
            and not any(minute in self._booked(therapist) for minute in self._occupied(start))
            and all(self._s6(therapist, q) for q in self.session_type.requires_qualifications.all())
            and (not self.session_type.barefoot or self._barefoot_allowed(therapist, start))
        )

    def _s1(self, therapist: Therapist) -> bool:
        return (
            self.session_type.active
            and self.location.active
            and self.location in self.session_type.locations.all()
            and therapist.active
            and therapist in self.session_type.therapists.all()
        )

    def _working(self, therapist: Therapist) -> Minutes:
        """S2."""
        return self._remember(("works", therapist.pk), lambda: self._work_out_working(therapist))

    def _work_out_working(self, therapist: Therapist) -> Minutes:
        minutes: set[int] = set()
        for shift in therapist.shifts.all():
            for day in self.dates:
                early = shift.first is not None and day < shift.first
                late = shift.last is not None and day > shift.last
                here = shift.location_id == self.location.pk
                if here and day.weekday() == shift.weekday and not early and not late:
                    minutes |= self._shift_on(day, shift.time_from, shift.time_until)
        for extra in therapist.extra_shifts.all():
            if extra.location_id == self.location.pk:
                minutes |= between(self.zone, extra.wall_from, extra.wall_until)
        for off in therapist.time_off.all():
            if not off.barefoot_only:
                minutes -= between(off.location.timezone, off.wall_from, off.wall_until)
        for closure in self.location.closures.all():
            first, last = closure.first_day, closure.last_day
            if first is None or last is None:
                minutes -= between(self.zone, closure.wall_from, closure.wall_until)
            else:
                minutes = {
                    minute
                    for minute in minutes
                    if not first <= shown(self.zone, minute).date() <= last
                }
        return frozenset(minutes)

    def _shift_on(self, day: date, time_from: int, time_until: int) -> Minutes:
        """T4."""
        midnight = datetime(day.year, day.month, day.day)
        start = start_of(self.zone, midnight + timedelta(minutes=time_from))
        if time_until == 1440:
            end = first_minute_of(self.zone, day + timedelta(days=1))
        else:
            next_day = 1440 if time_until < time_from else 0
            end = end_of(self.zone, midnight + timedelta(minutes=time_until + next_day))
        return frozenset(range(start, end))

    def _booked(self, therapist: Therapist) -> Minutes:
        """S3, at any location."""
        return self._taken(("booked", therapist.pk), lambda b: b.therapist_id == therapist.pk)

    def _s6(self, therapist: Therapist, required: Qualification) -> bool:
        return any(
            (
                held.qualification == required
                or (
                    required.style
                    and held.qualification.style == required.style
                    and (held.qualification.level or 0) >= (required.level or 0)
                )
            )
            and held.verified_on is not None
            and held.issued_on <= self.day
            and (held.expires_on is None or held.expires_on >= self.day)
            and (held.revoked_on is None or held.revoked_on > self.day)
            for held in therapist.certifications.all()
        )

    def _barefoot_allowed(self, therapist: Therapist, start: int) -> bool:
        """S7 and S8."""
        private: set[int] = set()
        for off in therapist.time_off.all():
            if off.barefoot_only:
                private |= between(off.location.timezone, off.wall_from, off.wall_until)
        cap = therapist.max_barefoot_minutes_per_day
        booked = sum(
            b.duration_minutes
            for b in self.bookings
            if b.therapist_id == therapist.pk and b.barefoot and b.date == self.day
        )
        within_cap = cap is None or booked + self.session_type.duration_minutes <= cap
        return within_cap and private.isdisjoint(self._occupied(start))

    def _pick(self, able: list[Therapist], start: int) -> str:
        """A1."""

        def rank(therapist: Therapist) -> tuple[int, int, str]:
            minutes = sum(
                b.duration_minutes
                for b in self.bookings
                if b.therapist_id == therapist.pk and b.date == self.day
            )
            free = self._working(therapist) - self._booked(therapist)
            return minutes, self._gap(lambda m: m in free, start), therapist.slug

        return min(able, key=rank).slug

    # Rooms

    def _room_can(self, room: Room, start: int) -> bool:
        required = set(self.session_type.requires_equipment.all())
        overdue = any(
            inspection.equipment in required and inspection.due_on < self.day
            for inspection in room.inspections.all()
        )
        return (
            room.active
            and room.location_id == self.location.pk
            and required <= set(room.equipment.all())
            and not overdue
            and self._room_taken(room).isdisjoint(self._occupied(start))
        )

    def _room_taken(self, room: Room) -> Minutes:
        """S4."""
        booked = self._taken(("room", room.pk), lambda b: b.room_id == room.pk)
        blocked = [between(self.zone, b.wall_from, b.wall_until) for b in room.blocks.all()]
        return booked.union(*blocked)

    def _pick_room(self, able: list[Room], start: int) -> str:
        """A2; a room's free stretch ends at local midnights."""
        required = len(self.session_type.requires_equipment.all())

        def rank(room: Room) -> tuple[int, int, str]:
            taken = self._room_taken(room)
            gap = self._gap(lambda m: m not in taken, start, stop_at_midnight=True)
            return len(room.equipment.all()) - required, gap, room.slug

        return min(able, key=rank).slug if able else ""

    # Both

    def _gap(
        self, free: Callable[[int], bool], start: int, *, stop_at_midnight: bool = False
    ) -> int:
        """The shorter of the free stretches just before and just after the occupied interval."""
        occupied = self._occupied(start)
        before = 0
        while before < 4000 and free(occupied.start - before - 1):
            if stop_at_midnight and begins_a_date(self.zone, occupied.start - before):
                break
            before += 1
        after = 0
        while after < 4000 and free(occupied.stop + after):
            if stop_at_midnight and begins_a_date(self.zone, occupied.stop + after):
                break
            after += 1
        return min(before, after)

    def _taken(self, key: tuple[str, int], mine: Callable[[Booking], bool]) -> Minutes:
        return self._remember(
            key,
            lambda: frozenset(
                minute
                for booking in self.bookings
                if mine(booking)
                for minute in range(booking.occupied_from, booking.occupied_until)
            ),
        )

    def _remember(self, key: tuple[str, int], work_out: Callable[[], Minutes]) -> Minutes:
        memory: dict[tuple[str, int], Minutes] = self.__dict__.setdefault("memory", {})
        if key not in memory:
            memory[key] = work_out()
        return memory[key]
