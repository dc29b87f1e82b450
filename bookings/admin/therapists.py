"""Therapists, what they can prove, and when they work."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.db.models import DateField, Model, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bookings.admin.days import Choices, EndsFilter, InForceFilter, MonthFilter
from bookings.admin.premises import Named
from bookings.admin.schedule import AnyForm, InlineRows, Kept, ScheduleAdmin, WallColumns
from bookings.domain.callers import at_desk
from bookings.domain.certifying import check_verified_on, sign
from bookings.domain.portraits import put_photo
from bookings.domain.schedule import latest_today
from bookings.domain.staff import may_see_private_time_off, visible_time_off
from studio.clock import this_minute
from studio.photos import Photo, look_at, photo_of
from studio.premises.fields import format_day_minute
from therapists.models import (
    Certification,
    ExtraShift,
    Qualification,
    Shift,
    Standing,
    Therapist,
    TimeOff,
)

SOON = timedelta(days=60)
"""How long before its last day a certification is pointed out."""


@admin.register(Qualification)
class QualificationAdmin(Named):
    list_display = ("name", "slug", "style", "level")
    list_filter = ("style",)
    search_fields = ("name", "slug")
    fields = ("name", "slug", "style", "level")


class LanguagesField(forms.CharField):
    """Language codes with commas between them."""

    def prepare_value(self, value: Any) -> Any:
        """The codes as they are typed."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The codes as a list."""
        return [code.strip() for code in str(value or "").split(",") if code.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other codes are there than before."""
        return bool(self.to_python(data) != (initial or []))


class PhotoField(forms.FileField):
    """A photo, made fit for pages as it comes in."""

    widget = AdminFileWidget

    def to_python(self, data: Any) -> Photo | None:
        """The photo; refused with the reason where it is none."""
        file = super().to_python(data)
        return photo_of(file) if file else None


def _at_the_desk(page: str, name: str | int) -> str:
    return format_html('<a href="{}">{}</a>', reverse(page, args=[name]), _("at the desk"))


class ShiftRows(InlineRows):
    model = Shift
    named = ("therapist", "location")
    fields = ("location", "weekday", "time_from", "time_until", "first", "last")


@admin.register(Therapist)
class TherapistAdmin(Named):
    list_display = ("name", "slug", "max_barefoot_minutes_per_day", "user", "active")
    list_filter = ("active",)
    list_select_related = ("user",)
    search_fields = ("name", "slug")
    autocomplete_fields = ("user",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "active", "user")}),
        (_("For visitors"), {"fields": ("photo", "pronouns", "bio", "languages")}),
        (_("Work"), {"fields": ("max_barefoot_minutes_per_day", "today")}),
    )
    inlines = (ShiftRows,)
    informs = frozenset({"name", "user", "photo", "pronouns", "bio", "languages"})

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The way to her page at the desk too."""
        return (*super().get_readonly_fields(request, obj), "today")

    @admin.display(description=_("bookable today"))
    def today(self, therapist: Therapist) -> str:
        """Her page at the desk."""
        return _at_the_desk("admin:therapist", therapist.slug) if therapist.pk else "-"

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Languages are typed as words, not as JSON; a photo is made fit for pages."""
        if db_field.name == "photo":
            return PhotoField(
                label=capfirst(db_field.verbose_name),
                required=False,
                help_text=db_field.help_text,
            )
        if db_field.name == "languages":
            return LanguagesField(
                label=capfirst(db_field.verbose_name),
                required=False,
                help_text=_("Such as: en, ja"),
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Her page; a photo is made fit before the locks are taken, and no booking waits for it."""
        look_at(request.FILES.getlist("photo"))
        return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Therapist, form: Any, change: bool) -> None:
        """Save her, with the photo that was uploaded or without the one that was taken away."""
        if "photo" in form.changed_data:
            put_photo(obj, form.cleaned_data["photo"] or None)
        super().save_model(request, obj, form, change)


class OfTherapist(ScheduleAdmin):
    """Rows of one therapist; they stay hers, since taking them away decides about her bookings."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """The therapist, once the row is there."""
        return ("therapist", *self.readonly_fields) if obj else self.readonly_fields


class StandingFilter(admin.SimpleListFilter):
    """Certifications by whether they count today (rule S6)."""

    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """What can be chosen."""
        return [
            ("unverified", _("Not verified")),
            ("lapsing", _("Lapses soon")),
            ("lapsed", _("Lapsed or revoked")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the chosen standing."""
        today = latest_today(this_minute())
        match self.value():
            case "unverified":
                return queryset.filter(verified_on=None)
            case "lapsing":
                return queryset.filter(expires_on__gte=today, expires_on__lte=today + SOON)
            case "lapsed":
                return queryset.filter(Q(expires_on__lt=today) | Q(revoked_on__lte=today))
            case _:
                return queryset


class CertificationForm(AnyForm):
    def clean_verified_on(self) -> date | None:
        """Refuse a day that lies ahead everywhere: nobody can have looked yet (rule S6)."""
        verified_on: date | None = self.cleaned_data["verified_on"]
        check_verified_on(verified_on, now=this_minute())
        return verified_on


@admin.register(Certification)
class CertificationAdmin(Kept, OfTherapist):
    form = CertificationForm
    list_display = (
        "therapist",
        "qualification",
        "number",
        "issued_on",
        "expires_on",
        "verified_on",
        "standing",
    )
    list_filter = (StandingFilter, "therapist", "qualification")
    list_select_related = ("therapist", "qualification")
    date_hierarchy = "expires_on"
    search_fields = ("therapist__name", "qualification__name", "number", "issuing_body")
    readonly_fields = ("verified_by", "revoked_by", "proof")
    fieldsets = (
        (None, {"fields": ("therapist", "qualification", "issuing_body", "number")}),
        (_("Counts"), {"fields": ("issued_on", "expires_on", "revoked_on", "revoked_by")}),
        (_("Looked at"), {"fields": ("verified_on", "verified_by", "proof")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Certification]:
        """Each with today's date, which its standing is told by."""
        today = Value(latest_today(this_minute()), output_field=DateField())
        rows: QuerySet[Certification] = super().get_queryset(request)
        return rows.annotate(today=today)

    @admin.display(description=_("standing"))
    def standing(self, certification: Certification) -> str | Promise:
        """Whether it counts today, and until when."""
        today: date = certification.today  # type: ignore[attr-defined]  # annotated above
        standing, expires_on = certification.standing_on(today), certification.expires_on
        if standing == Standing.VALID and expires_on is not None and expires_on <= today + SOON:
            return ngettext(
                "lapses in %(days)s day", "lapses in %(days)s days", (expires_on - today).days
            ) % {"days": (expires_on - today).days}
        return standing.label

    @admin.display(description=_("proof"))
    def proof(self, certification: Certification) -> str:
        """Its page at the desk, where proofs are uploaded."""
        return _at_the_desk("admin:certification", certification.pk) if certification.pk else "-"

    def save_model(self, request: HttpRequest, obj: Certification, form: Any, change: bool) -> None:
        """Save it, and who says that it was looked at or does not count any more."""
        sign(obj, form.changed_data, by=at_desk(request.user).user)
        super().save_model(request, obj, form, change)


@admin.register(Shift)
class ShiftAdmin(OfTherapist):
    list_display = ("therapist", "location", "weekday", "hours", "first", "last")
    list_filter = (InForceFilter, "location", "weekday", "therapist")
    list_select_related = ("therapist", "location")
    search_fields = ("therapist__name",)
    fields = ("therapist", "location", "weekday", ("time_from", "time_until"), ("first", "last"))

    @admin.display(description=_("from, until"), ordering="time_from")
    def hours(self, shift: Shift) -> str:
        """From when until when."""
        return f"{format_day_minute(shift.time_from)} – {format_day_minute(shift.time_until)}"


@admin.register(ExtraShift)
class ExtraShiftAdmin(WallColumns, OfTherapist):
    list_display = ("therapist", "location", "starts", "ends")
    list_filter = (EndsFilter, MonthFilter, "location", "therapist")
    list_select_related = ("therapist", "location")
    search_fields = ("therapist__name",)
    fields = ("therapist", "location", ("wall_from", "wall_until"))


@admin.register(TimeOff)
class TimeOffAdmin(WallColumns, OfTherapist):
    list_select_related = ("therapist", "location")
    search_fields = ("therapist__name",)
    ordering = ("-wall_from",)

    def response_post_save_add(self, request: HttpRequest, obj: TimeOff) -> HttpResponseRedirect:
        """To her clients, if she leaves any behind."""
        return _clients_of(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: TimeOff) -> HttpResponseRedirect:
        """To her clients, if she leaves any behind."""
        return _clients_of(request, obj) or super().response_post_save_change(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TimeOff]:
        """Without the private periods, for those whom they do not concern (rule S7)."""
        return super().get_queryset(request) & visible_time_off(request.user)

    def get_fields(self, request: HttpRequest, obj: TimeOff | None = None) -> Any:
        """What is asked; whether it is barefoot work only, of those who see the answer."""
        fields = ["therapist", ("wall_from", "wall_until"), "location"]
        return [*fields, "barefoot_only"] if may_see_private_time_off(request.user) else fields

    def get_list_display(self, request: HttpRequest) -> Any:
        """The columns, under the same reserve."""
        columns = ["therapist", "starts", "ends", "location"]
        return [*columns, "barefoot_only"] if may_see_private_time_off(request.user) else columns

    def get_list_filter(self, request: HttpRequest) -> Any:
        """The filters, under the same reserve."""
        filters = [EndsFilter, MonthFilter, "therapist"]
        return [*filters, "barefoot_only"] if may_see_private_time_off(request.user) else filters


def _clients_of(request: HttpRequest, off: TimeOff) -> HttpResponseRedirect | None:
    """The way to the bookings that a therapist's time off leaves behind (rule B8)."""
    if not getattr(request, "left_behind", False):
        return None
    return HttpResponseRedirect(f"{reverse('admin:attention')}?therapist={off.therapist.slug}")
