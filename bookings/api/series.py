"""What callers send to book a series, and what they are told of its dates."""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from bookings.api.answers import with_secrets
from bookings.api.inputs import (
    LOCATIONS,
    SESSION_TYPES,
    THERAPISTS,
    ClientInput,
    DetailsInput,
    OverrideInput,
    StaffClientInput,
)
from bookings.api.outputs import BookingOutput, SlotOutput
from bookings.api.times import local, slots
from bookings.domain.refusals import CONCEALED, is_concealed
from bookings.domain.requests import Wish
from bookings.domain.series.preview import Occurrence
from bookings.scheduling.hours import DAY_MINUTES, to_minute
from bookings.scheduling.series import FEWEST, LONGEST_DAYS, MAX_WEEKS_BETWEEN, MOST
from bookings.scheduling.timeline import Minute
from studio.api.fields import Few, Flag, Instant, Named, Strict, Whole


class SeriesWishInput(Strict):
    """One session on several dates, each named by its start."""

    location = Named(LOCATIONS)
    session_type = Named(SESSION_TYPES)
    therapist = Named(THERAPISTS, required=False, allow_null=True, help_text="Null: any.")
    starts = Few(
        child=Instant(),
        min_length=FEWEST,
        max_length=MOST,
        help_text="Each once; in any order.",
    )

    def validate_starts(self, starts: list[Any]) -> list[Minute]:
        """Refuse a start that comes twice, and dates that lie years apart."""
        found = sorted({to_minute(start) for start in starts})
        if len(found) < len(starts):
            raise ValidationError([ErrorDetail(_("Give each start once."), "repeated")])
        if found[-1] - found[0] > (LONGEST_DAYS - 1) * DAY_MINUTES:
            raise ValidationError([ErrorDetail(_("These dates lie too far apart."), "too_long")])
        return found

    @staticmethod
    def wish_of(data: Mapping[str, Any]) -> Wish:
        """The wish as the domain takes it; its start is the first."""
        return Wish(
            data["location"], data["session_type"], data["starts"][0], data.get("therapist")
        )


class StaffSeriesWishInput(SeriesWishInput, OverrideInput):
    pass


class SeriesInput(SeriesWishInput, DetailsInput):
    """All of them, or with `fitting` those that can be booked."""

    client = ClientInput()
    fitting = Flag(required=False, help_text="Book those that can be; without it all or none.")
    every_weeks = Whole(
        required=False,
        min_value=1,
        max_value=MAX_WEEKS_BETWEEN,
        help_text="How the dates were chosen, for people to read; left out: one by one.",
    )


class StaffSeriesInput(SeriesInput, OverrideInput):
    client = StaffClientInput()


class OccurrenceOutput(serializers.Serializer[Any]):
    """A date: with whom it can be booked, or why it cannot be and what is open instead."""

    starts_at = serializers.DateTimeField()
    therapist = serializers.CharField(allow_null=True, help_text="Null: it cannot be booked.")
    why = serializers.CharField(allow_null=True, help_text="For people; may be reworded.")
    rule = serializers.CharField(allow_null=True, help_text="Its number, for staff alone.")
    overridable = serializers.BooleanField(help_text="For staff: whether a reason goes past it.")
    instead = SlotOutput(allow_null=True, help_text="The nearest slot, within a week.")


class SeriesPreviewOutput(serializers.Serializer[Any]):
    timezone = serializers.CharField()
    dates = OccurrenceOutput(many=True, help_text="Ascending.")


class SeriesOutput(serializers.Serializer[Any]):
    bookings = BookingOutput(many=True, help_text="Ascending.")
    left_out = OccurrenceOutput(many=True, help_text="With `fitting`: what could not be booked.")


def as_dates(
    found: Iterable[Occurrence], zone: ZoneInfo, *, sees_private: bool
) -> list[dict[str, Any]]:
    """The dates, without what would give a private period away (rule S7)."""
    return [_as_date(each, zone, sees_private=sees_private) for each in found]


def _as_date(each: Occurrence, zone: ZoneInfo, *, sees_private: bool) -> dict[str, Any]:
    hides = each.rule is not None and is_concealed(each.rule, sees_private=sees_private)
    why = CONCEALED if hides else each.words
    return {
        "starts_at": local(each.start, zone),
        "therapist": each.therapist,
        "why": str(why) or None,
        "rule": None if hides or each.rule is None else each.rule.value,
        "overridable": each.overridable,
        "instead": slots([each.instead], zone)[0] if each.instead else None,
    }


def shown(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The answer from what is kept of it, with the links of each booking."""
    bookings = [with_secrets(each) for each in kept["bookings"]]
    return {"bookings": bookings, "left_out": kept["left_out"]}
