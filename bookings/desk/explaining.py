"""Why a session cannot start at a time, or can: asked on the telephone, answered on one page."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from bookings.desk.dates import check_date
from bookings.desk.links import book_url
from bookings.desk.page import DeskPage
from bookings.domain.explain import Explanation, explain
from bookings.domain.explain.asked import listed
from bookings.domain.staff import may_see_private_time_off
from bookings.models import SessionType
from bookings.scheduling.hours import local_time
from bookings.scheduling.timeline import Minute
from bookings.words import is_repeated, spelled, start_meant
from studio.premises.fields import WallTimeFormField
from studio.premises.models import Location
from therapists.models import Therapist


class ExplainForm(forms.Form):
    """Where, what and when; what is out of use can be asked about too."""

    location = forms.ModelChoiceField(
        Location.objects.order_by("-active", "name"),
        label=gettext_lazy("Location"),
        to_field_name="slug",
    )
    session_type = forms.ModelChoiceField(
        SessionType.objects.order_by("-active", "style", "duration_minutes", "slug"),
        label=gettext_lazy("Session type"),
        to_field_name="slug",
    )
    start = WallTimeFormField(label=gettext_lazy("Start"), validators=[check_date])
    second = forms.BooleanField(
        label=gettext_lazy("The second time that clocks show it"), required=False
    )
    therapist = forms.ModelChoiceField(
        Therapist.objects.order_by("-active", "name"),
        label=gettext_lazy("Therapist"),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("Any"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Start at the only location, where there is only one."""
        super().__init__(*args, **kwargs)
        locations = list(Location.objects.filter(active=True)[:2])
        if len(locations) == 1:
            self.fields["location"].initial = locations[0].slug

    def explanation(self, *, now: Minute, sees_private: bool) -> Explanation:
        """What the domain says of what was typed."""
        typed = self.cleaned_data
        start = start_meant(
            typed["start"], typed["location"].timezone, second_passage=typed["second"]
        )
        return explain(
            typed["location"],
            typed["session_type"],
            start,
            typed["therapist"],
            now=now,
            sees_private=sees_private,
        )

    @property
    def is_repeated(self) -> bool:
        """Whether the clocks of the location show the typed time twice (rule T4)."""
        wall, location = self.cleaned_data.get("start"), self.cleaned_data.get("location")
        return bool(wall and location and is_repeated(wall, location.timezone))


@dataclass(frozen=True, slots=True)
class Opening:
    """A start that can be booked: what it is called, and where to book it."""

    words: str
    therapists: str
    url: str


class ExplainPage(DeskPage):
    template_name = "admin/desk/explain/page.html"
    permission_required = "bookings.change_booking"
    title = gettext_lazy("Why not?")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The question, and its answer once it is whole; a link may have put it."""
        query = self.request.GET
        form = ExplainForm(query if "session_type" in query else None, initial=query.dict())
        if not form.is_valid():
            return super().get_context_data(form=form, **kwargs)
        user = self.request.user
        found = form.explanation(now=self.now, sees_private=may_see_private_time_off(user))
        may_book = user.has_perm("bookings.add_booking")
        names = {each.what.slug: each.what.name for each in found.therapists}
        return super().get_context_data(
            form=form,
            explanation=found,
            start=_spelled(found, found.start),
            override=listed([rule.value for rule in found.override]),
            book_url=_book_url(found, found.start) if may_book and found.at_desk else "",
            openings=[
                Opening(
                    _spelled(found, slot.starts_at),
                    ", ".join(names.get(slug, slug) for slug in slot.therapists),
                    _book_url(found, slot.starts_at) if may_book else "",
                )
                for slot in found.nearby
            ],
            shows_clients=user.has_perm("bookings.view_client"),
            **kwargs,
        )


def _spelled(explanation: Explanation, start: Minute) -> str:
    return spelled(local_time(start, explanation.question.location.zone))


def _book_url(explanation: Explanation, start: Minute) -> str:
    """The page that books, with the answer filled in."""
    question = explanation.question
    chosen = {"session_type": question.session_type.slug}
    if question.therapist:
        chosen["therapist"] = question.therapist
    return book_url(question.location, start, **chosen)
