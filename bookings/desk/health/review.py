"""The reviewer's page: what was answered, which rule it fired, and what a person decides (H2)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from bookings.desk.booking.doing import BookingForm
from bookings.desk.health.sheets import OUTCOMES, page_of
from bookings.domain.health.evaluation import Outcome
from bookings.domain.health.looking import read
from bookings.domain.health.reviewing import waiting_in_series
from bookings.domain.health.substitutes import Substitute, substitutes
from bookings.domain.reception import step
from bookings.enums import EventKind, LookPage, Status
from bookings.errors import AnswersUnreadable, BookingError
from bookings.models import Look, SessionType
from bookings.scheduling.hours import to_instant
from bookings.words import at_location, status_words

DECISIONS = {"approve": EventKind.APPROVED, "decline": EventKind.DECLINED}

NEXT_OF_SERIES = gettext_lazy("This date of the same series waits, too.")


class SubstituteField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for mypy alone
    """Session types, each with what the answers come to for it."""

    outcomes: Mapping[int, Outcome]

    def label_from_instance(self, obj: Any) -> str:
        """Its name, and that."""
        return f"{obj.name}: {OUTCOMES[self.outcomes[obj.pk]]}"


class DecisionForm(forms.Form):
    """What was decided, with a note for the therapist and for later reviewers."""

    do = forms.ChoiceField(choices=[(name, name) for name in DECISIONS])
    note = forms.CharField(
        label=gettext_lazy("Note for the therapist (encrypted, the client does not see it)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    substitute = SubstituteField(
        SessionType.objects.none(),
        label=gettext_lazy("When declining, suggest to the client for the same time"),
        required=False,
        empty_label=gettext_lazy("nothing"),
    )

    def __init__(self, data: Any = None, *, offered: list[Substitute]) -> None:
        super().__init__(data, label_suffix="")
        field = self.fields["substitute"]
        assert isinstance(field, SubstituteField)
        field.outcomes = {each.session_type.pk: each.outcome for each in offered}
        field.queryset = SessionType.objects.filter(pk__in=field.outcomes)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ReviewPage(BookingForm):
    """For reviewers alone; that she looks is recorded with it (rule H3)."""

    template_name = "admin/desk/health/review.html"
    permission_required = "bookings.view_answers"

    @property
    def title(self) -> str:  # type: ignore[override]  # a page of each booking
        """Which booking it is."""
        return _("Review of %(reference)s") % {"reference": self.booking.reference}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The answers as they are now."""
        return self._show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide."""
        form = DecisionForm(request.POST, offered=self._substitutes())
        if not form.is_valid():
            return self._show(form)
        kind = DECISIONS[form.cleaned_data["do"]]
        declines = kind is EventKind.DECLINED
        try:
            decided = step(
                self.booking,
                kind,
                caller=self.caller,
                now=self.now,
                reason=form.cleaned_data["note"],
                substitute=form.cleaned_data["substitute"] if declines else None,
            )
        except BookingError as refused:
            return self.refuse(refused)
        said = status_words(decided)
        following = waiting_in_series(decided, now=self.now)
        if following is None:
            return self.back(said)
        messages.success(request, f"{said} {NEXT_OF_SERIES}")
        return redirect("admin:review", following.reference)

    def _show(self, form: DecisionForm | None = None) -> HttpResponse:
        booking = self.booking
        try:
            reading = read(booking, page=LookPage.REVIEW, caller=self.caller, now=self.now)
        except AnswersUnreadable as refused:
            return self.back(str(refused.message), messages.ERROR)
        waits = booking.status == Status.PENDING_REVIEW
        offered = self._substitutes() if waits else []
        return self.render_to_response(
            self.get_context_data(
                outcome=OUTCOMES[reading.evaluation.outcome],
                has_answers=bool(reading.sheets),
                sheets=[page_of(sheet, booking) for sheet in reading.sheets],
                earlier=[page_of(sheet, booking) for sheet in reading.earlier],
                decisions=[
                    (each, at_location(each.review.at, booking)) for each in reading.decisions
                ],
                looks=[(look, at_location(look.at, booking)) for look in self._looks()],
                waits=waits and not booking.has_lapsed(to_instant(self.now)),
                form=form or DecisionForm(offered=offered),
                offers=bool(offered),
            )
        )

    def _looks(self) -> QuerySet[Look]:
        """Everybody who has looked, this look first."""
        return self.booking.looks.select_related("by")[:100]

    def _substitutes(self) -> list[Substitute]:
        try:
            return substitutes(self.booking, caller=self.caller, now=self.now)
        except AnswersUnreadable:
            return []
