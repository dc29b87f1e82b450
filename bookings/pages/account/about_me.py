"""What clients change about themselves: name, number, language, reminders, address."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from bookings.domain.choices import Choices, change
from bookings.errors import BookingError
from bookings.models import Client
from bookings.pages.account.codes import Purpose, ask
from bookings.pages.account.forms import ChoicesForm
from bookings.pages.account.page import OwnPage
from bookings.pages.forms import EmailForm
from bookings.pages.held import caller_of


class MyChoices(OwnPage):
    """One of the account's clients; 404 for anybody else's."""

    template = "bookings/account/choices.html"

    @property
    def client(self) -> Client:
        """Whom the address names."""
        return self.who.client(self.kwargs["pk"])

    def sent(self) -> ChoicesForm:
        """What was chosen."""
        return ChoicesForm(self.request.POST)

    def get(self, _request: HttpRequest, pk: int) -> HttpResponse:
        """The form as things stand."""
        client = self.client
        return self.page(
            ChoicesForm(initial={name: getattr(client, name) for name in Choices.__slots__})
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write what was chosen."""
        client, form = self.client, self.sent()
        if not form.is_valid():
            return self.page(form)
        change(client, form.to_choices(), caller=caller_of(request), now=self.now)
        messages.success(request, _("Saved."))
        return redirect("bookings:my-bookings")

    def context(self) -> dict[str, Any]:
        """Whom it is about."""
        return {**super().context(), "client": self.client}


class MyAddress(OwnPage):
    """Another address for all of the account's clients; its code is typed before it counts."""

    asks_again = "my-address"
    template = "bookings/account/address.html"

    def sent(self) -> EmailForm:
        """The new address."""
        return EmailForm(self.request.POST)

    def get(self, _request: HttpRequest) -> HttpResponse:
        """The form."""
        return self.page(EmailForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send a code to the new address."""
        form = self.sent()
        if not form.is_valid():
            return self.page(form)
        try:
            ask(request, form.cleaned_data["email"], Purpose.CHANGE_ADDRESS, now=self.now)
        except BookingError as refused:
            return self.page(form, refused)
        return redirect("bookings:my-code")
