"""A client's page: who they are, and how it has been with them so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.clients.forms import ClientForm
from bookings.desk.page import DeskPage
from bookings.domain.clients.history import bookings_ahead, earlier_bookings, history_of
from bookings.domain.clients.identity import last_sessions
from bookings.domain.clients.merging import lookalikes, same_as
from bookings.enums import Status
from bookings.models import Booking, Client
from bookings.models.waitlist import OPEN
from bookings.words import start_of

ON_A_PAGE = 25

WAITED_FOR = ("session_type", "location", "therapist")

OWED = (Status.CONFIRMED, Status.CHECKED_IN, Status.COMPLETED)
"""The states whose price is to be paid; what a no-show costs is agreed in person."""


class AboutClient(DeskPage):
    """A page about one client; one who was merged leads to who is kept."""

    permission_required: str | tuple[str, ...] = "bookings.change_client"
    client: Client

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look the client up, once it is clear that whoever asks may see them."""
        if not self.has_permission():
            return self.handle_no_permission()
        rows = Client.objects.select_related("merged_into")
        self.client = get_object_or_404(rows, pk=kwargs["pk"])
        kept = self.client.merged_into
        if kept is not None:
            words = _("%(name)s has been merged into this client.") % {"name": self.client.name}
            messages.info(request, words)
            return self.to_client(kept)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who it is about."""
        return super().get_context_data(client=self.client, **kwargs)

    def to_client(self, client: Client | None = None) -> HttpResponse:
        """Back to the client's page."""
        return HttpResponseRedirect(reverse("admin:client", args=[(client or self.client).pk]))


@dataclass(frozen=True, slots=True)
class Row:
    """A booking in the client's history; `to_pay` is None where nothing is owed or paid."""

    booking: Booking
    when: str
    paid: Decimal
    to_pay: Decimal | None


class ClientPage(AboutClient):
    """Who they are, notes, bookings, and what can be done."""

    title = gettext_lazy("Client")
    template_name = "admin/desk/clients/client.html"
    permission_required = "bookings.view_client"

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write what was changed."""
        # Whoever erases or merges them meanwhile waits: nothing is written onto what was erased.
        self.client = Client.objects.select_for_update().get(pk=self.client.pk)
        if not request.user.has_perm("bookings.change_client") or not self.client.is_present:
            raise PermissionDenied
        form = ClientForm(request.POST, instance=self.client)
        if not form.is_valid():
            self.client = Client.objects.get(pk=self.client.pk)
            return self.render_to_response(self.get_context_data(form=form), status=422)
        client = form.save()
        table = admin.site.get_model_admin(Client)
        changed = table.construct_change_message(request, form, [])  # type: ignore[arg-type]  # a ModelForm, as the admin's own
        table.log_change(request, client, changed)
        messages.success(request, _("Saved."))
        return self.to_client()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All that is known, and what somebody with these permissions can do about it."""
        user, client = self.request.user, self.client
        paginator = Paginator(earlier_bookings(client, now=self.now), ON_A_PAGE)
        earlier = paginator.get_page(self.request.GET.get("page"))
        table = admin.site.get_model_admin(Client)
        may_change = user.has_perm("bookings.change_client") and client.is_present
        form = ClientForm(instance=client) if may_change else None
        return super().get_context_data(
            **{
                "form": form,
                "title": client.name,
                "history": history_of(client),
                "last_session": last_sessions([client], now=self.now).get(client.pk),
                "coming": rows_of(bookings_ahead(client, now=self.now)),
                "earlier": rows_of(earlier),
                "page": earlier,
                "lookalikes": lookalikes(client) if may_change else [],
                "same": same_as(client).count() if may_change else 0,
                "events": client.events.select_related("by").order_by("-at", "-pk"),
                "waiting": client.waitlist.filter(state__in=OPEN).select_related(*WAITED_FOR)
                if user.has_perm("bookings.view_waitlistentry")
                else [],
                "may_wait": user.has_perm("bookings.add_waitlistentry"),
                "may_book": user.has_perm("bookings.add_booking"),
                "may_change": may_change,
                "may_delete": table.has_delete_permission(self.request, client),
                "may_erase": user.has_perm("bookings.erase_client"),
                "sees_payments": user.has_perm("bookings.view_payment"),
                **kwargs,
            }
        )


def rows_of(bookings: Iterable[Booking]) -> list[Row]:
    """Bookings with what a history says of them."""
    return [_row(booking) for booking in bookings]


def _row(booking: Booking) -> Row:
    paid = sum((payment.amount for payment in booking.payments.all()), Decimal(0))
    owes = booking.status in OWED
    return Row(booking, start_of(booking), paid, booking.price - paid if owes else None)
