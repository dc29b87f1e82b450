"""What callers send to book for two at once, and what they are told."""

from collections.abc import Mapping
from typing import Any

from django.core.validators import EmailValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, NotFound, PermissionDenied, ValidationError
from rest_framework.request import Request

from bookings.api.access import booking_for, booking_token
from bookings.api.answers import LINKS, links_of, said_in_order, without_secrets
from bookings.api.inputs import (
    LOCATIONS,
    SESSION_TYPES,
    THERAPISTS,
    AvailabilityQuery,
    BookingInput,
    ClientInput,
    DetailsInput,
    HoldOrOverrideInput,
    OverrideInput,
    RescheduleInput,
    StaffClientInput,
    missing,
)
from bookings.api.outputs import BookingFields
from bookings.domain.clients.identity import are_one
from bookings.domain.pairs.partners import Both, are_side_by_side, may_change_both, two
from bookings.domain.requests import Change, Details, PairWish
from bookings.models import Booking
from bookings.scheduling.hours import to_minute
from bookings.scheduling.timeline import Minute
from studio.api.fields import Choice, Flag, Instant, Named, Strict, Text
from studio.api.models import Scope
from studio.api.schema import ProblemOutput

TRUE = "true"


class PairAvailabilityQuery(AvailabilityQuery):
    """The first's session and therapist are named as for one; the second's are her own."""

    second_session_type = Named(
        SESSION_TYPES, required=False, help_text="Left out: the same as the first's."
    )
    second_therapist = Named(THERAPISTS, required=False)
    side_by_side = Choice(
        choices=[TRUE, "false"], required=False, help_text="In rooms beside each other alone."
    )


class CompanionInput(ClientInput):
    """Who comes along; without an address she is reached at the first one's."""

    email = Text(
        required=False,
        allow_blank=True,
        max_length=254,
        validators=[EmailValidator(gettext_lazy("Give an e-mail address."))],
    )


class SecondDetailsInput(DetailsInput):
    client = CompanionInput(required=False, allow_null=True)


class StaffFirstDetailsInput(DetailsInput):
    client = StaffClientInput(required=False, allow_null=True)


class FirstInput(DetailsInput):
    """Who books, and what."""

    session_type = Named(SESSION_TYPES)
    therapist = Named(THERAPISTS, required=False, allow_null=True, help_text="Null: any.")


class SecondInput(SecondDetailsInput):
    """Who comes along, and what she gets."""

    session_type = Named(SESSION_TYPES)
    therapist = Named(THERAPISTS, required=False, allow_null=True, help_text="Null: any.")


class StaffFirstInput(FirstInput):
    client = StaffClientInput(required=False, allow_null=True)


class TwoClients(Strict):
    """Two who come together are two people."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse one person twice, as far as what was sent tells."""
        first, second = (details.client for details in self.details_of(attrs))
        if first is not None and second is not None and are_one(first, second):
            error = ErrorDetail(_("This is one person twice. Say who comes with you."), "same")
            raise ValidationError({"second": {"client": {"name": [error]}}})
        return attrs

    @staticmethod
    def details_of(data: Mapping[str, Any], held: Both | None = None) -> tuple[Details, Details]:
        """The details of both as the domain takes them."""
        one, other = held or (None, None)
        return (
            DetailsInput.details_of(data.get("first", {}), one),
            DetailsInput.details_of(data.get("second", {}), other),
        )


class PairInput(TwoClients):
    """Two bookings at one start, or with `hold` a time kept for both for some minutes."""

    location = Named(LOCATIONS)
    starts_at = Instant()
    side_by_side = Flag(required=False, help_text="In rooms beside each other, or not at all.")
    hold = Flag(required=False)
    first = FirstInput()
    second = SecondInput()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Require both clients, unless the time is only held."""
        lacking = [who for who in ("first", "second") if not attrs[who].get("client")]
        if lacking and not attrs.get("hold"):
            raise ValidationError({who: missing("client").detail for who in lacking})
        checked: dict[str, Any] = super().validate(attrs)
        return checked

    @staticmethod
    def wish_of(data: Mapping[str, Any]) -> PairWish:
        """The wish as the domain takes it."""
        wishes = two(BookingInput.wish_of({**data, **data[who]}) for who in ("first", "second"))
        return PairWish(*wishes, data.get("side_by_side", False))


class StaffPairInput(PairInput, HoldOrOverrideInput):
    first = StaffFirstInput()


class ConfirmPairInput(TwoClients):
    first = DetailsInput(required=False)
    second = SecondDetailsInput(required=False)


class StaffConfirmPairInput(ConfirmPairInput):
    first = StaffFirstDetailsInput(required=False)


class OneChangeInput(Strict):
    """What to change of one of the two besides the start; a key left out keeps what was."""

    therapist = Named(THERAPISTS, required=False, allow_null=True, help_text="Null: any.")
    session_type = Named(SESSION_TYPES, required=False)


class ReschedulePairInput(Strict):
    """What to move for both; a key that is left out keeps what was."""

    starts_at = Instant(required=False)
    first = OneChangeInput(required=False)
    second = OneChangeInput(required=False)

    @staticmethod
    def start_of(data: Mapping[str, Any]) -> Minute | None:
        """The new start; None keeps the old one."""
        return to_minute(data["starts_at"]) if "starts_at" in data else None

    @staticmethod
    def changes_of(data: Mapping[str, Any]) -> tuple[Change, Change]:
        """The changes of both as the domain takes them."""
        return two(RescheduleInput.change_of(data.get(who, {})) for who in ("first", "second"))


class StaffReschedulePairInput(ReschedulePairInput, OverrideInput):
    pass


class PairSlotOutput(serializers.Serializer[Any]):
    """A start for both; one who stands in both lists cannot take both."""

    starts_at = serializers.DateTimeField()
    therapists = serializers.ListField(child=serializers.CharField(), help_text="Of the first.")
    second_therapists = serializers.ListField(child=serializers.CharField())
    side_by_side = serializers.BooleanField(help_text="Whether rooms beside each other are free.")


class PairDayOutput(serializers.Serializer[Any]):
    date = serializers.DateField()
    slots = PairSlotOutput(many=True)


class PairAvailabilityOutput(serializers.Serializer[Any]):
    """Describes the answer only, as for one."""

    location = serializers.CharField()
    session_type = serializers.CharField()
    second_session_type = serializers.CharField()
    side_by_side = serializers.BooleanField()
    timezone = serializers.CharField()
    vars()["from"] = serializers.DateField()
    until = serializers.DateField()
    days = PairDayOutput(many=True, help_text="Every date of the range, in order.")
    next_available = serializers.DateTimeField(allow_null=True)


class PairedBookingOutput(BookingFields):
    """One of the two. The links are null where they are hers alone to have."""

    manage_token = serializers.CharField(allow_null=True)
    manage_url = serializers.URLField(allow_null=True)
    calendar_url = serializers.URLField(allow_null=True)


class PairOutput(serializers.Serializer[Any]):
    """The first of both is who booked."""

    side_by_side = serializers.BooleanField(help_text="Whether their rooms lie beside each other.")
    bookings = PairedBookingOutput(many=True)


class PairRefusalOutput(ProblemOutput):
    """A problem with what else the domain knows of two."""

    position = serializers.IntegerField(
        required=False,
        allow_null=True,
        help_text="With `slot_unavailable` and `hold_expired`: 1 or 2: who alone cannot come.",
    )
    alternatives = PairSlotOutput(many=True, required=False, help_text="Up to 5, the nearest.")
    rule = serializers.CharField(required=False, allow_null=True)
    overridable = serializers.BooleanField(required=False)


def kept_of(both: Both, *, is_staff: bool, now: Minute) -> dict[str, Any]:
    """What is kept of an answer about two, without a secret; enough for `shown`."""
    first, second = (without_secrets(each, now=now) for each in both)
    if not (is_staff or may_change_both(both[1])):
        second["token_epoch"] = None
    return {"side_by_side": are_side_by_side(*both), "bookings": [first, second]}


def shown(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The answer about two: with the first's links, and the second's if they are the first's too.

    Who comes along with an address of her own has links of her own (rule P1).
    """
    return {**kept, "bookings": [_with_links(each) for each in kept["bookings"]]}


def _with_links(kept: Mapping[str, Any]) -> dict[str, Any]:
    epoch = kept["token_epoch"]
    links = dict.fromkeys(LINKS) if epoch is None else links_of(kept["reference"], epoch)
    return said_in_order(kept) | links


def paired_booking_for(request: Request, reference: str, scope: Scope, *, now: Minute) -> Booking:
    """A booking of a pair, for staff or for who may change both; any other is not found."""
    booking = booking_for(request, reference, scope, now=now)
    if booking.pair_id is None:
        raise NotFound
    if booking_token(request) is not None and not may_change_both(booking):
        raise PermissionDenied
    return booking
