"""One click about one booking of the list: give it away, move it, keep it, or take a step."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from bookings.desk.page import caller_of
from bookings.domain.attention.resolving import hand_over, keep
from bookings.domain.callers import Caller
from bookings.domain.moving import move
from bookings.domain.requests import Change, Seen
from bookings.domain.staff import visible_bookings
from bookings.domain.steps import DESK_STEPS
from bookings.errors import BookingError
from bookings.models import Booking
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Minute
from bookings.words import refusal_words, start_of
from studio.clock import this_minute
from therapists.models import Therapist

FARTHEST = 10**9
"""A minute beyond all calendars."""


class DealForm(forms.Form):
    """What a button sends: `seen` and `by` are the start and the therapist that it stood beside."""

    seen = forms.IntegerField(min_value=0, max_value=FARTHEST)
    by = forms.ModelChoiceField(Therapist.objects.all())
    give = forms.ModelChoiceField(Therapist.objects.all(), required=False)
    move = forms.RegexField(r"^\d{1,9} [-a-z0-9]+$", required=False)
    step = forms.ChoiceField(
        choices=[(name, name) for name in ("approve", "decline", "cancel", "keep")], required=False
    )
    rules = forms.CharField(required=False)
    reason = forms.CharField(required=False, max_length=1000)

    def clean(self) -> None:
        """Ask for a reason where one is recorded."""
        super().clean()
        step = self.cleaned_data.get("step", "")
        asks_why = step == "keep" or (step in DESK_STEPS and DESK_STEPS[step].asks_why)
        if asks_why and not self.cleaned_data.get("reason"):
            self.add_error("reason", gettext_lazy("Say why; it is kept with the booking."))


@require_POST
@permission_required("bookings.change_booking", raise_exception=True)
def deal(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what was pressed, and say what came of it on the list."""
    now = this_minute()
    found = visible_bookings(request.user, now=now).whole()
    booking = get_object_or_404(found, pk=pk)
    form = DealForm(request.POST)
    if not form.is_valid():
        mistakes = [str(error) for errors in form.errors.values() for error in errors]
        messages.error(request, f"{named(booking)}: {' '.join(mistakes)}")
        return back_to_list(request)
    try:
        done = _work(form, booking)(caller_of(request), now)
    except BookingError as refused:
        messages.error(request, f"{named(booking)}: {refusal_words(refused, request.user)}")
    else:
        messages.success(request, f"{named(booking)}: {done}")
    return back_to_list(request)


def _work(form: DealForm, booking: Booking) -> Callable[[Caller, Minute], str]:
    """What a button stands for; it raises BookingError, or gives words for what it has done."""
    typed = form.cleaned_data
    seen, reason, step = Seen(typed["seen"], typed["by"]), typed["reason"], typed["step"]

    def give(caller: Caller, now: Minute) -> str:
        return given_words(hand_over(booking, typed["give"], seen=seen, caller=caller, now=now))

    def put_elsewhere(caller: Caller, now: Minute) -> str:
        start, _space, slug = typed["move"].partition(" ")
        change = Change(
            starts_at=int(start), therapist=get_object_or_404(Therapist, slug=slug), keeps_room=True
        )
        moved = move(booking, change, seen=seen, caller=caller, now=now)
        return f"{start_of(moved)}, {given_words(moved)}"

    def keep_it(caller: Caller, now: Minute) -> str:
        rules = [Rule(number) for number in typed["rules"].split(",") if number in set(Rule)]
        keep(booking, rules, caller=caller, now=now, reason=reason)
        return _("kept as it is.")

    def take_step(caller: Caller, now: Minute) -> str:
        taken = DESK_STEPS[step].take(booking, caller=caller, now=now, reason=reason)
        return _("%(status)s.") % {"status": taken.get_status_display()}

    if step == "keep":
        return keep_it
    if step:
        return take_step
    return put_elsewhere if typed["move"] else give


def named(booking: Booking) -> str:
    """A booking as reception speaks of it."""
    return f"{booking.client or booking.reference}, {start_of(booking)}"


def given_words(booking: Booking) -> str:
    """Who has a booking now, and where."""
    return f"{booking.therapist.name}, {booking.room.name}"


def back_to_list(request: HttpRequest) -> HttpResponse:
    """The list as it was looked at."""
    query = QueryDict(request.POST.get("query", "")).urlencode()
    url = reverse("admin:attention")
    return HttpResponseRedirect(f"{url}?{query}" if query else url)
