"""What reception types to book."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.booking.place_form import PlaceForm
from bookings.domain.offers import open_locations
from bookings.domain.requests import Details, Person, Wish
from bookings.enums import Pressure
from bookings.models import Client
from studio.premises.models import Location


class BookForm(PlaceForm):
    """A new booking, for somebody who is known or who says who they are."""

    location_choice: Location | None = None

    client = forms.ModelChoiceField(Client.objects.all(), required=False, widget=forms.HiddenInput)
    client_name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=200)
    client_phone = forms.CharField(label=gettext_lazy("Telephone"), required=False, max_length=40)
    client_email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    pressure = forms.ChoiceField(label=gettext_lazy("Pressure"), choices=Pressure.choices)
    notes = forms.CharField(
        label=gettext_lazy("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    reference = forms.RegexField(r"^[A-Z0-9]{5}-[A-Z0-9]{5}$", widget=forms.HiddenInput)

    def __init__(self, data: Any, *, location: Location | None, looking: bool = False) -> None:
        """A form as it was typed, or as a link fills it in, for a location that may be open yet."""
        self.location_choice = location
        super().__init__(data, looking=looking)

    @property
    def location(self) -> Location | None:
        """Where it takes place, once that is chosen."""
        return self.location_choice

    def clean(self) -> None:
        """Ask who comes: one who is known, or a name and how to reach them."""
        super().clean()
        if self.looking:
            return
        if self.location is None:
            self.add_error(None, _("Choose a location."))
        typed = self.cleaned_data.get("client_phone") or self.cleaned_data.get("client_email")
        if self.cleaned_data.get("client"):
            return
        if not self.cleaned_data.get("client_name"):
            self.add_error("client_name", _("Say who comes: find a client, or type a name."))
        elif not typed and not self.errors.keys() & {"client_phone", "client_email"}:
            self.add_error("client_phone", _("Give a telephone number or an e-mail address."))

    @property
    def known_client(self) -> Client | None:
        """Who it is for, if that is somebody known."""
        return self.cleaned_data.get("client")

    def wish(self) -> Wish:
        """When, with whom and where, of a valid form."""
        location, start = self.location, self.start
        assert location is not None and start is not None
        return Wish(
            location=location,
            session_type=self.cleaned_data["session_type"],
            starts_at=start,
            therapist=self.cleaned_data["therapist"],
            room=self.cleaned_data.get("room"),
        )

    def details(self) -> Details:
        """Who comes, and how they like it."""
        person = Person(
            name=self.cleaned_data["client_name"],
            email=self.cleaned_data["client_email"],
            phone=self.cleaned_data["client_phone"],
        )
        return Details(
            client=self.cleaned_data["client"] or person,
            pressure=Pressure(self.cleaned_data["pressure"]),
            notes=self.cleaned_data["notes"],
        )


def location_of(slug: str | None) -> Location | None:
    """The open location that is named, or the only one there is."""
    locations = list(open_locations())
    if len(locations) == 1:
        return locations[0]
    return next((location for location in locations if location.slug == slug), None)
