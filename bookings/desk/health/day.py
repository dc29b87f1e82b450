"""The therapist's page of the day: her clients around today, and what she has to know of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.dates import day_words
from bookings.desk.health.sheets import Told, notes_in
from bookings.desk.page import DeskPage
from bookings.domain.health.looking import read
from bookings.domain.health.screening import answers_states, asked_at, in_force
from bookings.domain.staff import AROUND_TODAY, visible_bookings
from bookings.enums import AnswersState, Ask, LookPage, Pressure, Status
from bookings.errors import AnswersUnreadable
from bookings.models import Booking, Question
from bookings.scheduling.hours import DAY_MINUTES, local_date, to_instant
from bookings.scheduling.timeline import Interval
from bookings.words import SIGNS, local, spelled_time, standing, start_of

NEAR_MINUTES = 3 * DAY_MINUTES
"""Before and after now; yesterday and tomorrow lie within, whatever the zone."""

SHOWN = (Status.PENDING_REVIEW, Status.CONFIRMED, Status.CHECKED_IN, Status.COMPLETED)


@dataclass(frozen=True, slots=True)
class Coming:
    """One of her clients; `state` and `asked` where health questions are still open."""

    booking: Booking
    when: str
    sign: str
    standing: str
    pressure: str
    state: str = ""
    asked: list[Question] = field(default_factory=list)
    notes: list[Told] = field(default_factory=list, repr=False)
    decisions: list[tuple[str, str]] = field(default_factory=list, repr=False)
    papers: list[str] = field(default_factory=list)
    """Who has seen answers on paper."""
    is_unreadable: bool = False

    @property
    def is_known(self) -> bool:
        """Whether nothing has to be said, and nothing is open."""
        return not (self.notes or self.decisions or self.papers or self.state or self.is_unreadable)


class DayPage(DeskPage):
    """Of the therapist whose account it is; each look at answers is recorded (rule H3)."""

    template_name = "admin/desk/health/day.html"
    permission_required = "bookings.view_booking"
    title = gettext_lazy("My clients")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who comes today and tomorrow, next first; then who has been here since yesterday."""
        own = (
            visible_bookings(self.request.user, now=self.now)
            .filter(therapist__user=self.request.user.pk, status__in=SHOWN)
            .overlapping(Interval(self.now - NEAR_MINUTES, self.now + NEAR_MINUTES))
            .whole()
            .order_by("starts_at")
        )
        bookings = [booking for booking in own if self._is_near(booking)]
        states = answers_states(bookings, now=self.now)
        days = [
            (title, [self._coming(each, states[each.pk], title) for each in group])
            for title, group in self._by_day(bookings)
        ]
        return super().get_context_data(days=days, **kwargs)

    def _by_day(self, bookings: list[Booking]) -> Iterator[tuple[str, list[Booking]]]:
        ahead = [each for each in bookings if not self._is_over(each)]
        for day, group in groupby(ahead, key=lambda each: each.date):
            found = list(group)
            yield day_words(day, self._today(found[0])), found
        if over := [each for each in bookings if self._is_over(each)]:
            yield "", over

    def _today(self, booking: Booking) -> date:
        return local_date(booking.location.timezone, self.now)

    def _is_near(self, booking: Booking) -> bool:
        return abs(booking.date - self._today(booking)) <= AROUND_TODAY

    def _is_over(self, booking: Booking) -> bool:
        return booking.status == Status.COMPLETED or booking.ends_at <= to_instant(self.now)

    def _coming(self, booking: Booking, state: AnswersState, title: str) -> Coming:
        notes: list[Told] = []
        decisions: list[tuple[str, str]] = []
        papers: list[str] = []
        is_unreadable = False
        try:
            reading = read(booking, page=LookPage.DAY, caller=self.caller, now=self.now)
            notes = list(notes_in(reading.sheets, booking))
            decisions = [
                (_("Approved") if each.review.is_approved else _("Declined"), each.note)
                for each in reading.decisions
            ]
            seen = (sheet.answers.seen_by for sheet in reading.sheets)
            papers = sorted({therapist.name for therapist in seen if therapist is not None})
        except AnswersUnreadable:
            is_unreadable = True
        is_open = state.is_open and not self._is_over(booking)
        asks_today = is_open and state is AnswersState.DAY_BEFORE
        return Coming(
            booking,
            when=_span(booking) if title else start_of(booking),
            sign=SIGNS[Status(booking.status)],
            standing=standing(booking, now=self.now),
            pressure=str(Pressure(booking.pressure).label),
            state=str(state.label) if is_open else "",
            asked=asked_at(in_force(), [Ask.DAY_BEFORE]) if asks_today else [],
            notes=notes,
            decisions=decisions,
            papers=papers,
            is_unreadable=is_unreadable,
        )


def _span(booking: Booking) -> str:
    """From when until when, on the day that stands above it."""
    start, end = (local(each, booking) for each in (booking.starts_at, booking.ends_at))
    return f"{spelled_time(start)} – {spelled_time(end)}"
