"""Health questions that are answered after booking: by the link, or on a tablet at the desk (H5).

What was answered before is never shown again on these pages.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from bookings.domain.callers import Caller, at_desk
from bookings.domain.health.screening import in_force, open_asks, open_by_the_session
from bookings.domain.health.settling import answer
from bookings.enums import BOOKED, Ask
from bookings.errors import BookingError, QuestionnaireOutdated
from bookings.models import Booking, Question
from bookings.pages.health_form import questions_at
from bookings.pages.health_screens import Screens, begun, turned
from bookings.pages.held import caller_of
from bookings.pages.managing import BookingView
from bookings.pages.privacy import private
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.clock import this_minute
from studio.tablet import handed_over

AGAIN = "again"
"""Asks for all questions of booking once more: something has changed."""


class Answering:
    """The form with what is open; sending it settles it."""

    request: HttpRequest
    booking: Booking
    now: Minute
    asks: tuple[Ask, ...]
    template_name: str

    @property
    def caller(self) -> Caller:
        """At whose desk it is answered."""
        raise NotImplementedError

    def done(self, booking: Booking) -> HttpResponse:
        """What is shown to who has answered."""
        raise NotImplementedError

    @cached_property
    def questions(self) -> list[Question]:
        """What is asked."""
        return questions_at(in_force(), self.asks)

    @property
    def purpose(self) -> str:
        """For what is answered: on another form it opens nothing."""
        return f"{self.template_name} {self.booking.reference}"

    def begin(self) -> HttpResponse:
        """The first questions; nothing of before is shown."""
        return self.show(begun(self.questions, {}, self.purpose))

    def show(self, screens: Screens, *, has_changed: bool = False) -> HttpResponse:
        """A few of the questions."""
        questionnaire = in_force()
        context = {
            "booking": self.booking,
            "health": screens,
            "version": questionnaire.version if questionnaire else 0,
            "has_changed": has_changed,
            "is_of_the_day": self.asks == (Ask.DAY_BEFORE,),
            **self.more_context(),
        }
        status = 409 if has_changed else 422 if screens.wrong else 200
        return render(self.request, self.template_name, context, status=status)

    def more_context(self) -> dict[str, Any]:
        """What else the page shows."""
        return {}

    def send(self) -> HttpResponse:
        """Keep what was answered; until then the next questions, or what does not fit."""
        screens = turned(self.questions, self.request.POST, self.purpose)
        version = self.request.POST.get("version", "")
        questionnaire = in_force()
        if questionnaire is None or version != str(questionnaire.version):
            return self.show(screens.first_open(), has_changed=True)
        if not screens.is_done:
            return self.show(screens if screens.number else screens.at(1))
        given = screens.form.to_answers(questionnaire.version, self.asks)
        try:
            booking = answer(self.booking, given, caller=self.caller, now=self.now)
        except QuestionnaireOutdated:
            return self.show(screens.first_open(), has_changed=True)
        return self.done(booking)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class AnswersByLink(Answering, BookingView):
    """What is open, by the booking's own link; or all of it again, where something has changed."""

    template_name = "bookings/answers.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send who has nothing to answer to the booking."""
        if not self.asks:
            return redirect(self.address())
        return super().dispatch(request, *args, **kwargs)

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """The empty form."""
        return self.begin()

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Keep the answers."""
        try:
            return self.send()
        except BookingError as error:
            return self.refused(request, error)

    @cached_property
    def asks(self) -> tuple[Ask, ...]:  # type: ignore[override]  # found when it is asked for
        """The sets of questions that are open; those of booking when they are asked for."""
        if not can_be_answered(self.booking, now=self.now):
            return ()
        found = open_asks(self.booking, now=self.now)
        if not found and AGAIN in self.request.GET and questions_at(in_force()):
            return (Ask.BOOKING,)
        return found

    @property
    def caller(self) -> Caller:
        """The client alone."""
        return caller_of(self.request)

    def more_context(self) -> dict[str, Any]:
        """The way back."""
        return {"address": self.address()}

    def done(self, booking: Booking) -> HttpResponse:
        """Back to the booking, which says how it stands now."""
        messages.success(self.request, _("Thank you. Your answers have arrived."))
        return redirect(self.address())


@method_decorator([private, sensitive_post_parameters()], name="dispatch")
class AnswersOnTablet(Answering, View):
    """The same form on a tablet that reception hands over; nobody is signed in on it any more."""

    template_name = "bookings/tablet.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show nothing on a tablet that was not handed over, or too long ago."""
        self.now = this_minute()
        found = tablet_of(request, now=self.now)
        if found is None:
            return render(request, "bookings/tablet_over.html")
        self.booking, self.receiver = found
        self.asks = open_by_the_session(self.booking)
        if not self.asks:
            return self.done(self.booking)
        return super().dispatch(request, *args, **kwargs)

    def get(self, _request: HttpRequest) -> HttpResponse:
        """The empty form."""
        return self.begin()

    def post(self, _request: HttpRequest) -> HttpResponse:
        """Keep the answers, and forget whose tablet it was."""
        try:
            return self.send()
        except BookingError:
            return self.done(self.booking)

    @property
    def caller(self) -> Caller:
        """Who handed it over."""
        return at_desk(self.receiver)

    def done(self, booking: Booking) -> HttpResponse:
        """Nothing but thanks."""
        self.request.session.flush()
        context = {"is_answered": True, "booking": booking}
        return render(self.request, "bookings/tablet_over.html", context)


def can_be_answered(booking: Booking, *, now: Minute) -> bool:
    """Whether a client may answer by the link: of what is booked and not over."""
    return booking.status in BOOKED and not booking.has_lapsed(to_instant(now))


def tablet_of(request: HttpRequest, *, now: Minute) -> tuple[Booking, User] | None:
    """The booking that this browser was handed over for, and by whom."""
    found = handed_over(request, now=now)
    if found is None:
        return None
    booking = Booking.objects.whole().filter(pk=found.booking).first()
    receiver = User.objects.filter(pk=found.by, is_active=True).first()
    return (booking, receiver) if booking and receiver else None
