"""The list in words: days, causes, and for each booking what can be done about it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from bookings.desk.dates import day_words
from bookings.domain.attention.remedies import Remedies
from bookings.domain.attention.resolving import Entry
from bookings.domain.staff import Person, may_see_private_time_off
from bookings.domain.steps import DeskStep, open_steps
from bookings.models import Booking
from bookings.scheduling.hours import local_date, to_instant, to_minute
from bookings.scheduling.slots import Rule, Slot
from bookings.scheduling.timeline import Minute
from bookings.words import local, rule_words, time_words

AT_ONCE = 3
"""How many therapists stand there as buttons; the rest are a click away."""

OF_THE_ROOM = frozenset({Rule.ROOM_FREE, Rule.EQUIPPED})
STEPS = ("approve", "decline", "cancel")
UNDECIDABLE = ("cancel",)
"""While answers are awaited; whoever has spoken with the client decides on the booking's page."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to do at once: what it says, and what it sends."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """One booking of the list."""

    entry: Entry
    when: str
    decide_until: str
    """When its review lapses, if it waits for one."""
    givers: list[Button]
    more_givers: list[Button]
    own_times: list[Button]
    other_times: list[Button]
    steps: Mapping[str, DeskStep]

    @property
    def booking(self) -> Booking:
        """What it is about."""
        return self.entry.booking

    @property
    def start(self) -> Minute:
        """Where whoever presses a button has seen it."""
        return to_minute(self.booking.starts_at)

    @property
    def rules(self) -> str:
        """The numbers of what would be kept: soft rules only, so nothing private is in them."""
        return ",".join(rule.value for rule in self.entry.rules)


@dataclass(frozen=True, slots=True)
class Group:
    """What has one cause on one day."""

    name: str
    subject: str
    causes: tuple[str, ...]
    lines: list[Line]

    @property
    def can_be_given(self) -> int:
        """How many of them somebody could take as they are."""
        return sum(bool(line.givers) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Day:
    """What is due on one day, at the locations of the bookings."""

    title: str
    groups: list[Group]


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells a list to one member of staff."""

    user: Person
    now: Minute
    names: Mapping[str, str]
    """Therapists by their slugs."""
    unread: Collection[int]
    """Bookings (ids) with answers that this member of staff has not looked at."""

    def days(self, entries: Iterable[Entry], ways: Mapping[int, Remedies]) -> list[Day]:
        """The entries by the day on which they are due, and within it by cause, in their order."""
        days = []
        for day, of_day in groupby(sorted(entries, key=_due_on), key=_due_on):
            causes: dict[tuple[str, tuple[str, ...]], list[Line]] = {}
            today = day
            for entry in of_day:
                today = local_date(entry.booking.location.timezone, self.now)
                line = self.line(entry, ways.get(entry.booking.pk, Remedies()))
                causes.setdefault((_subject(entry), self._causes(entry)), []).append(line)
            groups = [
                Group(f"{day.isoformat()}-{number}", *cause, lines)
                for number, (cause, lines) in enumerate(causes.items(), start=1)
            ]
            days.append(Day(day_words(day, today), groups))
        return days

    def line(self, entry: Entry, ways: Remedies) -> Line:
        """One booking, with the buttons for this member of staff."""
        booking = entry.booking
        givers = [
            Button(f"{taker.therapist.name}, {taker.room.name}", str(taker.therapist.pk))
            for taker in ways.takers
        ]
        is_read = booking.pk not in self.unread
        steps = open_steps(booking, self.user, now=self.now, is_read=is_read)
        return Line(
            entry,
            when=time_words(booking.starts_at, booking, on=_due_on(entry)),
            decide_until=time_words(entry.decide_until, booking) if entry.decide_until else "",
            givers=givers[:AT_ONCE],
            more_givers=givers[AT_ONCE:],
            own_times=[self._time(slot, booking, own=True) for slot in ways.with_own],
            other_times=[self._time(slot, booking, own=False) for slot in ways.with_others],
            steps={
                name: steps[name]
                for name in (UNDECIDABLE if entry.awaits_answers else STEPS)
                if name in steps
            },
        )

    def _time(self, slot: Slot, booking: Booking, *, own: bool) -> Button:
        words = time_words(to_instant(slot.starts_at), booking, on=booking.date)
        if own:
            return Button(words, f"{slot.starts_at} {booking.therapist.slug}")
        slug = next(slug for slug in slot.therapists if slug != booking.therapist.slug)
        return Button(f"{words} {self.names[slug]}", f"{slot.starts_at} {slug}")

    def _causes(self, entry: Entry) -> tuple[str, ...]:
        sees_private = may_see_private_time_off(self.user)
        words = tuple(rule_words(rule, sees_private=sees_private) for rule in entry.rules)
        if entry.awaits_answers:
            return *words, _("The client has not answered the health questions yet.")
        return words or (_("Somebody has to decide about the review."),)


def _due_on(entry: Entry) -> date:
    return local(entry.due, entry.booking).date()


def _subject(entry: Entry) -> str:
    """Who or what it is about, where all of them say the same."""
    booking, rules = entry.booking, entry.rules
    if not rules:
        return _("Waiting for answers") if entry.awaits_answers else _("Waiting for a review")
    if Rule.OFFERED in rules:
        return _retired(booking)
    is_about_room = OF_THE_ROOM.issuperset(rules)
    return booking.room.name if is_about_room else booking.therapist.name


def _retired(booking: Booking) -> str:
    """What it is that is no longer offered."""
    for row in (booking.location, booking.room, booking.therapist):
        if not row.active:
            return _("%(name)s, not in use") % {"name": row.name}
    return f"{booking.session_name}, {booking.therapist.name}"
