"""Is it for me? The same questions and rules for who has booked nothing; nothing is kept (H4)."""

from collections.abc import Mapping
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

from bookings.domain.health.evaluation import evaluate
from bookings.domain.health.screening import as_asked, in_force
from bookings.domain.schedule import latest_today
from bookings.models import Question
from bookings.pages.forms import LabelledForm
from bookings.pages.health_form import questions_at
from bookings.pages.health_screens import Screens, begun, turned
from studio.clock import this_minute
from studio.premises.fields import DayInput

SOON = timedelta(days=3)
FARTHEST = timedelta(days=730)
BAREFOOT, HANDS = "barefoot", "hands"
PURPOSE = "is it for me"


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

    @classmethod
    def filled_in(cls, typed: Mapping[str, str], *, today: date) -> "SessionForm":
        """As it was left, while other questions are asked."""
        form = cls(today=today)
        form.initial.update({name: typed[name] for name in form.fields if name in typed})
        return form

    def clean_day(self) -> date:
        """A day from today on."""
        day: date = self.cleaned_data["day"]
        if not self.today <= day <= self.today + FARTHEST:
            raise ValidationError(_("Choose a day from today on."))
        return day


@method_decorator([csrf_exempt, sensitive_post_parameters()], name="dispatch")
class IsItForMe(View):
    """It is judged and forgotten: nothing is written, so no cookie is needed either."""

    template_name = "bookings/for_me.html"

    def questions(self) -> list[Question]:
        """What is asked."""
        return questions_at(in_force())

    def get(self, request: HttpRequest, **_kwargs: int) -> HttpResponse:
        """The first questions; where nobody has signed questions off, whom to ask."""
        session = SessionForm(today=latest_today(this_minute()))
        questions = self.questions()
        return self.page(request, session, begun(questions, {}, PURPOSE, asks_consent=False))

    def post(self, request: HttpRequest, **_kwargs: int) -> HttpResponse:
        """The next questions; after the last ones what follows, in words."""
        questions = self.questions()
        screens = turned(questions, request.POST, PURPOSE, asks_consent=False)
        if not screens.number:
            screens = screens.at(1)
        today = latest_today(this_minute())
        if not screens.is_done:
            return self.page(request, SessionForm.filled_in(request.POST, today=today), screens)
        session = SessionForm(request.POST, today=today)
        if not session.is_valid():
            return self.page(request, session, screens)
        found = evaluate(
            as_asked(questions),
            screens.form.to_given(),
            on=session.cleaned_data["day"],
            barefoot=session.cleaned_data["session"] == BAREFOOT,
        )
        return self.page(request, session, screens, outcome=found.outcome.word)

    def page(
        self, request: HttpRequest, session: SessionForm, screens: Screens, *, outcome: str = ""
    ) -> HttpResponse:
        """The page, which nobody keeps."""
        asks = bool(screens.form.questions)
        context = {"asks": asks, "session": session, "health": screens, "outcome": outcome}
        has_errors = asks and (screens.wrong or session.errors)
        status = 422 if has_errors else 200
        response = render(request, self.template_name, context, status=status)
        response["Cache-Control"] = "private, no-store"
        return response
