"""Locations, rooms, and what keeps them from being used."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import ManyToManyField
from django.forms import CharField, CheckboxSelectMultiple, ChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bookings.admin.days import DueFilter, EndsFilter, MonthFilter
from bookings.admin.schedule import AnyForm, InlineRows, Kept, ScheduleAdmin, WallColumns
from bookings.scheduling.hours import local_date
from studio.clock import this_minute
from studio.exports import DAYS
from studio.premises.models import (
    Closure,
    Equipment,
    Inspection,
    Location,
    Room,
    RoomBlock,
    timezones,
    usual_reminder_hours,
    validate_reminder_hours,
)

LONGEST_HOURS = 5
"""Digits; what is longer is no number of hours."""

FEW_TO_TICK = {**DAYS, ManyToManyField: {"widget": CheckboxSelectMultiple}}


class HoursField(CharField):
    """Whole hours as people list them: `48, 3`."""

    def prepare_value(self, value: Any) -> Any:
        """As it is typed; what was typed stays."""
        return ", ".join(str(hours) for hours in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The hours, earliest reminder first."""
        words = str(value or "").replace(",", " ").replace(";", " ").split()
        if not all(word.isdecimal() and len(word) <= LONGEST_HOURS for word in words):
            raise ValidationError(_("Give whole hours, such as 48, 3."), "hours")
        hours = sorted((int(word) for word in words), reverse=True)
        validate_reminder_hours(hours)
        return hours

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other hours are meant, however they are written."""
        return super().has_changed(self.prepare_value(initial), data)


class Named(Kept, ScheduleAdmin):
    """Things that are named by their slug everywhere else: it stays as it was given."""

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """The slug follows the name while it is typed for the first time."""
        return {} if obj else {"slug": ("name",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The slug, once it was given."""
        return ("slug",) if obj else ()


@admin.register(Location)
class LocationAdmin(Named):
    list_display = ("name", "slug", "timezone", "phone", "active")
    list_filter = ("active",)
    search_fields = ("name", "slug")
    informs = frozenset(
        {
            "name",
            "address",
            "phone",
            "email",
            "slot_step_minutes",
            "min_notice_minutes",
            "horizon_days",
            "free_cancellation_hours",
        }
    )
    fieldsets = (
        (None, {"fields": ("name", "slug", "timezone", "active")}),
        (_("For visitors"), {"fields": ("address", "phone", "email")}),
        (
            _("Booking policy"),
            {
                "fields": (
                    "slot_step_minutes",
                    "min_notice_minutes",
                    "horizon_days",
                    "free_cancellation_hours",
                )
            },
        ),
        (_("Messages"), {"fields": ("reminder_hours", "follow_up_hours")}),
    )

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """The time zone is picked from all there are."""
        if db_field.name == "timezone":
            return ChoiceField(
                label=capfirst(db_field.verbose_name),
                choices=[("", "---------"), *((zone, zone) for zone in sorted(timezones()))],
            )
        if db_field.name == "reminder_hours":
            return HoursField(
                label=capfirst(db_field.verbose_name),
                required=False,
                initial=usual_reminder_hours,
                help_text=_(
                    "Hours before the start, such as 48, 3; empty: none. Up to 5, from 1 to 336."
                ),
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The time zone too, once there are bookings: they count on the dates it gave them (T7)."""
        fixed = super().get_readonly_fields(request, obj)
        return (*fixed, "timezone") if obj and obj.bookings.exists() else fixed


@admin.register(Equipment)
class EquipmentAdmin(Named):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    fields = ("name", "slug")


class InspectionRows(InlineRows):
    model = Inspection
    named = ("room", "equipment")
    fields = ("equipment", "due_on")


class RoomForm(AnyForm):
    """Asks which rooms lie beside it; only one of its own location can."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer no room as its own neighbour."""
        super().__init__(*args, **kwargs)
        beside = self.fields.get("beside")
        if self.instance.pk and isinstance(beside, ModelMultipleChoiceField):
            own = Room.objects.filter(location=self.instance.location_id)
            beside.queryset = own.exclude(pk=self.instance.pk)

    def clean(self) -> dict[str, Any] | None:
        """Refuse a neighbour at another location."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        location = cleaned.get("location", self.instance.location_id and self.instance.location)
        elsewhere = [room for room in cleaned.get("beside", ()) if room.location != location]
        if location and elsewhere:
            words = _("These rooms are at another location: %(rooms)s.")
            names = ", ".join(str(room) for room in elsewhere)
            self.add_error("beside", ValidationError(words, "elsewhere", {"rooms": names}))
        return cleaned


@admin.register(Room)
class RoomAdmin(Named):
    list_display = ("name", "slug", "location", "active")
    list_filter = ("active", "location", "equipment")
    list_select_related = ("location",)
    search_fields = ("name", "slug")
    fields = ("name", "slug", "location", "equipment", "beside", "active")
    informs = frozenset({"name", "beside"})
    formfield_overrides = FEW_TO_TICK
    form = RoomForm
    inlines = (InspectionRows,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The location too, once there are bookings: they took place there."""
        fixed = super().get_readonly_fields(request, obj)
        return (*fixed, "location") if obj and obj.bookings.exists() else fixed


@admin.register(Inspection)
class InspectionAdmin(ScheduleAdmin):
    list_display = ("equipment", "room", "location", "due_on", "is_overdue")
    list_filter = (DueFilter, "room__location", "equipment")
    list_select_related = ("equipment", "room__location")
    search_fields = ("equipment__name", "room__name")
    date_hierarchy = "due_on"
    fields = ("room", "equipment", "due_on")

    @admin.display(description=_("location"), ordering="room__location")
    def location(self, inspection: Inspection) -> Location:
        """Where the room is."""
        return inspection.room.location

    @admin.display(description=_("overdue"), boolean=True)
    def is_overdue(self, inspection: Inspection) -> bool:
        """Whether it closes the room for sessions that need the equipment today (rule S5)."""
        today: date = local_date(inspection.room.location.timezone, this_minute())
        return inspection.due_on < today


@admin.register(Closure)
class ClosureAdmin(WallColumns, ScheduleAdmin):
    list_display = ("location", "first_day", "last_day", "starts", "ends", "reason")
    list_filter = (EndsFilter, MonthFilter, "location")
    list_select_related = ("location",)
    search_fields = ("reason", "location__name")
    fieldsets = (
        (None, {"fields": ("location", "reason")}),
        (
            _("Whole days"),
            {
                "fields": (("first_day", "last_day"),),
                "description": _("Or fill in times below; not both."),
            },
        ),
        (
            _("Or from one time until another"),
            {
                "fields": (("wall_from", "wall_until"),),
                "description": _("On the wall clock of the location."),
            },
        ),
    )


@admin.register(RoomBlock)
class RoomBlockAdmin(WallColumns, ScheduleAdmin):
    list_display = ("room", "location", "starts", "ends", "reason")
    list_filter = (EndsFilter, MonthFilter, "room__location", "room")
    list_select_related = ("room__location",)
    search_fields = ("room__name", "reason")
    fieldsets = (
        (
            None,
            {
                "fields": ("room", ("wall_from", "wall_until"), "reason"),
                "description": _("On the wall clock of the room's location."),
            },
        ),
    )

    @admin.display(description=_("location"), ordering="room__location")
    def location(self, block: RoomBlock) -> Location:
        """Where the room is."""
        return block.room.location
