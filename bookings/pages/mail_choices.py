"""Mail that nobody has to have, switched off by the link in it (RFC 8058) and on again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from bookings.domain.clients.choices import MailChoice, choose_mail
from bookings.domain.links import choice_token
from bookings.models import Client
from bookings.pages.held import caller_of
from bookings.pages.privacy import private
from studio.clock import this_minute


# Mail programs send the form for their readers, from wherever they are and without a cookie: who
# has the link may.
@method_decorator([csrf_exempt, private], name="dispatch")
class ChooseMail(View):
    """Looking changes nothing, since programs look at links before people do."""

    client: Client
    choice: MailChoice

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find out whose mail it is, and which; 404 unless the token is right."""
        super().setup(request, *args, **kwargs)
        client = Client.objects.select_related("merged_into").filter(pk=kwargs["client"]).first()
        if client is None or kwargs["choice"] not in MailChoice:
            raise Http404
        self.choice = MailChoice(kwargs["choice"])
        is_right = constant_time_compare(kwargs["token"], choice_token(client, self.choice))
        self.client = client.merged_into or client
        if not is_right or not self.client.is_present:
            raise Http404

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """How it stands, and a button."""
        context = {
            "choice": self.choice,
            "is_wanted": getattr(self.client, self.choice.field),
        }
        return render(request, "bookings/mail_choice.html", context)

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Switch it off; on where the form says so."""
        wanted = "wanted" in request.POST
        choose_mail(
            self.client, self.choice, wanted=wanted, caller=caller_of(request), now=this_minute()
        )
        return redirect(request.path)
