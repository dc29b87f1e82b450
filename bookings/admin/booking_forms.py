"""What reception types to book, to move and to take payments; judged by the domain alone."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.admin.schedule import AnyForm
from bookings.domain.availability import MAX_ALTERNATIVES, open_slots
from bookings.domain.booking import question_for
from bookings.domain.callers import Caller
from bookings.domain.moving import question_for_move
from bookings.domain.placing import nearest_to
from bookings.domain.question import Question
from bookings.domain.refusals import WORDS
from bookings.domain.requests import Change, Details, Override, Person, Wish
from bookings.domain.staff import may_see_private_time_off
from bookings.enums import PaymentMethod, Pressure
from bookings.errors import BookingError, RuleRefused
from bookings.models import Booking, SessionType
from bookings.scheduling.hours import to_instant
from bookings.scheduling.slots import OVERRIDABLE, Rule, Slot, nearest
from bookings.scheduling.timeline import Minute
from bookings.words import local, rule_words, spelled, start_meant
from studio.premises.fields import WallTimeFormField
from studio.premises.models import Location, Room
from therapists.models import Therapist

SOFT_RULES = [(rule.value, f"{rule.value}: {WORDS[rule]}") for rule in Rule if rule in OVERRIDABLE]
YEARS = range(2000, 2200)
"""Between these a typed year is not a slip of the finger."""


class NotesForm(AnyForm):
    """How the client likes it: can be written down at any time."""

    class Meta:
        model = Booking
        fields = ("pressure", "notes")
        help_texts = {"client": ""}


class PlaceForm(NotesForm):
    """When, with whom and where; with the refusal of the first try, if it was refused."""

    refusal: BookingError | None = None
    caller: Caller
    now: Minute

    start = WallTimeFormField(
        label=gettext_lazy("Start"), help_text=gettext_lazy("On the wall clock of the location.")
    )
    second_passage = forms.BooleanField(
        label=gettext_lazy("Second passage"),
        required=False,
        help_text=gettext_lazy("When clocks are put back: the second time that they show it."),
    )
    override = forms.MultipleChoiceField(
        label=gettext_lazy("Go past"),
        choices=SOFT_RULES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Is kept with the booking."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Nobody has to name a therapist or a room; what is retired cannot be named."""
        super().__init__(*args, **kwargs)
        booking: Booking = self.instance
        self._choose("session_type", SessionType.objects.filter(_usable(booking.session_type_id)))
        self._choose("therapist", Therapist.objects.filter(_usable(booking.therapist_id)))
        for name in ("therapist", "room"):
            self.fields[name].required = False
            self._choice(name).empty_label = _("Any")

    def clean(self) -> None:
        """Ask for a reason where a rule is gone past, and repeat what the domain refused."""
        super().clean()
        if self.cleaned_data.get("override") and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Say why, if you go past a rule."))
        if self.refusal is not None and not self.errors:
            self._say(self.refusal)

    def clean_start(self) -> datetime:
        """A start in a year that can be meant."""
        start: datetime = self.cleaned_data["start"]
        if start.year not in YEARS:
            raise ValidationError(_("Check the year."))
        return start

    def starts_at(self, location: Location) -> Minute:
        """The instant that was typed."""
        return start_meant(
            self.cleaned_data["start"],
            location.timezone,
            second_passage=self.cleaned_data["second_passage"],
        )

    def to_override(self) -> Override:
        """The rules that were ticked, and why."""
        rules = frozenset(Rule(number) for number in self.cleaned_data["override"])
        return Override(rules, self.cleaned_data["reason"]) if rules else Override()

    def question(self) -> Question:
        """What the schedule is asked, to offer other times."""
        raise NotImplementedError

    def _say(self, refusal: BookingError) -> None:
        """The refusal, what reception can do about it, and the nearest times that are open."""
        if not isinstance(refusal, RuleRefused):
            self.add_error(None, str(refusal.message))
            return
        user = self.caller.user
        sees_private = user is not None and may_see_private_time_off(user)
        self.add_error(None, rule_words(refusal.rule, sees_private=sees_private))
        if refusal.overridable:
            words = _("Tick %(rule)s and give a reason to book it all the same.")
            self.add_error("override", words % {"rule": refusal.rule.value})
        question = self.question()
        slots = _open_nearby(question, self.starts_at(question.location))
        if slots:
            self.add_error(None, _("Open times nearby: %s") % _listed(slots, question.location))

    def _choice(self, name: str) -> "forms.ModelChoiceField[Any]":
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        return field

    def _choose(self, name: str, rows: Any) -> None:
        self._choice(name).queryset = rows


class BookForm(PlaceForm):
    """A new booking, for somebody who is known or who says who they are."""

    client_name = forms.CharField(label=gettext_lazy("Or a new one: name"), required=False)
    client_phone = forms.CharField(label=gettext_lazy("Telephone"), required=False, max_length=40)
    client_email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)

    class Meta(NotesForm.Meta):
        fields = (  # type: ignore[assignment]  # as many as are needed
            "location",
            "session_type",
            "therapist",
            "room",
            "client",
            *NotesForm.Meta.fields,
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Start at the only location, where there is only one."""
        super().__init__(*args, **kwargs)
        locations = Location.objects.filter(active=True)
        self._choose("location", locations)
        if len(locations) == 1:
            self.fields["location"].initial = locations[0].pk
        rooms = Room.objects.filter(active=True, location__active=True)
        self._choose("room", rooms.select_related("location").order_by("location", "name"))
        self._choice("room").label_from_instance = _with_location  # type: ignore[assignment]  # Django's own hook

    def clean(self) -> None:
        """Ask who comes: one who is known, or a name and how to reach them."""
        super().clean()
        known, name = self.cleaned_data.get("client"), self.cleaned_data.get("client_name")
        if known and name:
            self.add_error("client_name", _("Choose a client or type a new one, not both."))
        elif not known and not name:
            self.add_error("client", _("Choose a client, or type a name below."))
        elif name and not (
            self.cleaned_data.get("client_phone") or self.cleaned_data.get("client_email")
        ):
            self.add_error("client_phone", _("Give a telephone number or an e-mail address."))

    def to_wish(self) -> Wish:
        """When, with whom and where."""
        location = self.cleaned_data["location"]
        return Wish(
            location=location,
            session_type=self.cleaned_data["session_type"],
            starts_at=self.starts_at(location),
            therapist=self.cleaned_data["therapist"],
            room=self.cleaned_data["room"],
        )

    def to_details(self) -> Details:
        """Who comes, and how they like it."""
        person = Person(
            name=self.cleaned_data["client_name"],
            email=self.cleaned_data["client_email"],
            phone=self.cleaned_data["client_phone"],
        )
        return Details(
            client=self.cleaned_data["client"] or person,
            pressure=Pressure(self.cleaned_data["pressure"]),
            notes=self.cleaned_data["notes"],
        )

    def question(self) -> Question:
        """What the schedule is asked, to offer other times."""
        return question_for(self.to_wish(), caller=self.caller, now=self.now)


class MoveForm(PlaceForm):
    """A booking that still lies ahead: whatever is changed is a move (rule B5)."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta(NotesForm.Meta):
        fields = ("session_type", "therapist", "room", *NotesForm.Meta.fields)  # type: ignore[assignment]  # as above

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show where it stands now."""
        super().__init__(*args, **kwargs)
        self.booking: Booking = Booking.objects.select_related(
            "location", "session_type", "therapist", "room"
        ).get(pk=self.instance.pk)
        wall = local(self.booking.starts_at, self.booking)
        self.initial["start"] = wall.replace(tzinfo=None, fold=0)
        self.initial["second_passage"] = wall.fold == 1
        self.initial["seen"] = state_of(self.booking)
        here = Room.objects.filter(location=self.booking.location)
        self._choose("room", here.filter(_usable(self.booking.room_id)))

    def clean(self) -> None:
        """Refuse what was typed onto an older state: it would be put back unseen."""
        super().clean()
        if self.cleaned_data.get("seen") != self.initial["seen"]:
            self.add_error(
                None, _("Somebody has changed this booking in the meantime. Load it again.")
            )

    def to_change(self) -> Change:
        """What is different from where it stands now."""
        changed = set(self.changed_data)
        therapist = self.cleaned_data["therapist"] if "therapist" in changed else None
        return Change(
            starts_at=(
                self.starts_at(self.booking.location)
                if changed & {"start", "second_passage"}
                else None
            ),
            therapist=therapist,
            any_therapist="therapist" in changed and therapist is None,
            session_type=(self.cleaned_data["session_type"] if "session_type" in changed else None),
            room=self.cleaned_data["room"] if "room" in changed else None,
        )

    @property
    def moves(self) -> bool:
        """Whether anything but the notes was changed."""
        placed = {"start", "second_passage", "session_type", "therapist", "room"}
        return not placed.isdisjoint(self.changed_data)

    def question(self) -> Question:
        """What the schedule is asked, to offer other times."""
        return question_for_move(self.booking, self.to_change(), caller=self.caller, now=self.now)


class ReasonForm(forms.Form):
    """Why a step is taken."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class PaymentForm(forms.Form):
    """What was received at the desk (rule B11)."""

    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), max_digits=8, decimal_places=2, min_value=Decimal("0.01")
    )
    method = forms.ChoiceField(label=gettext_lazy("Method"), choices=PaymentMethod.choices)


def state_of(booking: Booking) -> str:
    """A short mark of all that a form shows for editing; another one after any change of it."""
    shown = (
        booking.status,
        booking.starts_at.isoformat(),
        booking.session_type_id,
        booking.therapist_id,
        booking.room_id,
        booking.pressure,
        booking.notes,
    )
    return sha256(repr(shown).encode()).hexdigest()[:16]


def _usable(current: int | None) -> Q:
    """What is in use, and what the booking has already."""
    return Q(active=True) | Q(pk=current)


def _with_location(room: Room) -> str:
    return f"{room.location}: {room}"


def _open_nearby(question: Question, start: Minute) -> list[Slot]:
    """The nearest open times of that day on the location's step, else the nearest of all.

    Reception may start at any five minutes; five of those in a row would be no choice.
    """
    location = question.location
    on_step = [
        slot
        for slot in open_slots(question)
        if _wall_minutes(slot.starts_at, location) % location.slot_step_minutes == 0
    ]
    return nearest(on_step, start, MAX_ALTERNATIVES) or nearest_to(question, start)


def _wall_minutes(instant: Minute, location: Location) -> int:
    """Minutes since midnight, as the clock on the wall shows them."""
    wall = to_instant(instant).astimezone(location.zone)
    return wall.hour * 60 + wall.minute


def _listed(slots: Iterable[Slot], location: Location) -> str:
    return "; ".join(
        f"{spelled(to_instant(slot.starts_at).astimezone(location.zone))}"
        f" ({', '.join(slot.therapists)})"
        for slot in slots
    )
