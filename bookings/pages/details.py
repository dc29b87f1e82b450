"""Who comes, and how they are: the last steps, which turn a hold into a booking.

The health questions are further screens of the same page, so that nothing typed before has to be
kept anywhere in between: it travels along in hidden fields, what is about health in cipher.
"""

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from bookings.domain.booking import cancellable_until, confirm, hold
from bookings.domain.cancelling import is_short_notice
from bookings.domain.health.reviewing import known_answers
from bookings.domain.health.screening import in_force
from bookings.domain.requests import Details, Wish
from bookings.enums import ONLY_HELD, Source, Status
from bookings.errors import (
    ClientBusy,
    NotOnline,
    PairUnavailable,
    QuestionnaireOutdated,
    TooManyHolds,
    WrongState,
)
from bookings.models import Booking, Client, Question, Questionnaire
from bookings.pages.addresses import times_around, to_booking
from bookings.pages.forms import SessionForm, TimeForm
from bookings.pages.guests import Guests, guests_of
from bookings.pages.health_form import HealthForm, questions_at
from bookings.pages.health_screens import RESUME, SCREEN, Screens, begun, sealed_again, turned
from bookings.pages.held import caller_of, keep, kept, time_left
from bookings.pages.privacy import private
from bookings.pages.refusals import (
    LOST,
    Lost,
    TooManyWrites,
    alternatives_of,
    refused,
    too_many_writes,
)
from bookings.pages.series.plan import can_repeat, kept_plan
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.clock import this_minute, this_second
from studio.visitors import browser_key

GIVEN_BACK = (Status.CANCELLED, Status.DECLINED)

WITHOUT = "without"
"""The button that books without answering the health questions here."""


@method_decorator([private, sensitive_post_parameters()], name="dispatch")
class BookingDetails(View):
    """The form. Nothing typed is lost, however often it takes."""

    booking: Booking
    guests: Guests
    now: Minute
    template_name = "bookings/details.html"
    address_name = "bookings:details"
    is_for_two = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send who holds nothing back to the start, and who has booked to the booking."""
        self.now = this_minute()
        booking = kept(request)
        if booking is None or booking.status in GIVEN_BACK:
            messages.info(request, _("You are holding no time at the moment. Choose one first."))
            return redirect("bookings:book")
        if booking.status not in ONLY_HELD:
            return to_booking(booking)
        if (booking.pair_id is not None) != self.is_for_two:
            name = "details" if self.is_for_two else "together-details"
            return redirect(f"bookings:{name}")
        self.booking = booking
        self.guests = self.guests_at(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form; who is signed in need not say who they are."""
        if kept_plan(request) is not None:
            return redirect("bookings:dates")
        return self.page(request, self.guests.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Book; or hold another time instead of one that has gone."""
        form = self.guests.form(request.POST)
        if "starts_at" in request.POST:
            return self.hold_instead(request, form)
        if not self.is_seen(request):
            return self.page(request, form, is_another=True)
        if not form.is_valid():
            return self.page(request, form)
        if not self.questions or WITHOUT in request.POST:
            return self.confirm(request, form)
        if SCREEN not in request.POST and RESUME not in request.POST:
            return self.health_page(request, form, begun(*self.answered(request)))
        health = turned(*self.answered(request))
        if not health.number:
            return self.page(request, form)
        if request.POST.get("version") != str(self.version) and SCREEN in request.POST:
            return self.health_page(request, form, health.first_open(), has_changed=True)
        if not health.is_done:
            return self.health_page(request, form, health)
        return self.confirm(request, form, health.form)

    def confirm(
        self, request: HttpRequest, form: SessionForm, health: HealthForm | None = None
    ) -> HttpResponse:
        """Book, with the health answers where there are any."""
        if too_often := too_many_writes(request):
            return self.wait_page(request, form, too_often)
        details = self.guests.details(form)
        if health is not None:
            details = replace(details, answers=health.to_answers(self.version))
        try:
            booking = self.book(request, details)
        except QuestionnaireOutdated:
            del self.questionnaire, self.questions
            screens = begun(*self.answered(request))
            return self.health_page(request, form, screens, has_changed=True)
        except ClientBusy as error:
            return self.page(request, form, busy=error)
        except LOST as error:
            return self.page(request, form, error)
        except NotOnline as error:
            location = self.booking.location
            return refused(request, error, location, back=reverse(self.address_name))
        except WrongState:
            return redirect(self.address_name)
        return to_booking(booking)

    def is_seen(self, request: HttpRequest) -> bool:
        """Whether the form was sent for what it would book now."""
        return request.POST.get("reference") == self.booking.reference

    def book(self, request: HttpRequest, details: Details) -> Booking:
        """Turn the hold into a booking; raises as `confirm` does."""
        booking = confirm(self.booking, details, caller=caller_of(request), now=self.now)
        if booking.status == Status.CONFIRMED:
            messages.success(request, _("Your session is booked."))
        return booking

    def hold_instead(self, request: HttpRequest, form: SessionForm) -> HttpResponse:
        """Take one of the times that were offered, and show the form as it was filled in."""
        chosen = TimeForm(request.POST)
        if not chosen.is_valid():
            raise BadRequest("The form names no time.")
        if too_often := too_many_writes(request):
            return self.wait_page(request, form, too_often)
        lost = self.booking
        try:
            self.booking = self.hold(request, **chosen.cleaned_data)
        except LOST as error:
            return self.page(request, form, error)
        except TooManyHolds as error:
            return refused(request, error, lost.location, back=reverse("bookings:details"))
        keep(request, self.booking)
        waiting = waited_for(lost)
        if waiting is not None:
            self.guests = guests_of(request, now=self.now)
            form = self.guests.form_like(waiting)
        return self.page(request, form, is_another=True)

    def hold(self, request: HttpRequest, *, starts_at: Minute, therapist: str) -> Booking:
        """Hold another time instead, with the same therapist if that is her slug."""
        lost = self.booking
        wanted = lost.therapist if therapist == lost.therapist.slug else None
        wish = Wish(lost.location, lost.session_type, starts_at, wanted)
        return hold(wish, Details(), caller=caller_of(request, start=True), now=self.now)

    def guests_at(self, request: HttpRequest) -> Guests:
        """For whom the booking is."""
        return guests_of(request, now=self.now, waited=waited_for(self.booking))

    @cached_property
    def questionnaire(self) -> Questionnaire | None:
        """The one in force; without one nothing is asked (rule H0)."""
        return in_force()

    @cached_property
    def questions(self) -> list[Question]:
        """What is asked about health at booking: nothing of who has answered not long ago."""
        known = self.guests.chosen
        if known is not None and known_answers(known, self.booking) is not None:
            return []
        return questions_at(self.questionnaire)

    @property
    def version(self) -> int:
        """Of the questions in force; 0 where there are none."""
        return self.questionnaire.version if self.questionnaire else 0

    def answered(self, request: HttpRequest) -> tuple[list[Question], QueryDict, str]:
        """What is asked, what was sent, and for whom what is sealed was answered."""
        return self.questions, request.POST, browser_key(request)

    def health_page(
        self,
        request: HttpRequest,
        form: SessionForm,
        health: Screens,
        *,
        has_changed: bool = False,
    ) -> HttpResponse:
        """A few of the health questions, with what was typed before in hidden fields."""
        context = {
            "booking": self.booking,
            "details": form,
            "guests": self.guests,
            "health": health,
            "version": self.version,
            "has_changed": has_changed,
            "left": time_left(self.booking, now_seconds=this_second()),
            "other_times": self.other_times,
            "asks_health": True,
            **self.more(),
        }
        status = 409 if has_changed else 422 if health.wrong else 200
        return render(request, "bookings/health.html", context, status=status)

    def wait_page(
        self, request: HttpRequest, form: SessionForm, too_often: TooManyWrites
    ) -> HttpResponse:
        """The form as it was filled in, to be sent again some seconds later."""
        response = self.page(request, form, too_often=too_often)
        response["Retry-After"] = str(too_often.retry_after_seconds)
        return response

    def page(
        self,
        request: HttpRequest,
        form: SessionForm,
        lost: Lost | None = None,
        *,
        is_another: bool = False,
        too_often: TooManyWrites | None = None,
        busy: ClientBusy | PairUnavailable | None = None,
    ) -> HttpResponse:
        """The form with the time it is for; `is_another` than the one the form was sent for."""
        booking = self.booking
        asked_for = booking.therapist if booking.therapist_requested else None
        context = {
            "booking": booking,
            "form": form,
            "guests": self.guests,
            "left": time_left(booking, now_seconds=this_second()),
            "other_times": self.other_times,
            "is_another": is_another,
            "too_often": too_often,
            "busy": busy,
            "free_until": to_instant(cancellable_until(booking)),
            "is_short_notice": is_short_notice(booking, now=self.now),
            "undo_minutes": settings.UNDO_MINUTES,
            "asks_health": bool(self.questions),
            "sealed": sealed_again(*self.answered(request)),
            "can_repeat": can_repeat(booking),
            **alternatives_of(lost, asked_for),
            **self.more(),
        }
        has_errors = form.is_bound and not form.is_valid()
        refusal = 429 if too_often else 409 if lost or is_another or busy else None
        status = refusal or (422 if has_errors else 200)
        return render(request, self.template_name, context, status=status)

    @property
    def other_times(self) -> str:
        """Where another time is chosen."""
        return times_around(self.booking)

    def more(self) -> dict[str, Any]:
        """What else the pages are told."""
        return {}


def waited_for(booking: Booking) -> Client | None:
    """Who waited for the time that is offered to them: they have said who they are."""
    return booking.client if booking.source == Source.WAITLIST else None
