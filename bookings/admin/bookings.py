"""Bookings: every change goes through the domain, and nothing is ever deleted (rule B7)."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import DecimalField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.admin.booking_forms import BookForm, MoveForm, NotesForm, PaymentForm, ReasonForm
from bookings.admin.booking_history import EventRows, PaymentRows
from bookings.admin.days import WhenFilter
from bookings.admin.schedule import Kept
from bookings.domain.booking import book
from bookings.domain.callers import at_desk
from bookings.domain.moving import MOVABLE, move
from bookings.domain.reception import note, receive_payment
from bookings.domain.staff import visible_bookings
from bookings.domain.steps import DESK_STEPS, open_steps
from bookings.enums import PaymentMethod, Pressure
from bookings.errors import BookingError
from bookings.models import Booking, Client, Payment
from bookings.scheduling.hours import to_instant
from bookings.words import at_location, refusal_words, start_of
from studio.clock import this_minute

PLACE = ("start", "second_passage", "therapist", "room")
GO_PAST = (
    gettext_lazy("Go past a rule"),
    {
        "fields": ("override", "reason"),
        "classes": ("collapse",),
        "description": gettext_lazy("Only these four rules, and never without a reason."),
    },
)
WISHES = (gettext_lazy("Wishes"), {"fields": ("pressure", "notes")})
MADE = (
    gettext_lazy("When it was made"),
    {
        "fields": (
            "location",
            "session_name",
            "duration_minutes",
            ("buffer_before_minutes", "buffer_after_minutes"),
            ("price", "currency"),
            "free_cancellation_hours",
            "questionnaire_version",
            "therapist_requested",
            ("source", "booked"),
            ("expires", "cancelled", "late_cancellation"),
        ),
        "classes": ("collapse",),
        "description": gettext_lazy("Copied then; later edits of the originals change nothing."),
    },
)
HEAD = (("reference", "standing"), ("when", "client"))
"""What every page of a booking begins with."""


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
    search_help_text = gettext_lazy("Reference, or the client's name, e-mail or telephone number.")
    show_full_result_count = False
    date_hierarchy = "date"
    autocomplete_fields = ("client",)
    actions = ("check_in", "complete", "no_show")

    class Media:
        css = {"all": ("desk/desk.css",)}

    change_form_template = "admin/bookings/booking/change_form.html"

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
        """By a part of the reference, or by the client as the desk finds one."""
        text = search_term.strip()
        if not text:
            return queryset, False
        clients = Client.objects.matching(text).order_by()
        return queryset.filter(Q(reference__icontains=text) | Q(client__in=clients)), False

    def get_inlines(self, request: HttpRequest, obj: Booking | None) -> Any:
        """What was recorded, once something was."""
        return (PaymentRows, EventRows) if obj else ()

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
        if booking.has_lapsed(to_instant(this_minute())):
            return _("%(status)s, time is up") % {"status": booking.get_status_display()}
        return booking.get_status_display()

    @admin.display(description=gettext_lazy("booked at"))
    def booked(self, booking: Booking) -> str:
        """When it was made."""
        return at_location(booking.booked_at, booking)

    @admin.display(description=gettext_lazy("expires at"))
    def expires(self, booking: Booking) -> str:
        """When a hold, or an undecided review, lapses by itself."""
        return at_location(booking.expires_at, booking)

    @admin.display(description=gettext_lazy("cancelled at"))
    def cancelled(self, booking: Booking) -> str:
        """When it was cancelled."""
        return at_location(booking.cancelled_at, booking)

    @admin.display(description=gettext_lazy("to pay"))
    def to_pay(self, booking: Booking) -> str:
        """The price less what was paid (rule B11)."""
        return f"{_unpaid(booking)} {booking.currency}"

    # The form: what is typed depends on where the booking is.

    def get_fieldsets(self, request: HttpRequest, obj: Booking | None = None) -> Any:
        """What the page shows."""
        if obj is None:
            return (
                (None, {"fields": ("location", "session_type", *PLACE)}),
                (
                    gettext_lazy("Client"),
                    {"fields": ("client", ("client_name", "client_phone", "client_email"))},
                ),
                WISHES,
                GO_PAST,
            )
        if not self.has_change_permission(request, obj):
            return ((None, {"fields": (*HEAD, "session_name", "therapist", "room")}), WISHES)
        if obj.status not in MOVABLE:
            where = ("session_type", "therapist", "room", "to_pay")
            return ((None, {"fields": (*HEAD, *where)}), WISHES, MADE)
        return (
            (None, {"fields": (*HEAD, "to_pay")}),
            (gettext_lazy("Move"), {"fields": ("session_type", *PLACE, "seen")}),
            WISHES,
            GO_PAST,
            MADE,
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Booking | None = None) -> Any:
        """All that the form does not ask for."""
        if obj is None:
            return ()
        shown = [
            name
            for _title, fieldset in self.get_fieldsets(request, obj)
            for row in fieldset["fields"]
            for name in ([row] if isinstance(row, str) else row)
        ]
        form = MoveForm if obj.status in MOVABLE else NotesForm
        asked = {*form.base_fields}
        return tuple(name for name in shown if name not in asked)

    def get_form(
        self, request: HttpRequest, obj: Booking | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form for what can be done, with what was refused at the first try."""
        base: type[forms.ModelForm[Booking]]
        if obj is None:
            base = BookForm
        elif obj.status in MOVABLE and self.has_change_permission(request, obj):
            base = MoveForm
        else:
            base = NotesForm
        form = super().get_form(request, obj, change, **kwargs | {"form": base})
        known = {
            "caller": at_desk(request.user),
            "now": this_minute(),
            "refusal": getattr(request, "refusal", None),
        }
        return type(form.__name__, (form,), known)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Book or move; what the domain refuses is shown on the form as it was typed.

        The first try ends with its transaction. The second one stops at the form, which knows
        the refusal then.
        """
        context = (extra_context or {}) | self._steps_of(request, object_id)
        try:
            return super().changeform_view(request, object_id, form_url, context)
        except BookingError as refused:
            request.refusal = refused  # type: ignore[attr-defined]  # read in get_form
            return super().changeform_view(request, object_id, form_url, context)

    def save_model(self, request: HttpRequest, obj: Booking, form: Any, change: bool) -> None:
        """Let the domain write what was typed; raises BookingError."""
        caller, now = at_desk(request.user), this_minute()
        if isinstance(form, BookForm):
            made = book(
                form.to_wish(),
                form.to_details(),
                caller=caller,
                now=now,
                override=form.to_override(),
            )
            obj.pk = made.pk
            self._say_where(request, made)
        else:
            if isinstance(form, MoveForm) and form.moves:
                moved = move(
                    form.booking,
                    form.to_change(),
                    caller=caller,
                    now=now,
                    override=form.to_override(),
                )
                self._say_where(request, moved)
            note(
                obj,
                pressure=Pressure(form.cleaned_data["pressure"]),
                notes=form.cleaned_data["notes"],
            )
        obj.refresh_from_db()

    def _say_where(self, request: HttpRequest, booking: Booking) -> None:
        place = (start_of(booking), booking.therapist.name, booking.room.name)
        self.message_user(request, ", ".join(place))

    # The steps: buttons beside the form.

    def get_urls(self) -> list[URLPattern]:
        """The steps' own pages, before those that take any path."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/payment/", view(self.payment_view), name="bookings_booking_payment"),
            path("<int:pk>/step/<slug:name>/", view(self.step_view), name="bookings_booking_step"),
            *super().get_urls(),
        ]

    def _steps_of(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        booking = self.get_object(request, object_id) if object_id else None
        if booking is None or not self.has_change_permission(request, booking):
            return {}
        found = open_steps(booking, request.user, now=this_minute())
        return {
            "steps": found.items(),
            "takes_payments": request.user.has_perm("bookings.add_payment"),
        }

    def step_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Take a step; ask why first, where that is wanted."""
        if name not in DESK_STEPS:
            raise Http404
        booking, step = self._to_change(request, pk), DESK_STEPS[name]
        if not step.is_for(request.user):
            raise PermissionDenied
        form = ReasonForm(request.POST or None) if step.asks_why else forms.Form(request.POST)
        if request.method != "POST" or not form.is_valid():
            return self._ask(request, booking, str(step.label), form)
        reason = form.cleaned_data.get("reason", "")
        try:
            step.take(booking, caller=at_desk(request.user), now=this_minute(), reason=reason)
        except BookingError as refused:
            self.message_user(request, refusal_words(refused, request.user), messages.ERROR)
        else:
            booking.refresh_from_db()
            self.log_change(request, booking, str(step.label))
            self.message_user(
                request,
                _("%(booking)s is %(status)s.")
                % {"booking": booking, "status": booking.get_status_display()},
                messages.SUCCESS,
            )
        return _back_to(booking)

    def payment_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write down what was paid (rule B11)."""
        booking = self._to_change(request, pk)
        if not request.user.has_perm("bookings.add_payment"):
            raise PermissionDenied
        form = PaymentForm(
            request.POST or None, initial={"amount": max(_unpaid(booking), Decimal(0))}
        )
        if request.method != "POST" or not form.is_valid():
            return self._ask(request, booking, _("Record a payment"), form)
        payment = receive_payment(
            booking,
            form.cleaned_data["amount"],
            PaymentMethod(form.cleaned_data["method"]),
            caller=at_desk(request.user),
            now=this_minute(),
        )
        self.log_change(request, booking, _("Record a payment"))
        self.message_user(request, _("%s received.") % payment, messages.SUCCESS)
        return _back_to(booking)

    def _to_change(self, request: HttpRequest, pk: int) -> Booking:
        booking = self.get_object(request, str(pk))
        if booking is None:
            raise Http404
        if not self.has_change_permission(request, booking):
            raise PermissionDenied
        assert isinstance(booking, Booking)
        return booking

    def _ask(
        self, request: HttpRequest, booking: Booking, title: str, form: forms.Form
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "booking": booking,
            "when": start_of(booking),
            "form": form,
            "opts": self.opts,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/bookings/booking/step.html", context)

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
                self.log_change(request, booking, str(step.label))
                taken += 1
        if taken:
            words = ngettext("%(count)s booking changed.", "%(count)s bookings changed.", taken)
            self.message_user(request, words % {"count": taken}, messages.SUCCESS)


def _unpaid(booking: Booking) -> Decimal:
    """Needs the sum that the admin's own rows carry."""
    paid: Decimal = booking.paid  # type: ignore[attr-defined]  # annotated in get_queryset
    return booking.price - paid


def _back_to(booking: Booking) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:bookings_booking_change", args=[booking.pk]))
