"""What the board is told, in numbers to reckon with and in words to show."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import JsonResponse
from django.utils.translation import gettext as _

from bookings.desk.moving.forms import CarriedForm, PutDownForm
from bookings.desk.pairs.card import client_name
from bookings.domain.callers import Caller
from bookings.domain.moving import MOVABLE, question_for_move
from bookings.domain.options import everybody, open_nearby
from bookings.domain.pairs.partners import together_with
from bookings.domain.placing import fresh
from bookings.domain.staff import Person, may_see_private_time_off
from bookings.domain.targets import ELSEWHERE, Targets, Verdict, targets
from bookings.errors import BookingError, RuleRefused, Together
from bookings.models import Booking
from bookings.scheduling.hours import local_date, to_instant, to_minute
from bookings.scheduling.slots import Rule, Slot
from bookings.scheduling.timeline import CELL_MINUTES, Minute
from bookings.words import rule_words, start_of, time_words
from studio.premises.models import Room
from therapists.models import Therapist


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says to one person what becomes of one booking; knows the rooms by name."""

    user: Person
    booking: Booking
    rooms: dict[str, str]
    partner: Booking | None = None

    @classmethod
    def about(cls, booking: Booking, user: Person, *, now: Minute) -> "Speaker":
        """The speaker for a booking and whoever asks."""
        rooms = Room.objects.filter(location=booking.location)
        partner = together_with(booking, now=now)
        return cls(user, booking, dict(rooms.values_list("slug", "name")), partner)

    def verdict(self, verdict: Verdict) -> dict[str, Any]:
        """Whether it can be put there, the rules to go past, and all that in words."""
        if verdict.refused_by is not None:
            return {"can": "no", "words": self.rule(verdict.refused_by), "past": []}
        if verdict.past:
            because = " ".join(self.rule(rule) for rule in verdict.past)
            words = _("Only with a reason. %(because)s %(room)s")
            room = self.room(verdict.room)
            return {
                "can": "reason",
                "words": words % {"because": because, "room": room},
                "past": list(verdict.past),
            }
        words = _("Free. %(room)s") % {"room": self.room(verdict.room)}
        return {"can": "yes", "words": words, "past": []}

    def room(self, slug: str) -> str:
        """Where it will be; said louder when that is not where it was."""
        if slug == self.booking.room.slug:
            return _("Stays in %(room)s.") % {"room": self.rooms[slug]}
        return _("Goes to %(room)s.") % {"room": self.rooms[slug]}

    def rule(self, rule: Rule) -> str:
        """A rule in words, as far as this person may know it."""
        return rule_words(rule, sees_private=may_see_private_time_off(self.user))


def targets_shown(speaker: Speaker, found: Targets, *, by_room: bool) -> JsonResponse:
    """The booking, runs of starts `[first, past the last)` with one verdict, and the verdicts."""
    booking, partner = speaker.booking, speaker.partner
    verdicts = {ELSEWHERE: 0}
    columns = {
        slug: [
            [each.starts.start, each.starts.end, verdicts.setdefault(each.verdict, len(verdicts))]
            for each in stretches
        ]
        for slug, stretches in found.columns.items()
    }
    shown = [speaker.verdict(verdict) for verdict in verdicts]
    if partner is not None:
        start, apart = to_minute(booking.starts_at), len(shown)
        shown.append({"can": "no", "words": together_words(partner), "past": []})
        columns = {slug: list(_kept(runs, start, apart)) for slug, runs in columns.items()}
    return JsonResponse(
        {
            "columns": columns,
            "verdicts": shown,
            "location": booking.location.slug,
            "timezone": booking.location.timezone,
            "step": booking.location.slot_step_minutes,
            "booking": {
                "name": _name(booking),
                "column": column_of(booking, by_room=by_room),
                "start": to_minute(booking.starts_at),
                "minutes": booking.duration_minutes,
                "before": booking.buffer_before_minutes,
                "after": booking.buffer_after_minutes,
            },
        }
    )


def _kept(runs: list[list[int]], start: Minute, apart: int) -> Iterator[list[int]]:
    """The same runs with their verdict at one start, and another one at all others."""
    for first, past, verdict in runs:
        if not first <= start < past:
            yield [first, past, apart]
            continue
        if first < start:
            yield [first, start, apart]
        yield [start, start + CELL_MINUTES, verdict]
        if start + CELL_MINUTES < past:
            yield [start + CELL_MINUTES, past, apart]


def together_words(partner: Booking) -> str:
    """Why one of two is not carried to another start, and where both are moved."""
    words = _("Together with %(name)s: open the booking, and move both there.")
    return words % {"name": client_name(partner)}


def _name(booking: Booking) -> str:
    return (
        f"{booking.client.name}, {booking.session_name}" if booking.client else booking.session_name
    )


def column_of(booking: Booking, *, by_room: bool) -> str:
    """The slug of the column it stands in."""
    return booking.room.slug if by_room else booking.therapist.slug


def put_down(moved: Booking, *, by_room: bool, is_quiet: bool) -> JsonResponse:
    """Where it is now; and that the client has not been told, where nobody but reception will."""
    words = _("Moved to %(place)s.") % {"place": _place(moved)}
    if is_quiet:
        words = f"{words} {_('The client is not written to.')}"
    return JsonResponse(
        {
            "booking": moved.pk,
            "start": to_minute(moved.starts_at),
            "column": column_of(moved, by_room=by_room),
            "words": words,
        }
    )


def not_understood(form: CarriedForm) -> JsonResponse:
    """Something was sent that no board sends."""
    return JsonResponse({"words": form.words()}, status=HTTPStatus.BAD_REQUEST)


def gone(booking: Booking, error: BookingError) -> JsonResponse:
    """The booking is not what it was when it was picked up: how it is now."""
    found = fresh(booking)
    words = _("It is %(status)s.") % {"status": found.get_status_display()}
    if found.status in MOVABLE:
        words = _("It is at %(place)s now.") % {"place": _place(found)}
    return _conflict({"words": f"{error.message} {words}"})


def comes_together(booking: Booking, *, now: Minute) -> JsonResponse:
    """One of two was carried to another start; both stay where they are."""
    partner = together_with(booking, now=now)
    return _conflict({"words": together_words(partner) if partner else str(Together.message)})


def refused(
    speaker: Speaker, form: PutDownForm, error: RuleRefused, *, caller: Caller, now: Minute
) -> JsonResponse:
    """The place cannot be had, or not without a reason: why, and the nearest that can."""
    booking, start = speaker.booking, form.start_wanted
    day = local_date(booking.location.timezone, start)
    found = targets(booking, day, by_room=form.by_room, now=now)
    verdict = found.at(form.cleaned_data["column"].slug, start)
    # What refused it may be gone by now; then it can simply be tried again.
    said = speaker.verdict(Verdict(error.rule) if verdict.is_open else verdict)
    question = question_for_move(booking, form.to_change(), caller=caller, now=now)
    slots = open_nearby(everybody(question), question, start)
    return _conflict({**said, "alternatives": _listed(slots, booking, start)})


def _place(booking: Booking) -> str:
    return _("%(start)s, with %(therapist)s in %(room)s") % {
        "start": start_of(booking),
        "therapist": booking.therapist.name,
        "room": booking.room.name,
    }


def _conflict(answer: dict[str, Any]) -> JsonResponse:
    return JsonResponse(answer, status=HTTPStatus.CONFLICT)


def _listed(slots: list[Slot], booking: Booking, wanted: Minute) -> list[str]:
    """Open starts in words; those of the same day by their time alone."""
    names = dict(Therapist.objects.values_list("slug", "name"))
    day = local_date(booking.location.timezone, wanted)
    said = []
    for slot in slots:
        when = time_words(to_instant(slot.starts_at), booking, on=day)
        who = ", ".join(names[slug] for slug in slot.therapists)
        said.append(_("%(when)s with %(who)s") % {"when": when, "who": who})
    return said
