"""What reception types on a booking's page."""

from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from bookings.desk.booking.buttons import put_start
from bookings.desk.booking.place_form import PlaceForm
from bookings.domain.requests import Change
from bookings.enums import PaymentMethod, Pressure
from bookings.models import Booking, Client, SessionType
from bookings.scheduling.hours import to_minute
from bookings.words import local
from studio.premises.models import Location
from therapists.models import Therapist

CHANGED = gettext_lazy("Somebody has changed this booking in the meantime. Look at it again.")


class MoveForm(PlaceForm):
    """A booking that still lies ahead: whatever is changed is a move (rule B5).

    It stays in its room where it can, unless another is asked for.
    """

    alone = forms.BooleanField(required=False)
    seen = forms.CharField(required=False)

    def __init__(self, data: Any, *, booking: Booking, looking: bool = False) -> None:
        """A form as it was typed; without data, where the booking stands now."""
        self.moving = booking
        super().__init__(place_of(booking) if data is None else data, looking=looking)

    @property
    def booking(self) -> Booking:
        """The booking as it is in the database now."""
        assert self.moving is not None
        return self.moving

    @property
    def mark(self) -> str:
        """What `seen` is as long as nobody changes where it stands."""
        return place_mark(self.booking)

    @property
    def location(self) -> Location:
        """Where it was booked; it moves to no other place."""
        return self.booking.location

    @property
    def known_client(self) -> Client | None:
        """Who it is for; a hold may not have one yet."""
        return self.booking.client

    def clean(self) -> None:
        """Refuse what was typed onto an older state: it would be put back unseen."""
        super().clean()
        if not self.looking and self.cleaned_data.get("seen") != self.mark:
            self.add_error(None, CHANGED)

    def change(self) -> Change:
        """What is different from where it stands now, of a valid form."""
        booking, typed = self.booking, self.cleaned_data
        start, therapist = self.start, typed["therapist"]
        return Change(
            starts_at=start if start != to_minute(booking.starts_at) else None,
            therapist=therapist if therapist != booking.therapist else None,
            any_therapist=therapist is None,
            session_type=_other(typed["session_type"], booking.session_type),
            room=typed["room"],
            keeps_room=True,
            alone=typed["alone"],
        )


class NotesForm(forms.Form):
    """How the client likes it: can be written down at any time."""

    pressure = forms.ChoiceField(label=gettext_lazy("Pressure"), choices=Pressure.choices)
    notes = forms.CharField(
        label=gettext_lazy("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, booking: Booking) -> None:
        """A form as it was typed; without data, what is noted now."""
        noted = {"pressure": booking.pressure, "notes": booking.notes, "seen": notes_mark(booking)}
        super().__init__(data, initial=noted)

    def clean(self) -> None:
        """Refuse what was typed onto an older state."""
        super().clean()
        if self.cleaned_data.get("seen") != self.initial["seen"]:
            self.add_error(None, CHANGED)


class ReasonForm(forms.Form):
    """Why a step is taken."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=1000)


class PaymentForm(forms.Form):
    """What was received at the desk, on top of what was paid before (rule B11)."""

    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), max_digits=8, decimal_places=2, min_value=Decimal("0.01")
    )
    method = forms.ChoiceField(label=gettext_lazy("Method"), choices=PaymentMethod.choices)
    paid = forms.DecimalField(widget=forms.HiddenInput)


class PaperForm(forms.Form):
    """Who has seen the answers."""

    seen_by = forms.ModelChoiceField(
        Therapist.objects.filter(active=True).order_by("name"), label=gettext_lazy("Seen by")
    )


def place_mark(booking: Booking) -> str:
    """A short mark of where it stands; another one after any change of it."""
    return _mark(
        booking.status,
        booking.starts_at.isoformat(),
        booking.session_type_id,
        booking.therapist_id,
        booking.room_id,
    )


def notes_mark(booking: Booking) -> str:
    """A short mark of what is noted; another one after any change of it."""
    return _mark(booking.pressure, booking.notes)


def _mark(*shown: object) -> str:
    return sha256(repr(shown).encode()).hexdigest()[:16]


def place_of(booking: Booking) -> QueryDict:
    """Where it stands, as the form's own fields would send it."""
    data = QueryDict(mutable=True)
    put_start(data, local(booking.starts_at, booking))
    data["session_type"], data["therapist"] = booking.session_type.slug, booking.therapist.slug
    return data


def _other(chosen: SessionType, current: SessionType) -> SessionType | None:
    return chosen if chosen != current else None
