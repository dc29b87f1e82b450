"""What clients change about themselves: name, number, language, mails, address."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from bookings.domain.clients.choices import change
from bookings.errors import BookingError
from bookings.models import Client
from bookings.pages.account.codes import Purpose, ask
from bookings.pages.account.forms import ChoicesForm
from bookings.pages.account.page import OwnPage
from bookings.pages.forms import EmailForm
from bookings.pages.held import caller_of
from studio.premises.house import House


class MyChoices(OwnPage):
    """One of the account's clients; 404 for anybody else's."""

    template = "bookings/account/choices.html"

    @property
    def client(self) -> Client:
        """Whom the address names."""
        return self.who.client(self.kwargs["pk"])

    def sent(self) -> ChoicesForm:
        """What was chosen."""
        return self.form(self.request.POST)

    def form(self, data: QueryDict | None = None) -> ChoicesForm:
        """As the client has it, or as it was sent."""
        places = House.of(self.request).locations
        follows_up = any(place.follow_up_hours is not None for place in places)
        return ChoicesForm(data, client=self.client, follows_up=follows_up)

    def get(self, _request: HttpRequest, pk: int) -> HttpResponse:
        """The form as things stand."""
        return self.page(self.form())

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
