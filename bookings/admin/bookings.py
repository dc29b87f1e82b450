"""Bookings: every change goes through the domain, and nothing is ever deleted (rule B7)."""

from decimal import Decimal
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import DecimalField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from bookings.admin.days import WhenFilter
from bookings.admin.schedule import SAFE_METHODS, Kept
from bookings.domain.callers import at_desk
from bookings.domain.staff import visible_bookings
from bookings.domain.steps import DESK_STEPS
from bookings.errors import BookingError
from bookings.models import Booking, Client, Payment
from bookings.words import refusal_words, standing, start_of
from studio.clock import this_minute


@admin.register(Booking)
class BookingAdmin(Kept):
    list_display = ("reference", "when", "client", "session_name", "therapist", "room", "standing")
    list_filter = (
        WhenFilter,
        "status",
        "location",
        "therapist",
        "room",
        "session_type",
        "source",
        "late_cancellation",
    )
    list_select_related = ("location", "client", "therapist", "room")
    list_per_page = 50
    search_fields = ("reference",)
    search_help_text = gettext_lazy("Reference or client.")
    show_full_result_count = False
    date_hierarchy = "date"
    actions = ("check_in", "complete", "no_show")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Booking]:
        """All bookings, or of a therapist her own of these days (rule P2)."""
        paid = (
            Payment.objects.filter(booking=OuterRef("pk"))
            .order_by()
            .values("booking")
            .annotate(sum=Sum("amount"))
            .values("sum")
        )
        nothing = Value(Decimal(0), output_field=DecimalField())
        return (
            visible_bookings(request.user, now=this_minute())
            .annotate(paid=Coalesce(Subquery(paid), nothing))
            .order_by("starts_at", "pk")
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Booking], search_term: str
    ) -> tuple[QuerySet[Booking], bool]:
        """By a part of the reference, or by the client as the desk finds one.

        Whoever sees no contact data finds by the name alone: a hit would tell them (rule P2).
        """
        text = search_term.strip()
        if not text:
            return queryset, False
        sees_contact, known = request.user.has_perm("bookings.view_client"), Client.objects
        clients = known.matching(text).order_by() if sees_contact else known.named(text)
        return queryset.filter(Q(reference__icontains=text) | Q(client__in=clients)), False

    def get_list_filter(self, request: HttpRequest) -> Any:
        """By whom and what, for those who see the bookings of others."""
        if self.has_change_permission(request):
            return self.list_filter
        return (WhenFilter, "status")

    def get_list_display(self, request: HttpRequest) -> Any:
        """With what is still to be paid, for those who take the money."""
        columns = tuple(self.list_display)
        return (*columns, "to_pay") if request.user.has_perm("bookings.view_payment") else columns

    @admin.display(description=gettext_lazy("when"), ordering="starts_at")
    def when(self, booking: Booking) -> str:
        """The start, on the wall clock of the location."""
        return start_of(booking)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def standing(self, booking: Booking) -> str:
        """Its state; a hold or a review past its time is as good as expired (rule B3)."""
        return standing(booking, now=this_minute())

    @admin.display(description=gettext_lazy("to pay"))
    def to_pay(self, booking: Booking) -> str:
        """The price less what was paid (rule B11)."""
        return f"{_unpaid(booking)} {booking.currency}"

    # Writing one is the desk's: these addresses lead there.

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """To the page that books, or to the booking's own."""
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            query = request.GET.urlencode()
            return HttpResponseRedirect(f"{reverse('admin:book')}{'?' if query else ''}{query}")
        return self._to_page(request, object_id)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """To what the booking's page tells of it."""
        return self._to_page(request, object_id, "#history")

    def _to_page(self, request: HttpRequest, object_id: str, part: str = "") -> HttpResponse:
        booking = self.get_object(request, unquote(object_id))
        if booking is None:
            raise Http404
        writes = request.method not in SAFE_METHODS
        if writes and not self.has_change_permission(request, booking):
            raise PermissionDenied
        if not self.has_view_permission(request, booking):
            raise PermissionDenied
        page = reverse("admin:booking", args=[booking.reference])
        return HttpResponseRedirect(f"{page}{part}")

    # The same steps for several bookings at once.

    @admin.action(
        permissions=["change"],
        description=gettext_lazy("Check in"),
        description_plural=gettext_lazy("Check in the chosen bookings"),
    )
    def check_in(self, request: HttpRequest, queryset: QuerySet[Booking]) -> None:
        """They are here."""
        self._take_each(request, queryset, "check-in")

    @admin.action(
        permissions=["change"],
        description=gettext_lazy("Complete"),
        description_plural=gettext_lazy("Complete the chosen bookings"),
    )
    def complete(self, request: HttpRequest, queryset: QuerySet[Booking]) -> None:
        """They had their sessions."""
        self._take_each(request, queryset, "complete")

    @admin.action(
        permissions=["change"],
        description=gettext_lazy("No-show"),
        description_plural=gettext_lazy("Mark the chosen bookings as no-shows"),
    )
    def no_show(self, request: HttpRequest, queryset: QuerySet[Booking]) -> None:
        """They did not come."""
        self._take_each(request, queryset, "no-show")

    def _take_each(self, request: HttpRequest, queryset: QuerySet[Booking], name: str) -> None:
        """One step for each, each for itself: what one refuses, the others do not notice."""
        step, taken = DESK_STEPS[name], 0
        for booking in queryset:
            try:
                step.take(booking, caller=at_desk(request.user), now=this_minute(), reason="")
            except BookingError as refused:
                words = f"{booking}: {refusal_words(refused, request.user)}"
                self.message_user(request, words, messages.ERROR)
            else:
                taken += 1
        if taken:
            words = ngettext("%(count)s booking changed.", "%(count)s bookings changed.", taken)
            self.message_user(request, words % {"count": taken}, messages.SUCCESS)


def _unpaid(booking: Booking) -> Decimal:
    """Needs the sum that the admin's own rows carry."""
    paid: Decimal = booking.paid  # type: ignore[attr-defined]  # annotated in get_queryset
    return booking.price - paid
