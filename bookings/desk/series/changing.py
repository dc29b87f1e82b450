"""A booking and all that follow it: cancelled, taken back and moved from its page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.desk.booking.buttons import LOOK
from bookings.desk.booking.change_forms import ReasonForm
from bookings.desk.booking.doing import MOVE, BookingForm
from bookings.desk.page import DeskPage
from bookings.desk.series.booking import past_of
from bookings.desk.series.forms import MoveFollowingForm
from bookings.domain.moving import is_movable, seen_at
from bookings.domain.series.following import cancel_following, move_following, undo_following
from bookings.domain.series.following_preview import PlannedMove, preview_move
from bookings.errors import BookingError, RuleRefused, WrongState
from bookings.models import Booking
from bookings.scheduling.hours import local_time, to_minute
from bookings.words import refusal_words, rule_words, spelled, start_of


class CancelFollowing(BookingForm):
    """Cancels it and all that follow; twice is harmless."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Cancel them, with a reason."""
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.show(reason_form=form, asked="cancel-following")
        reason = form.cleaned_data["reason"]
        return self.take(cancel_following, _cancelled_words, reason=reason)


class UndoFollowing(BookingForm):
    """Takes back what was cancelled together."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Restore all of them, or none."""
        return self.take(undo_following, _restored_words)


@dataclass(frozen=True, slots=True)
class Row:
    """A booking that would move, in words."""

    reference: str
    now: str
    then: str
    why_not: str


class MoveFollowing(BookingForm):
    """Shows where each of them would be, and moves all of them or none."""

    template_name = "admin/desk/series/move.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Where they are now."""
        if not is_movable(self.booking, now=self.now):
            return self.refuse(WrongState())
        return self.look(MoveFollowingForm(None, booking=self.booking, looking=True))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move them; or look where they would be."""
        if not is_movable(self.booking, now=self.now):
            return self.refuse(WrongState())
        is_look = request.POST.get("do", LOOK) != MOVE
        form = MoveFollowingForm(request.POST, booking=self.booking, looking=is_look)
        if is_look or not form.is_valid() or form.start is None:
            return self.look(form)
        try:
            moved = move_following(
                self.booking,
                form.start,
                therapist=form.cleaned_data["therapist"],
                caller=self.caller,
                now=self.now,
                override=form.to_override(),
                seen=seen_at(self.booking),
            )
        except BookingError as refused:
            return self.look(form, refused=self._why(refused))
        words = ngettext("%(count)s booking moved.", "%(count)s bookings moved.", len(moved))
        return self.back(words % {"count": len(moved)}, messages.SUCCESS)

    def look(self, form: MoveFollowingForm, refused: str = "") -> HttpResponse:
        """The form, and each date as it would be."""
        form.is_valid()
        moves = self._moves(form)
        context = DeskPage.get_context_data(
            self,
            title=_("Move %(booking)s and all that follow") % {"booking": self.booking},
            booking=self.booking,
            client=self.booking.client,
            tells=not self.caller.is_quiet,
            form=form,
            rows=list(self._rows(moves)),
            past=past_of(moves, form.to_override().rules, self.request.user),
            is_possible=bool(moves) and all(each.is_possible for each in moves),
            refused=refused,
        )
        return self.render_to_response(context)

    def _moves(self, form: MoveFollowingForm) -> list[PlannedMove]:
        start, therapist = form.start, form.cleaned_data.get("therapist")
        stays = start == to_minute(self.booking.starts_at) and therapist is None
        if start is None or stays:
            return []
        return preview_move(
            self.booking,
            start,
            therapist=therapist,
            caller=self.caller,
            now=self.now,
            override=form.to_override(),
        )

    def _rows(self, moves: list[PlannedMove]) -> Iterator[Row]:
        location = self.booking.location
        for each in moves:
            why_not = str(each.words)
            if each.rule is not None:
                why_not = rule_words(each.rule, sees_private=self.sees_private)
            then = spelled(local_time(each.start, location.zone))
            yield Row(each.booking.reference, start_of(each.booking), then, why_not)

    def _why(self, refused: BookingError) -> str:
        """Which date cannot be, and why, as far as whoever asks may know it."""
        if isinstance(refused, RuleRefused):
            return refusal_words(refused, self.request.user)
        return str(refused.message)


def _cancelled_words(done: list[Booking]) -> str:
    words = ngettext("%(count)s booking cancelled.", "%(count)s bookings cancelled.", len(done))
    return words % {"count": len(done)}


def _restored_words(done: list[Booking]) -> str:
    words = ngettext("%(count)s booking restored.", "%(count)s bookings restored.", len(done))
    return words % {"count": len(done)}
