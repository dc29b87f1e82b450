"""What reception types to book for two."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.booking.book_form import BookForm
from bookings.domain.pairs.places import PairQuestion, asked_for
from bookings.domain.requests import Details, PairWish, Person
from bookings.enums import Pressure
from bookings.models import SessionType
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location
from therapists.models import Therapist


class BookPairForm(BookForm):
    """A booking as for one, and who comes along: her session, her therapist and her name."""

    second_session_type = forms.ModelChoiceField(
        SessionType.objects.none(), label=gettext_lazy("Session type"), to_field_name="slug"
    )
    second_therapist = forms.ModelChoiceField(
        Therapist.objects.none(),
        label=gettext_lazy("Therapist"),
        to_field_name="slug",
        required=False,
    )
    second_name = forms.CharField(label=gettext_lazy("Name of who comes along"), max_length=200)
    second_phone = forms.CharField(label=gettext_lazy("Telephone"), required=False, max_length=40)
    second_email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    second_pressure = forms.ChoiceField(label=gettext_lazy("Pressure"), choices=Pressure.choices)
    second_notes = forms.CharField(
        label=gettext_lazy("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    side_by_side = forms.BooleanField(
        label=gettext_lazy("Rooms side by side, or not at all"), required=False
    )

    def __init__(self, data: Any, *, location: Location | None, looking: bool = False) -> None:
        """A form as it was typed; until something else is, both have the same session."""
        typed = data.copy()
        typed.setdefault("second_session_type", typed.get("session_type", ""))
        typed.setdefault("second_pressure", Pressure.MEDIUM)
        super().__init__(typed, location=location, looking=looking)
        del self.fields["room"]  # two rooms are best found together (rule A2)
        if location is not None:
            self._offer("second_session_type", self.rows("session_type"))
            self._offer("second_therapist", self.rows("therapist"))

    @property
    def names(self) -> tuple[str, str]:
        """Whom to speak of, as far as it is known."""
        client = self.known_client
        first = client.name if client else self.cleaned_data.get("client_name")
        second = self.cleaned_data.get("second_name")
        return first or _("Client"), second or _("Who comes along")

    def question_for_two(self, *, now: Minute) -> PairQuestion | None:
        """What the schedule is asked about the day, once it is known what both want."""
        chosen = self.cleaned_data.get("session_type")
        other = self.cleaned_data.get("second_session_type")
        question = self.question(chosen, now=now) if chosen and other else None
        if question is None or other is None:
            return None
        therapist = self.cleaned_data.get("second_therapist")
        return asked_for(
            question,
            other,
            therapist.slug if therapist else None,
            side_by_side=self.cleaned_data["side_by_side"],
        )

    def wish_for_two(self) -> PairWish:
        """When, and what each has with whom, of a valid form."""
        first = self.wish()
        second = replace(
            first,
            session_type=self.cleaned_data["second_session_type"],
            therapist=self.cleaned_data["second_therapist"],
        )
        return PairWish(first, second, self.cleaned_data["side_by_side"])

    def second_details(self) -> Details:
        """Who comes along, and how she likes it."""
        typed = self.cleaned_data
        person = Person(typed["second_name"], typed["second_email"], typed["second_phone"])
        pressure = Pressure(typed["second_pressure"])
        return Details(person, pressure=pressure, notes=typed["second_notes"])
