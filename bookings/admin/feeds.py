"""Calendar feeds of therapists and rooms: made and revoked here."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.db.models import Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bookings.admin.schedule import Kept
from bookings.models import CalendarFeed
from bookings.notifications.feeds import feed_address
from bookings.scheduling.hours import to_instant
from bookings.words import spelled
from studio.clock import this_minute
from studio.premises.models import Location
from therapists.models import Shift


@admin.register(CalendarFeed)
class CalendarFeedAdmin(Kept):
    list_display = ("__str__", "with_names", "made_by", "made", "revoked")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    list_select_related = ("therapist", "room", "made_by")
    search_fields = ("therapist__name", "room__name")
    date_hierarchy = "made_at"
    actions = ("revoke",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CalendarFeed]:
        """Each with the zone of its room, of where its therapist works, or of the first place."""
        works = Shift.objects.filter(therapist=OuterRef("therapist")).order_by("location")
        places = Location.objects.order_by("pk")
        zone = Coalesce(
            "room__location__timezone",
            Subquery(works.values("location__timezone")[:1]),
            Subquery(places.values("timezone")[:1]),
            Value("UTC"),
        )
        feeds: QuerySet[CalendarFeed] = super().get_queryset(request)
        return feeds.annotate(zone=zone)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """What is asked of a new one, and what there is to read of one that is made."""
        asked = ("therapist", "room", "with_names")
        return asked if obj is None else (*asked, "address", "made_by", "made", "revoked")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        """All of one that is made: another one takes its place."""
        return () if obj is None else self.get_fields(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Note who has made it, and when."""
        if not change:
            obj.made_by, obj.made_at = request.user, to_instant(this_minute())
        super().save_model(request, obj, form, change)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """To its own page, where the address stands."""
        return HttpResponseRedirect(reverse("admin:bookings_calendarfeed_change", args=[obj.pk]))

    @admin.display(description=_("made at"), ordering="made_at")
    def made(self, obj: Any) -> str:
        """By the clocks of its place."""
        return spelled(obj.made_at.astimezone(ZoneInfo(obj.zone)))

    @admin.display(description=_("revoked at"), ordering="revoked_at")
    def revoked(self, obj: Any) -> str:
        """The same; empty for one that stands."""
        return spelled(obj.revoked_at.astimezone(ZoneInfo(obj.zone))) if obj.revoked_at else ""

    @admin.display(description=_("address"))
    def address(self, obj: CalendarFeed) -> str:
        """What a calendar program subscribes to."""
        if obj.revoked_at is not None:
            return "–"
        return format_html(
            '<code>{}</code><p class="help">{}</p>',
            feed_address(obj),
            _("Subscribe to it in a calendar program. Whoever has it reads the sessions."),
        )

    @admin.action(
        permissions=["change"],
        description=_("Revoke"),
        description_plural=_("Revoke the chosen feeds"),
        location=[admin.ActionLocation.CHANGE_LIST, admin.ActionLocation.CHANGE_FORM],
    )
    def revoke(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """End them for good; a program that still asks finds nothing."""
        count = queryset.filter(revoked_at=None).update(revoked_at=to_instant(this_minute()))
        words = ngettext("%(count)s feed revoked.", "%(count)s feeds revoked.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)
