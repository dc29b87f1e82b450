"""What callers send to wait for a place, and what they are told of it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, NotAuthenticated, NotFound, ValidationError
from rest_framework.request import Request

from bookings.api.access import booking_token
from bookings.api.inputs import (
    LOCATIONS,
    SESSION_TYPES,
    THERAPISTS,
    ClientInput,
    StaffClientInput,
)
from bookings.domain.links import manage_token, waiting_by, waitlist_token
from bookings.domain.waitlist.entries import Longing, standing_offer
from bookings.enums import DayPart, WaitlistState
from bookings.models import WaitlistEntry
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.addresses import absolute
from studio.api.fields import Choice, Few, LocalDate, Named, Strict


class WaitlistInput(Strict):
    location = Named(LOCATIONS)
    session_type = Named(SESSION_TYPES)
    therapist = Named(THERAPISTS, required=False, allow_null=True, help_text="Null: any.")
    vars()["from"] = LocalDate(help_text="The first date, at the location.")
    until = LocalDate(help_text="The last date, included; from today on, at most a year ahead.")
    parts = Few(
        child=Choice(choices=DayPart.choices),
        required=False,
        max_length=len(DayPart),
        help_text="Parts of the day that suit; none: any.",
    )
    client = ClientInput()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse dates the wrong way round."""
        if attrs["until"] < attrs["from"]:
            error = ErrorDetail(_("The range ends before it begins."), "turned_round")
            raise ValidationError({"until": [error]})
        return attrs

    @staticmethod
    def longing_of(data: dict[str, Any]) -> Longing:
        """What they wait for, as the domain takes it."""
        return Longing(
            data["location"],
            data["session_type"],
            data["from"],
            data["until"],
            data.get("therapist"),
            [DayPart(part) for part in data.get("parts", ())],
        )


class StaffWaitlistInput(WaitlistInput):
    client = StaffClientInput()


class JoinedOutput(serializers.Serializer[Any]):
    """What opens the entry. The last two carry a secret, which is stored nowhere."""

    reference = serializers.CharField()
    manage_token = serializers.CharField()
    manage_url = serializers.URLField(help_text="The site's own page about it.")


class OfferOutput(serializers.Serializer[Any]):
    """A place that is held: confirming its booking accepts, cancelling it declines."""

    booking = serializers.CharField(help_text="Its reference.")
    starts_at = serializers.DateTimeField()
    held_until = serializers.DateTimeField()
    manage_token = serializers.CharField(help_text="Of the booking.")


class WaitlistOutput(serializers.Serializer[Any]):
    reference = serializers.CharField()
    state = serializers.ChoiceField(choices=WaitlistState.choices)
    location = serializers.CharField()
    session_type = serializers.CharField()
    therapist = serializers.CharField(allow_null=True)
    vars()["from"] = serializers.DateField()
    until = serializers.DateField()
    parts = serializers.ListField(child=serializers.CharField())
    offer = OfferOutput(allow_null=True, help_text="Null unless one stands.")


def joined(reference: str, epoch: int) -> dict[str, str]:
    """The answer to who has joined, reckoned for one epoch of the token (rule P1)."""
    token = waitlist_token(WaitlistEntry(reference=reference, token_epoch=epoch))
    page = reverse("bookings:waiting", kwargs={"reference": reference, "token": token})
    return {"reference": reference, "manage_token": token, "manage_url": absolute(page)}


def as_waiting(entry: WaitlistEntry, *, now: Minute) -> dict[str, Any]:
    """How an entry stands, for who has its token."""
    offer, zone = standing_offer(entry), entry.location.zone
    shown = None
    if offer is not None and not offer.booking.has_lapsed(to_instant(now)):
        shown = {
            "booking": offer.booking.reference,
            "starts_at": offer.booking.starts_at.astimezone(zone).isoformat(),
            "held_until": offer.expires_at.astimezone(zone).isoformat(),
            "manage_token": manage_token(offer.booking),
        }
    return {
        "reference": entry.reference,
        "state": entry.state,
        "location": entry.location.slug,
        "session_type": entry.session_type.slug,
        "therapist": entry.therapist.slug if entry.therapist else None,
        "from": entry.first.isoformat(),
        "until": entry.last.isoformat(),
        "parts": entry.parts,
        "offer": shown,
    }


def entry_for(request: Request, reference: str) -> WaitlistEntry:
    """The entry, for who has its token; a wrong one is answered as a wrong reference is."""
    token = booking_token(request)
    if token is None:
        raise NotAuthenticated
    entry = waiting_by(reference, token)
    if entry is None:
        raise NotFound
    return entry
