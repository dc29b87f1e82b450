"""What reception types to move two who come together."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from bookings.desk.booking.change_forms import MoveForm, place_mark, place_of
from bookings.domain.requests import Change
from bookings.models import Booking
from therapists.models import Therapist


class MoveBothForm(MoveForm):
    """Where both go: one start, and with whom; the one whose page it is comes first."""

    partner_therapist = forms.ModelChoiceField(
        Therapist.objects.none(),
        label=gettext_lazy("Therapist"),
        to_field_name="slug",
        required=False,
    )

    def __init__(
        self, data: Any, *, booking: Booking, partner: Booking, looking: bool = False
    ) -> None:
        """A form as it was typed; without data, where they stand now."""
        self.partner = partner
        if data is None:
            data = place_of(booking)
            data["partner_therapist"] = partner.therapist.slug
            data["seen"] = place_mark(booking) + place_mark(partner)
        super().__init__(data, booking=booking, looking=looking)
        for name in ("session_type", "room", "alone"):
            del self.fields[name]
        theirs = Q(active=True) | Q(pk=partner.therapist_id)
        self._offer("partner_therapist", Therapist.objects.filter(theirs).order_by("name"))

    @property
    def mark(self) -> str:
        """What `seen` is as long as nobody changes where either stands."""
        return place_mark(self.booking) + place_mark(self.partner)

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
