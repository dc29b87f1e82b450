"""Booking a series on the telephone: what was typed for one session, on several dates."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.desk.booking.book_form import BookForm
from bookings.desk.booking.telephone import BookPage
from bookings.desk.booking.told import mail_words
from bookings.desk.series.forms import RepeatForm, hidden_fields
from bookings.domain.series.booking import book_series
from bookings.domain.series.choices import PlannedDate, answered, planned, wanted_of
from bookings.domain.series.following_preview import PlannedMove
from bookings.domain.staff import Person, may_see_private_time_off
from bookings.errors import BookingError
from bookings.scheduling.hours import local_date, local_time
from bookings.scheduling.series import FEWEST, starts_on
from bookings.scheduling.slots import Rule
from bookings.words import every_words, refusal_words, rule_words, spelled
from studio.premises.models import Location

ALL, FITTING = "book-all", "book-fitting"
"""Buttons that book: what is chosen, and only what can be booked."""


@dataclass(frozen=True, slots=True)
class Row:
    """A date as the desk shows it; `why_not` names the rule, as far as whoever asks may know it."""

    planned: PlannedDate
    start: str
    why_not: str
    instead: str


@dataclass(frozen=True, slots=True)
class Past:
    """A soft rule that some date breaks, or that is gone past already."""

    number: str
    words: str
    is_ticked: bool


class BookSeriesPage(BookPage):
    """Shows each date, and books them; what was typed before travels along."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing is typed yet: it begins with one session."""
        return HttpResponseRedirect(reverse("admin:book"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Book, or look at the dates; where the session itself is not complete, go back to it."""
        form = BookForm(request.POST, location=self._location(request.POST))
        if not form.is_valid() and form.errors.keys() - {"reason"}:
            return self._show(form)
        assert form.start is not None and form.location is not None  # a valid form has both
        first = local_date(form.location.timezone, form.start)
        repeat = RepeatForm(request.POST, first=first)
        if not repeat.is_valid():
            return self._show_dates(form, repeat, [])
        button = request.POST.get("do")
        dates = self._dates(form, repeat)
        if button not in (ALL, FITTING) or form.errors:
            return self._show_dates(form, repeat, dates)
        dates = answered(dates, request.POST, leaves_out=button == FITTING)
        if any(each.is_open for each in dates):
            words = _("Say what becomes of the dates that cannot be booked.")
            return self._show_dates(form, repeat, dates, refused=words)
        if len(wanted_of(dates)) < FEWEST:
            words = _("That leaves fewer than two dates.")
            return self._show_dates(form, repeat, dates, refused=words)
        return self._book(form, repeat, dates)

    def _book(self, form: BookForm, repeat: RepeatForm, dates: list[PlannedDate]) -> HttpResponse:
        try:
            made = book_series(
                form.wish(),
                wanted_of(dates),
                form.details(),
                all_or_nothing=True,
                every_weeks=repeat.every_weeks,
                caller=self.caller,
                now=self.now,
                override=form.to_override(),
                reference=form.cleaned_data["reference"],
            )
        except BookingError as error:
            words = refusal_words(error, self.request.user)
            return self._show_dates(form, repeat, self._dates(form, repeat), refused=words)
        words = ngettext("%(count)s session booked.", "%(count)s sessions booked.", len(dates))
        said = words % {"count": len(made.bookings)}
        messages.success(self.request, f"{said} {mail_words(made.bookings)}")
        return HttpResponseRedirect(reverse("admin:booking", args=[made.bookings[0].reference]))

    def _dates(self, form: BookForm, repeat: RepeatForm) -> list[PlannedDate]:
        assert form.start is not None and form.location is not None  # a valid form has both
        return planned(
            form.wish(),
            starts_on(form.location.timezone, repeat.dates, form.start),
            client=form.known_client,
            caller=self.caller,
            now=self.now,
            override=form.to_override(),
        )

    def _show_dates(
        self, form: BookForm, repeat: RepeatForm, dates: list[PlannedDate], *, refused: str = ""
    ) -> HttpResponse:
        location, client = form.location, form.known_client
        assert location is not None
        context = self.get_context_data(
            form=form,
            hidden=list(hidden_fields(form)),
            repeat=repeat,
            location=location,
            rows=list(rows_of(dates, location, self.request.user)),
            fitting=sum(each.is_bookable for each in dates),
            past=past_of(dates, form.to_override().rules, self.request.user),
            refused=refused,
            client=client,
            client_name=client.name if client else form.cleaned_data["client_name"],
            session=form.cleaned_data["session_type"],
            start=spelled(local_time(form.wish().starts_at, location.zone)),
            therapist=form.cleaned_data["therapist"],
            rhythm=every_words(repeat.every_weeks) if repeat.is_valid() else "",
            tells=not self.caller.is_quiet,
        )
        self.template_name = "admin/desk/series/book.html"
        return self.render_to_response(context)


def rows_of(dates: Iterable[PlannedDate], location: Location, user: Person) -> Iterator[Row]:
    """The dates in words."""
    sees_private = may_see_private_time_off(user)
    for each in dates:
        instead = spelled(local_time(each.instead, location.zone)) if each.instead else ""
        why_not = rule_words(each.rule, sees_private=sees_private) if each.rule else ""
        yield Row(each, spelled(local_time(each.start, location.zone)), why_not, instead)


def past_of(
    dates: Iterable[PlannedDate | PlannedMove], ticked: Iterable[Rule], user: Person
) -> list[Past]:
    """The soft rules to go past, by number."""
    gone = set(ticked)
    broken = {each.rule for each in dates if each.rule is not None and each.overridable}
    sees_private = may_see_private_time_off(user)
    return [
        Past(rule.value, rule_words(rule, sees_private=sees_private), rule in gone)
        for rule in sorted(broken | gone, key=lambda rule: rule.value)
    ]
