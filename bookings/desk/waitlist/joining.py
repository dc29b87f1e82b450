"""Putting somebody on the waitlist who is on the telephone."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.dates import check_date
from bookings.desk.page import DeskPage
from bookings.domain.offers import offered, open_locations
from bookings.domain.requests import Person
from bookings.domain.waitlist.entries import Longing, join
from bookings.enums import DayPart
from bookings.errors import BookingError
from bookings.models import Client
from bookings.scheduling.hours import local_date
from studio.premises.fields import DayInput
from therapists.models import Therapist


class EntryForm(forms.Form):
    """Who waits, and for what: the client is known, or says who they are."""

    client = forms.ModelChoiceField(
        Client.objects.present(), required=False, widget=forms.HiddenInput
    )
    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=200)
    phone = forms.CharField(label=gettext_lazy("Telephone"), required=False, max_length=40)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        help_text=gettext_lazy("Without one, call when a place is held for them."),
    )
    location = forms.ModelChoiceField(
        open_locations().order_by("name"), label=gettext_lazy("Location"), empty_label=None
    )
    session_type = forms.ModelChoiceField(
        offered(), label=gettext_lazy("Session type"), empty_label=None
    )
    therapist = forms.ModelChoiceField(
        Therapist.objects.filter(active=True).order_by("name"),
        label=gettext_lazy("Therapist"),
        required=False,
        empty_label=gettext_lazy("Anyone"),
    )
    first = forms.DateField(label=gettext_lazy("From"), widget=DayInput, validators=[check_date])
    last = forms.DateField(label=gettext_lazy("Until"), widget=DayInput, validators=[check_date])
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Parts of the day"),
        choices=DayPart.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: any."),
    )

    def clean(self) -> None:
        """Ask who it is and how to reach them, and refuse dates the wrong way round."""
        super().clean()
        data = self.cleaned_data
        if not data.get("client") and not self.errors.keys() & {"name", "phone", "email"}:
            if not data["name"]:
                self.add_error("name", _("Say who waits."))
            elif not data["phone"] and not data["email"]:
                self.add_error("phone", _("Give a telephone number or an e-mail address."))
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("Choose a day that is not before the first one."))

    def who(self) -> Client | Person:
        """Who waits, of a valid form."""
        data = self.cleaned_data
        known: Client | None = data["client"]
        return known or Person(data["name"], data["email"], data["phone"])

    def longing(self) -> Longing:
        """What they wait for, of a valid form."""
        data = self.cleaned_data
        return Longing(
            data["location"],
            data["session_type"],
            data["first"],
            data["last"],
            data["therapist"],
            [DayPart(part) for part in data["parts"]],
        )


class WaitlistAdd(DeskPage):
    """An entry for somebody on the telephone."""

    template_name = "admin/desk/waitlist/add.html"
    permission_required = "bookings.add_waitlistentry"
    title = gettext_lazy("Put somebody on the waitlist")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and who it is for where that is known."""
        form = kwargs.pop("form", None) or EntryForm(initial=self._initial())
        named = form["client"].value() or ""
        known = Client.objects.present().filter(pk=named).first() if str(named).isdigit() else None
        return super().get_context_data(form=form, client=known, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Join for them."""
        form = EntryForm(request.POST)
        if form.is_valid():
            try:
                join(form.longing(), form.who(), caller=self.caller, now=self.now)
            except BookingError as refused:
                form.add_error(None, str(refused.message))
            else:
                messages.success(request, _("They are on the waitlist."))
                return HttpResponseRedirect(reverse("admin:waitlist"))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _initial(self) -> dict[str, Any]:
        location = open_locations().order_by("name").first()
        today: date | None = local_date(location.timezone, self.now) if location else None
        return {"client": self.request.GET.get("client", ""), "first": today}
