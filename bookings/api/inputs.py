"""What callers send, checked for form only: whether a time is free is for the domain to say."""

from collections.abc import Mapping
from typing import Any

from django.core.validators import EmailValidator, RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ErrorDetail, ValidationError

from bookings.api.health import HealthScreeningInput
from bookings.domain.offers import open_locations
from bookings.domain.requests import Change, Details, Override, Person, Wish
from bookings.enums import Pressure, Status
from bookings.models import Booking, SessionType
from bookings.scheduling.hours import to_minute
from bookings.scheduling.slots import OVERRIDABLE, Rule
from studio.api.fields import (
    Choice,
    Digits,
    Few,
    Flag,
    Instant,
    LocalDate,
    Named,
    Strict,
    Text,
)
from studio.api.pages import PageQuery
from studio.premises.models import Location, Room
from therapists.models import Therapist

LOCATIONS = open_locations()
SESSION_TYPES = SessionType.objects.filter(active=True)
THERAPISTS = Therapist.objects.filter(active=True)
ROOMS = Room.objects.filter(active=True)

MAX_DAYS = 62
NOTES_LENGTH = 1000
REASON_LENGTH = 500

SOFT_RULES = [rule.value for rule in Rule if rule in OVERRIDABLE]


def missing(field: str) -> ValidationError:
    """The error of a field that is required for a reason that its declaration cannot know."""
    return ValidationError({field: [ErrorDetail(_("This field is required."), "required")]})


class AvailabilityQuery(Strict):
    # Its version is read in the same query, before any row that the answer depends on.
    location = Named(LOCATIONS.select_related("version"))
    session_type = Named(SESSION_TYPES)
    vars()["from"] = LocalDate(help_text="The first date, at the location.")
    until = LocalDate(help_text=f"The last date, included; at most {MAX_DAYS} days in all.")
    therapist = Named(THERAPISTS, required=False)
    rescheduling = Text(
        required=False,
        max_length=16,
        help_text="Reference of a booking whose own time counts as free; send its token.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a range that is turned round or too long."""
        days = (attrs["until"] - attrs["from"]).days + 1
        if days < 1:
            error = ErrorDetail(_("The range ends before it begins."), "turned_round")
        elif days > MAX_DAYS:
            error = ErrorDetail(_("Ask for at most 62 days."), "too_long")
        else:
            return attrs
        raise ValidationError({"until": [error]})


class BookingQuery(PageQuery):
    """Staff look back too: at places, people and rooms that take no bookings any more."""

    location = Named(Location.objects.all(), required=False)
    therapist = Named(Therapist.objects.all(), required=False)
    room = Named(Room.objects.all(), required=False)
    status = Choice(choices=Status.choices, required=False)
    client = Digits(required=False, help_text="Its `id`; needs the scope `clients:read`.")
    vars()["from"] = LocalDate(required=False, help_text="First date, at the location.")
    until = LocalDate(required=False, help_text="Last date, included.")
    q = Text(
        required=False,
        max_length=200,
        help_text="Reference; with `clients:read` also part of a name, an address or a number.",
    )


class ClientInput(Strict):
    name = Text(max_length=200)
    email = Text(
        max_length=254,
        validators=[EmailValidator(gettext_lazy("Give an e-mail address."))],
    )
    phone = Text(
        required=False,
        allow_blank=True,
        max_length=40,
        validators=[
            RegexValidator(
                r"^[+(]?[0-9][0-9 ()./-]{4,}\Z",
                gettext_lazy("Give a phone number such as +1 303 555 0142."),
            )
        ],
    )
    language = Text(
        required=False,
        allow_blank=True,
        max_length=16,
        help_text="BCP 47, such as `en`.",
        validators=[
            RegexValidator(
                r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z",
                gettext_lazy("Give a language such as en or pt-BR."),
            )
        ],
    )


class StaffClientInput(ClientInput):
    """Whoever calls the desk has a phone; some have no mail."""

    email = Text(
        required=False,
        allow_blank=True,
        max_length=254,
        validators=[EmailValidator(gettext_lazy("Give an e-mail address."))],
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a client who cannot be reached."""
        if not (attrs.get("email") or attrs.get("phone")):
            raise ValidationError(
                {"phone": [ErrorDetail(_("Give a phone number or an e-mail address."), "required")]}
            )
        return attrs


class ReasonInput(Strict):
    reason = Text(required=False, allow_blank=True, lines=True, max_length=REASON_LENGTH)


class OverrideInput(Strict):
    """What only staff may send."""

    override = Few(
        child=Choice(choices=SOFT_RULES),
        required=False,
        max_length=len(SOFT_RULES),
        help_text="Soft rules to go past; each use is recorded.",
    )
    override_reason = Text(required=False, max_length=REASON_LENGTH)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse to go past a rule without a reason."""
        if attrs.get("override") and not attrs.get("override_reason"):
            raise missing("override_reason")
        return attrs

    @staticmethod
    def override_of(data: Mapping[str, Any]) -> Override:
        """The override as the domain takes it."""
        rules = frozenset(Rule(rule) for rule in data.get("override", ()))
        return Override(rules, data.get("override_reason", ""))


class HoldOrOverrideInput(OverrideInput):
    """Beside `hold`."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse to hold a time past a rule: only a booking keeps the reason."""
        if attrs.get("hold") and attrs.get("override"):
            error = ErrorDetail(_("Book, or hold without an override."), "invalid")
            raise ValidationError({"override": [error]})
        return super().validate(attrs)


class DetailsInput(Strict):
    """Who comes, and how they like it."""

    client = ClientInput(required=False, allow_null=True)
    pressure = Choice(choices=Pressure.choices, required=False)
    notes = Text(required=False, allow_blank=True, lines=True, max_length=NOTES_LENGTH)
    health_screening = HealthScreeningInput(required=False, allow_null=True)

    @staticmethod
    def details_of(data: Mapping[str, Any], held: Booking | None = None) -> Details:
        """The details as the domain takes them; what is left out stays as it was held."""
        client = data.get("client")
        return Details(
            client=Person(**client) if client else None,
            pressure=Pressure(data.get("pressure", held.pressure if held else Pressure.MEDIUM)),
            notes=data.get("notes", held.notes if held else ""),
            answers=HealthScreeningInput.answers_of(data.get("health_screening")),
        )


class BookingInput(DetailsInput):
    """A booking, or with `hold` a time kept for some minutes."""

    location = Named(LOCATIONS)
    session_type = Named(SESSION_TYPES)
    starts_at = Instant()
    therapist = Named(THERAPISTS, required=False, allow_null=True)
    hold = Flag(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Require a client, unless the time is only held."""
        if not attrs.get("hold") and not attrs.get("client"):
            raise missing("client")
        checked: dict[str, Any] = super().validate(attrs)
        return checked

    @staticmethod
    def wish_of(data: Mapping[str, Any]) -> Wish:
        """The wish as the domain takes it."""
        return Wish(
            location=data["location"],
            session_type=data["session_type"],
            starts_at=to_minute(data["starts_at"]),
            therapist=data.get("therapist"),
        )


class StaffBookingInput(BookingInput, HoldOrOverrideInput):
    client = StaffClientInput(required=False, allow_null=True)


class ConfirmInput(DetailsInput):
    pass


class StaffConfirmInput(DetailsInput):
    client = StaffClientInput(required=False, allow_null=True)


class RescheduleInput(Strict):
    """What to move; a key that is left out keeps what was."""

    starts_at = Instant(required=False)
    therapist = Named(THERAPISTS, required=False, allow_null=True, help_text="Null: any.")
    session_type = Named(SESSION_TYPES, required=False)

    @staticmethod
    def change_of(data: Mapping[str, Any]) -> Change:
        """The change as the domain takes it."""
        starts_at = data.get("starts_at")
        return Change(
            starts_at=to_minute(starts_at) if starts_at else None,
            therapist=data.get("therapist"),
            any_therapist="therapist" in data and data["therapist"] is None,
            session_type=data.get("session_type"),
            room=data.get("room"),
            alone=data.get("alone", False),
        )


class StaffRescheduleInput(RescheduleInput, OverrideInput):
    alone = Flag(required=False, help_text="Leave behind who comes at the same time.")


class ReassignInput(OverrideInput):
    """Another therapist or room at the same time."""

    therapist = Named(THERAPISTS, required=False, allow_null=True, help_text="Null: any.")
    room = Named(ROOMS, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse to reassign nothing."""
        if "therapist" not in attrs and "room" not in attrs:
            raise missing("therapist")
        return super().validate(attrs)
