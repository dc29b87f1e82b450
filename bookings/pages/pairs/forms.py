"""What two who come together send; form only, as for one."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bookings.domain.requests import Details, Person
from bookings.enums import Pressure
from bookings.pages.forms import DatesQuery, DetailsForm, LabelledForm, SessionForm, on_one_line


class PairQuery(DatesQuery):
    """Which part of it is looked at for two: what the second comes for as well, and with whom."""

    second = forms.SlugField(required=False, max_length=64)
    second_therapist = forms.SlugField(required=False, max_length=64)
    side_by_side = forms.BooleanField(required=False)


class CompanionForm(LabelledForm):
    """Who comes with them. The name alone will do: mail goes to who books, then."""

    companion_name = forms.CharField(
        label=_("Who comes with you?"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Tell us the name of who comes with you.")},
    )
    companion_email = forms.EmailField(
        label=_("Their e-mail (optional)"),
        required=False,
        max_length=254,
        help_text=_("We write to them there about their session. Without it we write to you."),
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"invalid": _("Give an e-mail address such as robin@example.org.")},
    )
    companion_pressure = forms.ChoiceField(
        label=_("How firm do they like it?"),
        choices=[(choice.value, capfirst(choice.label)) for choice in Pressure],
        initial=Pressure.MEDIUM.value,
        widget=forms.RadioSelect,
    )

    def clean_companion_name(self) -> str:
        """The name on one line."""
        return on_one_line(self.cleaned_data["companion_name"])

    def companion_details(self, *, language: str) -> Details:
        """What the domain is told of the one who comes along; the form is valid."""
        data = self.cleaned_data
        companion = Person(data["companion_name"], data["companion_email"], language=language)
        return Details(companion, Pressure(data["companion_pressure"]))


class KnownWithCompanion(CompanionForm, SessionForm):
    """How one who is known likes it, and who comes along."""

    field_order = ("pressure", "notes", "companion_name", "companion_email", "companion_pressure")


class DetailsWithCompanion(CompanionForm, DetailsForm):
    """Who books, how they like it, and who comes along."""

    field_order = (*DetailsForm.field_order, *KnownWithCompanion.field_order[2:])
