"""When, with whom and where: what booking and moving ask alike; the domain alone judges it."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.dates import check_date
from bookings.domain.bookable.question import Question
from bookings.domain.offers import offered
from bookings.domain.refusals import WORDS
from bookings.domain.requests import Override
from bookings.models import Booking, Client, SessionType
from bookings.scheduling.hours import local_date
from bookings.scheduling.slots import OVERRIDABLE, Rule
from bookings.scheduling.timeline import Minute
from bookings.words import start_meant
from studio.premises.fields import STEP_MINUTES, DayInput, DayMinuteFormField
from studio.premises.models import Location, Room
from therapists.models import Therapist

SOFT_RULES = [(rule.value, f"{rule.value}: {WORDS[rule]}") for rule in Rule if rule in OVERRIDABLE]


class PlaceForm(forms.Form):
    """When, with whom and where. A form that is only looked at asks for nothing."""

    moving: Booking | None = None

    session_type = forms.ModelChoiceField(
        SessionType.objects.none(), label=gettext_lazy("Session type"), to_field_name="slug"
    )
    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=DayInput,
        input_formats=["%Y-%m-%d"],
        validators=[check_date],
    )
    time = DayMinuteFormField(
        label=gettext_lazy("Start"),
        widget=forms.TimeInput(attrs={"type": "time", "step": STEP_MINUTES * 60}),
    )
    second = forms.BooleanField(
        label=gettext_lazy("The second time that clocks show it"), required=False
    )
    therapist = forms.ModelChoiceField(
        Therapist.objects.none(),
        label=gettext_lazy("Therapist"),
        to_field_name="slug",
        required=False,
    )
    room = forms.ModelChoiceField(
        Room.objects.none(), label=gettext_lazy("Room"), to_field_name="slug", required=False
    )
    override = forms.MultipleChoiceField(
        label=gettext_lazy("Go past"), choices=SOFT_RULES, required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Is kept with the booking."),
    )

    def __init__(self, *args: Any, looking: bool = False, **kwargs: Any) -> None:
        """Offer what is in use where it takes place; a look needs nothing to be typed yet."""
        super().__init__(*args, **kwargs)
        self.looking = looking
        if self.location is not None:
            self._offer_what_is_used(self.location)
        if looking:
            for field in self.fields.values():
                field.required = False

    @property
    def location(self) -> Location | None:
        """Where it takes place, once that is known."""
        raise NotImplementedError

    def clean(self) -> None:
        """Ask for a reason where a rule is gone past."""
        super().clean()
        ticked = self.cleaned_data.get("override") and not self.looking
        if ticked and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Say why, if you go past a rule."))

    @property
    def start(self) -> Minute | None:
        """The instant that was typed, if one was."""
        wall, location = self.wall, self.location
        if wall is None or location is None:
            return None
        second = bool(self.cleaned_data.get("second"))
        return start_meant(wall, location.timezone, second_passage=second)

    @property
    def known_client(self) -> Client | None:
        """Who it is for, if that is somebody known."""
        raise NotImplementedError

    @property
    def wall(self) -> datetime | None:
        """The start as the clock of the location shows it."""
        day, minute = self.cleaned_data.get("day"), self.cleaned_data.get("time")
        if day is None or minute is None:
            return None
        return datetime.combine(day, time()) + timedelta(minutes=minute)

    def question(self, session_type: SessionType, *, now: Minute) -> Question | None:
        """What the schedule is asked about the day, once it is known where and when."""
        location, start = self.location, self.start
        day = self.cleaned_data.get("day")
        if location is not None and start is not None:
            day = local_date(location.timezone, start)
        if location is None or day is None:
            return None
        therapist, room = self.cleaned_data.get("therapist"), self.cleaned_data.get("room")
        return Question(
            location=location,
            session_type=session_type,
            first=day,
            last=day,
            now=now,
            is_staff=True,
            therapist=therapist.slug if therapist else None,
            room=room.slug if room else None,
            moving=self.moving,
            keeps_room=self.moving is not None,
            overridden=self.to_override().rules,
        )

    def to_override(self) -> Override:
        """The rules that were ticked, and why."""
        rules = frozenset(Rule(number) for number in self.cleaned_data.get("override", ()))
        return Override(rules, self.cleaned_data.get("reason", "")) if rules else Override()

    def rows(self, name: str) -> QuerySet[Any]:
        """What can be chosen for a field."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField) and field.queryset is not None
        return field.queryset

    def _offer_what_is_used(self, location: Location) -> None:
        used, kinds = Q(active=True), Q(pk__in=offered(location).values("pk"))
        therapists = rooms = used
        if self.moving is not None:
            kinds |= Q(pk=self.moving.session_type_id)
            therapists = used | Q(pk=self.moving.therapist_id)
            rooms = used | Q(pk=self.moving.room_id)
        by_length = SessionType.objects.order_by("style", "duration_minutes", "slug")
        self._offer("session_type", by_length.filter(kinds))
        self._offer("therapist", Therapist.objects.order_by("name").filter(therapists))
        self._offer("room", location.rooms.order_by("name").filter(rooms))

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows
