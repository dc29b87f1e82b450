"""What is done about a client: block, let book again, export, erase."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.clients.forms import BlockForm, EraseForm
from bookings.desk.clients.page import AboutClient, rows_of
from bookings.domain.clients.blocking import block, unblock
from bookings.domain.clients.data import erase, export
from bookings.domain.clients.history import unsettled_bookings
from bookings.errors import BookingError


class Step(AboutClient):
    """Something that is done about a client who is somebody of their own."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say so where the domain refuses, and go back to the client."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except BookingError as refused:
            messages.error(request, str(refused.message))
            return self.to_client()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask first; there is nothing to do about one who was erased."""
        if not self.client.is_present:
            raise Http404
        return super().get(request, *args, **kwargs)


class Block(Step):
    """Ask why, and take online booking from them."""

    title = gettext_lazy("Block from online booking")
    template_name = "admin/desk/clients/block.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Block them, if a reason was given."""
        form = BlockForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        block(self.client, form.cleaned_data["reason"], caller=self.caller, now=self.now)
        messages.success(request, _("Blocked from online booking. You can still book for them."))
        return self.to_client()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form."""
        return super().get_context_data(**{"form": BlockForm(), **kwargs})


class Unblock(Step):
    """Let them book online again, at the press of a button."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the block away."""
        unblock(self.client, caller=self.caller, now=self.now)
        messages.success(request, _("They can book online again."))
        return self.to_client()


class Export(Step):
    """All that is kept of them, as a file to hand over (rule P3)."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file; that it was given is recorded."""
        kept = export(self.client, caller=self.caller, now=self.now)
        return JsonResponse(
            kept,
            json_dumps_params={"indent": 2, "ensure_ascii": False},
            headers={"Content-Disposition": f'attachment; filename="client-{self.client.pk}.json"'},
        )


class Erase(Step):
    """Take the person out of all that is kept (rule P3), once their name was typed."""

    title = gettext_lazy("Erase")
    template_name = "admin/desk/clients/erase.html"
    permission_required = "bookings.erase_client"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Erase them; raises StillBooked while something is not settled."""
        form = EraseForm(request.POST, client=self.client)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        erase(self.client, caller=self.caller, now=self.now)
        messages.success(request, _("Erased. The bookings stay, without the person."))
        return self.to_client()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and what has to be settled before."""
        unsettled = rows_of(unsettled_bookings(self.client, now=self.now))
        form = EraseForm(client=self.client)
        return super().get_context_data(**{"form": form, "unsettled": unsettled, **kwargs})
