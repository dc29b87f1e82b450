"""What the pages of My bookings have in common: one form each, and who may see them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View

from bookings.errors import BookingError, CodeOver, TooManyCodes, WrongCode
from bookings.pages.account.codes import MailFailed
from bookings.pages.forms import LabelledForm
from bookings.pages.privacy import private
from bookings.pages.refusals import TooManyWrites, too_many_writes
from bookings.pages.signed_in import SignedIn, signed_in
from bookings.scheduling.timeline import Minute
from studio.clock import this_minute

STATUS = {WrongCode: 422, CodeOver: 422, TooManyCodes: 429, TooManyWrites: 429, MailFailed: 503}


@method_decorator(private, name="dispatch")
class FormPage(View):
    """A page with one form; nothing typed is lost when it is refused."""

    now: Minute
    template = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take no more forms from an address than it may send."""
        self.now = this_minute()
        if request.method == "POST" and (error := too_many_writes(request)):
            return self.page(self.sent(), error)
        return super().dispatch(request, *args, **kwargs)

    def sent(self) -> LabelledForm:
        """The form as it was sent."""
        return LabelledForm(self.request.POST)

    def context(self) -> dict[str, Any]:
        """What the page shows beside the form."""
        return {}

    def page(self, form: LabelledForm, refused: BookingError | None = None) -> HttpResponse:
        """The form, and why it was refused."""
        status = STATUS.get(type(refused), 409) if refused else 422 if form.errors else 200
        context = {"form": form, "refused": refused, **self.context()}
        response = render(self.request, self.template, context, status=status)
        if isinstance(refused, TooManyCodes | TooManyWrites):
            response["Retry-After"] = str(refused.retry_after_seconds)
        return response


class OwnPage(FormPage):
    """What only an account's owner sees; everybody else is asked to sign in."""

    who: SignedIn
    asks_again = ""
    """Its own route, where a code must have been typed a moment ago."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who is signed in."""
        self.now = this_minute()
        who = signed_in(request, now=self.now)
        if who is None:
            return redirect("bookings:my-sign-in")
        self.who = who
        if self.asks_again and not who.is_fresh(now=self.now):
            return redirect(reverse("bookings:my-proof", query={"then": self.asks_again}))
        return super().dispatch(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        """Whose page it is."""
        return {"account": self.who.account, "clients": self.who.clients}
