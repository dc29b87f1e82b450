"""The therapist's page of the day: her clients around today, and what she has to know of them."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy

from bookings.desk.health.sheets import Told, notes_in
from bookings.desk.page import DeskPage
from bookings.domain.looking import read
from bookings.domain.screening import answers_states
from bookings.domain.staff import AROUND_TODAY, visible_bookings
from bookings.enums import AnswersState, LookPage, Pressure, Status
from bookings.errors import AnswersUnreadable
from bookings.models import Booking
from bookings.scheduling.hours import local_date
from bookings.words import standing, start_of

SHOWN = (Status.PENDING_REVIEW, Status.CONFIRMED, Status.CHECKED_IN, Status.COMPLETED)


@dataclass(frozen=True, slots=True)
class Coming:
    """One of her clients."""

    booking: Booking
    when: str
    standing: str
    pressure: str
    is_open: bool
    notes: list[Told] = field(default_factory=list, repr=False)
    decisions: list[str] = field(default_factory=list, repr=False)
    is_unreadable: bool = False


class DayPage(DeskPage):
    """Of the therapist whose account it is; each look at answers is recorded (rule H3)."""

    template_name = "admin/desk/health/day.html"
    permission_required = "bookings.view_booking"
    title = gettext_lazy("My clients")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Yesterday, today and tomorrow."""
        own = (
            visible_bookings(self.request.user, now=self.now)
            .filter(therapist__user=self.request.user.pk, status__in=SHOWN)
            .select_related("location", "session_type", "therapist", "room", "client")
            .order_by("starts_at")
        )
        bookings = [booking for booking in own if self._is_near(booking)]
        states = answers_states(bookings, now=self.now)
        coming = [self._coming(each, states[each.pk]) for each in bookings]
        return super().get_context_data(coming=coming, **kwargs)

    def _is_near(self, booking: Booking) -> bool:
        today = local_date(booking.location.timezone, self.now)
        return abs(booking.date - today) <= AROUND_TODAY

    def _coming(self, booking: Booking, state: AnswersState) -> Coming:
        notes: list[Told] = []
        decisions: list[str] = []
        is_unreadable = False
        try:
            reading = read(booking, page=LookPage.DAY, caller=self.caller, now=self.now)
            notes = list(notes_in(reading.sheets, booking))
            decisions = [each.note for each in reading.decisions if each.note]
        except AnswersUnreadable:
            is_unreadable = True
        return Coming(
            booking,
            when=start_of(booking),
            standing=standing(booking, now=self.now),
            pressure=str(Pressure(booking.pressure).label),
            is_open=state.is_open,
            notes=notes,
            decisions=decisions,
            is_unreadable=is_unreadable,
        )
