"""Is it for me? The same questions and rules for who has booked nothing; nothing is kept (H4)."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from bookings.domain.evaluation import evaluate
from bookings.domain.schedule import latest_today
from bookings.domain.screening import as_asked, in_force
from bookings.pages.forms import LabelledForm
from bookings.pages.health_form import HealthForm, questions_at
from studio.clock import this_minute
from studio.premises.fields import DayInput

SOON = timedelta(days=3)
FARTHEST = timedelta(days=730)
BAREFOOT, HANDS = "barefoot", "hands"


class SessionForm(LabelledForm):
    """Which session it would be, and when: some things are over by then."""

    session = forms.ChoiceField(
        label=gettext_lazy("Which kind of session?"),
        choices=[
            (BAREFOOT, gettext_lazy("With the feet")),
            (HANDS, gettext_lazy("With the hands alone")),
        ],
        initial=BAREFOOT,
        widget=forms.RadioSelect,
    )
    day = forms.DateField(
        label=gettext_lazy("When would it be?"),
        widget=DayInput,
        error_messages={"required": gettext_lazy("Say about when it would be.")},
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, {"day": today + SOON})
        self.today = today

    def clean_day(self) -> date:
        """A day from today on."""
        day: date = self.cleaned_data["day"]
        if not self.today <= day <= self.today + FARTHEST:
            raise ValidationError(_("Choose a day from today on."))
        return day


@method_decorator([csrf_exempt, sensitive_post_parameters()], name="dispatch")
class IsItForMe(View):
    """It is judged and forgotten: nothing is written, so no cookie is needed either."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form; where nobody has signed questions off, whom to ask."""
        return self.answer(request, None)

    def post(self, request: HttpRequest) -> HttpResponse:
        """What follows, in words; and the form as it was filled in."""
        return self.answer(request, request.POST)

    def answer(self, request: HttpRequest, data: Any) -> HttpResponse:
        """The page, which nobody keeps."""
        questions = questions_at(in_force())
        session = SessionForm(data, today=latest_today(this_minute()))
        form = HealthForm(questions, data, asks_consent=False)
        outcome = ""
        if questions and data is not None and session.is_valid() and form.is_valid():
            found = evaluate(
                as_asked(questions),
                form.to_given(),
                on=session.cleaned_data["day"],
                barefoot=session.cleaned_data["session"] == BAREFOOT,
            )
            outcome = found.outcome.word
        has_errors = bool(questions) and data is not None and not outcome
        context = {"asks": bool(questions), "session": session, "form": form, "outcome": outcome}
        response = render(
            request, "bookings/for_me.html", context, status=422 if has_errors else 200
        )
        response["Cache-Control"] = "private, no-store"
        return response
