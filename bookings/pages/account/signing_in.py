"""Signing in by a code that is sent by mail, and signing out (rule P1)."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from bookings.domain.clients import accounts
from bookings.domain.clients.codes import CODE_MINUTES, redeem
from bookings.errors import BookingError, CodeOver, WrongCode
from bookings.models import Account
from bookings.notifications.accounts import NotSent, tell_old_address
from bookings.pages.account.codes import Asked, Purpose, ask, asked, done
from bookings.pages.account.forms import CodeForm
from bookings.pages.account.page import FormPage, OwnPage
from bookings.pages.forms import EmailForm, LabelledForm
from bookings.pages.held import caller_of
from bookings.pages.privacy import private
from bookings.pages.signed_in import begin, end, signed_in
from studio.clock import this_minute

NEEDS_PROOF = ("my-address", "my-data", "my-erase")
"""Routes for which a code must be fresh."""


class SignIn(FormPage):
    """Which address the code goes to; the answer is the same, known or not."""

    template = "bookings/account/sign_in.html"

    def sent(self) -> EmailForm:
        """The address."""
        return EmailForm(self.request.POST)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form; who is signed in has no use for it."""
        if signed_in(request, now=self.now):
            return redirect("bookings:my-bookings")
        return self.page(EmailForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send the code."""
        form = self.sent()
        if not form.is_valid():
            return self.page(form)
        then = "details" if "then" in request.POST else "my-bookings"
        try:
            ask(request, form.cleaned_data["email"], Purpose.SIGN_IN, now=self.now, then=then)
        except BookingError as refused:
            return self.page(form, refused)
        return redirect("bookings:my-code")

    def context(self) -> dict[str, Any]:
        """Whether they were about to book."""
        then = self.request.POST.get("then") or self.request.GET.get("then")
        return {"then": "details" if then == "details" else ""}


class EnterCode(FormPage):
    """Where the digits are typed: in the browser that asked, wherever the mail was read."""

    template = "bookings/account/code.html"
    asked: Asked

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send who has asked for none to where one is asked for."""
        found = asked(request)
        if found is None:
            return redirect("bookings:my-bookings")
        self.asked = found
        return super().dispatch(request, *args, **kwargs)

    def sent(self) -> CodeForm:
        """The digits."""
        return CodeForm(self.request.POST)

    def get(self, _request: HttpRequest) -> HttpResponse:
        """The empty form."""
        return self.page(CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do what the code was asked for."""
        form = self.sent()
        if not form.is_valid():
            return self.page(form)
        try:
            redeem(self.asked.code_id, self.asked.email, form.cleaned_data["code"], now=self.now)
        except (WrongCode, CodeOver) as refused:
            form.add_error("code", str(refused.message))
            return self.page(form, refused)
        done(request)
        if self.asked.purpose is Purpose.SIGN_IN:
            return self.signed_in()
        return self.proven()

    def signed_in(self) -> HttpResponse:
        """Into the account; without one, say that nothing is booked."""
        caller = caller_of(self.request)
        account = accounts.sign_in(self.asked.email, caller=caller, now=self.now)
        if account is None:
            return render(self.request, "bookings/account/nothing.html", {"asked": self.asked})
        return self.begin(account)

    def proven(self) -> HttpResponse:
        """The one who is signed in reads the mail of the address, right now."""
        who = signed_in(self.request, now=self.now)
        if who is None:
            return redirect("bookings:my-sign-in")
        account = who.account
        if self.asked.purpose is Purpose.CHANGE_ADDRESS:
            caller = caller_of(self.request)
            account = accounts.change_address(
                account, self.asked.email, caller=caller, now=self.now
            )
            with suppress(NotSent):  # it is in the log; the change stands
                tell_old_address(who.account.email, page=reverse("bookings:my-bookings"))
            messages.success(self.request, _("Your address has been changed."))
        return self.begin(account)

    def begin(self, account: Account) -> HttpResponse:
        """Signed in from now on."""
        begin(self.request, account, now=self.now)
        return redirect(f"bookings:{self.asked.then}")

    def context(self) -> dict[str, Any]:
        """Where the mail went, and where another one is asked for."""
        return {"asked": self.asked, "minutes": CODE_MINUTES}


class Prove(OwnPage):
    """A code once more, which nobody has who only found the browser open."""

    template = "bookings/account/prove.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Ask whether to send one."""
        return self.page(LabelledForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send it to the account's own address."""
        email = self.who.account.email
        try:
            ask(request, email, Purpose.PROVE, now=self.now, then=self.then)
        except BookingError as refused:
            return self.page(self.sent(), refused)
        return redirect("bookings:my-code")

    @property
    def then(self) -> str:
        """Where the code leads."""
        asked_for = self.request.GET.get("then", "")
        return asked_for if asked_for in NEEDS_PROOF else "my-bookings"


@method_decorator(private, name="dispatch")
class SignOut(View):
    """Out of this browser, or out of all."""

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Who comes by a link, or back; nothing changes."""
        return redirect("bookings:my-bookings")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Sign out; twice is harmless."""
        who = signed_in(request, now=this_minute())
        if who is not None and "everywhere" in request.POST:
            accounts.sign_out_everywhere(who.account)
        end(request)
        messages.success(request, _("You are signed out."))
        return redirect("bookings:my-sign-in")
