"""All that is kept of the clients of an account: to take along, and to erase (rule P3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bookings.domain.clients.accounts import erase_all, export_all
from bookings.domain.clients.data import StillBooked
from bookings.pages.account.forms import EVERYBODY, EraseForm
from bookings.pages.account.overview import rows_of
from bookings.pages.account.page import OwnPage
from bookings.pages.forms import LabelledForm
from bookings.pages.held import caller_of
from bookings.pages.signed_in import end


class MyData(OwnPage):
    """One file with everything of everybody under the address; that it was given is recorded."""

    asks_again = "my-data"
    template = "bookings/account/data.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        """What the file holds, and the way to erase it all."""
        return self.page(LabelledForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """The file."""
        kept = export_all(self.who.account, caller=caller_of(request), now=self.now)
        return JsonResponse(
            kept,
            json_dumps_params={"indent": 2, "ensure_ascii": False},
            headers={"Content-Disposition": 'attachment; filename="my-data.json"'},
        )


class EraseMe(OwnPage):
    """Take one, or everybody, out of all that is kept, once the address was typed."""

    asks_again = "my-erase"
    template = "bookings/account/erase.html"
    still_booked: StillBooked | None = None

    def sent(self) -> EraseForm:
        """Who, and the address."""
        return self.form(self.request.POST)

    def form(self, data: Any = None) -> EraseForm:
        """The form, with the account's clients."""
        return EraseForm(data, clients=self.who.clients, email=self.who.account.email)

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Ask first."""
        return self.page(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Erase them; say what is booked still, and change nothing then."""
        form = self.sent()
        if not form.is_valid():
            return self.page(form)
        chosen = form.cleaned_data["who"]
        who = self.who.clients if chosen == EVERYBODY else [self.who.client(chosen)]
        try:
            erase_all(who, caller=caller_of(request), now=self.now)
        except StillBooked as refused:
            self.still_booked = refused
            return self.page(form, refused)
        if len(who) < len(self.who.clients):
            messages.success(request, _("Erased. Everybody else is still here."))
            return redirect("bookings:my-bookings")
        end(request)
        return render(request, "bookings/account/goodbye.html")

    def context(self) -> dict[str, Any]:
        """What has to be cancelled first."""
        booked = self.still_booked.bookings if self.still_booked else ()
        return {**super().context(), "unsettled": rows_of(booked, now=self.now)}
