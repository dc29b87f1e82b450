"""What clients send: form only, what it means is for the domain to judge."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bookings.domain.requests import Details, Person
from bookings.domain.waitlist.entries import Longing
from bookings.enums import DayPart, Pressure
from bookings.models import Client, SessionType
from bookings.scheduling.hours import to_minute
from bookings.scheduling.timeline import Minute
from studio.premises.fields import DayInput
from studio.premises.models import Location
from therapists.models import Therapist

YEARS = range(2000, 2200)
"""Instants in other years are typing mistakes, and the calendar ends not far behind them."""

NOTES_LENGTH = 1000
REASON_LENGTH = 500


class InstantField(forms.CharField):
    """An RFC 3339 instant with its offset, as whole minutes since 1970 UTC."""

    def clean(self, value: Any) -> Minute:
        """The minute, or a ValidationError."""
        text = super().clean(value)
        try:
            instant = datetime.fromisoformat(text)
        except ValueError:
            raise ValidationError(_("This is not a time."), code="invalid") from None
        if instant.tzinfo is None or instant.year not in YEARS or instant.second:
            raise ValidationError(_("This is not a time."), code="invalid")
        return to_minute(instant)


class DatesQuery(forms.Form):
    """Which part of the calendar is looked at, and whose."""

    day = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    month = forms.DateField(required=False, input_formats=["%Y-%m"])
    therapist = forms.SlugField(required=False, max_length=64)
    session_type = forms.SlugField(required=False, max_length=64)


class TimeForm(forms.Form):
    """The time that was chosen, with a therapist or (empty) with anyone."""

    starts_at = InstantField(max_length=40)
    therapist = forms.SlugField(required=False, max_length=64)


class LinkForm(forms.Form):
    """The two halves of a booking's link."""

    reference = forms.CharField(max_length=64)
    token = forms.CharField(max_length=64)


class LabelledForm(forms.Form):
    """Labels stand above their fields and need no colon."""

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")


class EmailForm(LabelledForm):
    """Where mail reaches somebody."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": _("Give an e-mail address."),
            "invalid": _("Give an e-mail address such as robin@example.org."),
        },
    )


class PersonForm(LabelledForm):
    """What somebody is called, and how to call them."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Tell us your name.")},
    )
    phone = forms.CharField(
        label=_("Phone (optional)"),
        required=False,
        max_length=40,
        help_text=_("In case something comes up on the day."),
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        validators=[
            RegexValidator(
                r"^[+(]?[0-9][0-9 ()./-]{4,}\Z", _("Give a phone number such as +1 303 555 0142.")
            )
        ],
    )

    def clean_name(self) -> str:
        """The name on one line."""
        return on_one_line(self.cleaned_data["name"])


class SessionForm(LabelledForm):
    """How they like it."""

    pressure = forms.ChoiceField(
        label=_("How firm do you like it?"),
        choices=[(choice.value, capfirst(choice.label)) for choice in Pressure],
        initial=Pressure.MEDIUM.value,
        widget=forms.RadioSelect,
        help_text=_("You can change your mind at any moment of the session."),
    )
    notes = forms.CharField(
        label=_("Anything we should know? (optional)"),
        required=False,
        max_length=NOTES_LENGTH,
        help_text=_("For example that it is your first time. No health details here, please."),
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_notes(self) -> str:
        """The notes without what nobody can read."""
        return readable(self.cleaned_data["notes"])

    def details_for(self, client: Person | Client) -> Details:
        """What the domain is told of a session for somebody."""
        data = self.cleaned_data
        return Details(client, Pressure(data["pressure"]), data["notes"])


class ClientForm(EmailForm, PersonForm):
    """Who somebody is, and how to reach them."""

    def person(self, *, language: str) -> Person:
        """Who they say that they are."""
        data = self.cleaned_data
        return Person(data["name"], data["email"], data["phone"], language)


class DetailsForm(SessionForm, ClientForm):
    """Who comes, and how they like it."""

    field_order: tuple[str, ...] = ("name", "email", "phone", "pressure", "notes")

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial)
        self.fields["email"].help_text = _("Only about your appointment.")


class JoinForm(ClientForm):
    """What somebody waits for, and how they hear of it."""

    therapist = forms.ChoiceField(label=_("With whom?"), required=False)
    first = forms.DateField(
        label=_("From"),
        widget=DayInput,
        error_messages={"required": _("Say from which day on.")},
    )
    last = forms.DateField(
        label=_("Until"),
        widget=DayInput,
        error_messages={"required": _("Say until which day.")},
    )
    parts = forms.MultipleChoiceField(
        label=_("Which part of the day?"),
        choices=DayPart.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nothing if any time suits you."),
    )
    field_order = ("therapist", "first", "last", "parts", "name", "email", "phone")

    def __init__(
        self, data: Any = None, initial: Any = None, *, therapists: Iterable[Therapist]
    ) -> None:
        super().__init__(data, initial)
        self.therapists = {therapist.slug: therapist for therapist in therapists}
        names = [(slug, therapist.name) for slug, therapist in self.therapists.items()]
        choice = self.fields["therapist"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", _("Anyone")), *names]
        self.fields["email"].help_text = _("What opens is offered to you by mail.")

    def clean(self) -> None:
        """Refuse dates the wrong way round."""
        super().clean()
        first, last = (self.cleaned_data.get(name) for name in ("first", "last"))
        if first and last and last < first:
            self.add_error("last", _("Choose a day that is not before the first one."))

    def to_longing(self, location: Location, session_type: SessionType) -> Longing:
        """What they wait for, of a valid form."""
        data = self.cleaned_data
        return Longing(
            location,
            session_type,
            data["first"],
            data["last"],
            self.therapists.get(data["therapist"]),
            [DayPart(part) for part in data["parts"]],
        )


class CancelForm(LabelledForm):
    """Why, if they care to say."""

    reason = forms.CharField(
        label=_("Why? (optional)"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 2}),
    )

    def clean_reason(self) -> str:
        """The reason without what nobody can read."""
        return readable(self.cleaned_data["reason"])


def on_one_line(text: str) -> str:
    """The text without what nobody can read, its words one blank apart."""
    return " ".join(readable(text).split())


def readable(text: str) -> str:
    """The text without control characters; lines end as everywhere else."""
    lines = ("".join(filter(_is_readable, line)) for line in text.splitlines())
    return "\n".join(lines)


def _is_readable(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs")
