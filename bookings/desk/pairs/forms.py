"""What reception types to move two who come together."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from bookings.desk.booking.change_forms import CHANGED, place_mark, place_of
from bookings.desk.booking.place_form import PlaceForm
from bookings.domain.requests import Change
from bookings.models import Booking, Client
from studio.premises.models import Location
from therapists.models import Therapist


class MoveBothForm(PlaceForm):
    """Where both go: one start, and with whom; the one whose page it is comes first."""

    partner_therapist = forms.ModelChoiceField(
        Therapist.objects.none(),
        label=gettext_lazy("Therapist"),
        to_field_name="slug",
        required=False,
    )
    seen = forms.CharField(required=False)

    def __init__(
        self, data: Any, *, booking: Booking, partner: Booking, looking: bool = False
    ) -> None:
        """A form as it was typed; without data, where they stand now."""
        self.booking, self.partner = booking, partner
        self.mark = place_mark(booking) + place_mark(partner)
        if data is None:
            data = place_of(booking)
            data["partner_therapist"], data["seen"] = partner.therapist.slug, self.mark
        super().__init__(data, looking=looking)
        del self.fields["session_type"], self.fields["room"]
        active = Therapist.objects.filter(active=True)
        self._offer("therapist", (active | _only(booking)).order_by("name"))
        self._offer("partner_therapist", (active | _only(partner)).order_by("name"))

    @property
    def location(self) -> Location:
        """Where they were booked; they move to no other place."""
        return self.booking.location

    @property
    def known_client(self) -> Client | None:
        """Whose page it is."""
        return self.booking.client

    def clean(self) -> None:
        """Refuse what was typed onto an older state."""
        super().clean()
        if not self.looking and self.cleaned_data.get("seen") != self.mark:
            self.add_error(None, CHANGED)

    @property
    def changes(self) -> tuple[Change, Change]:
        """Who is given to each, in the order of their pair; None: anyone."""
        own = _change(self.booking, self.cleaned_data.get("therapist"))
        partners = _change(self.partner, self.cleaned_data.get("partner_therapist"))
        return (own, partners) if self.booking.pair_position == 1 else (partners, own)


def _change(booking: Booking, therapist: Therapist | None) -> Change:
    return Change(
        therapist=therapist if therapist != booking.therapist else None,
        any_therapist=therapist is None,
        keeps_room=True,
    )


def _only(booking: Booking) -> Any:
    """Her therapist, though she may not work here any more."""
    return Therapist.objects.filter(pk=booking.therapist_id)
