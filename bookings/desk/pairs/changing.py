"""Two who come together: cancelled, taken back and moved at once, from the page of either."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bookings.desk.booking.buttons import LOOK, filled_in
from bookings.desk.booking.change_forms import ReasonForm
from bookings.desk.booking.doing import MOVE, BookingForm
from bookings.desk.page import DeskPage
from bookings.desk.pairs.card import client_name, told_of_both
from bookings.desk.pairs.choices import Two, choices_for_two
from bookings.desk.pairs.forms import MoveBothForm
from bookings.domain.moving import is_movable, seen_at
from bookings.domain.pairs.changes import cancel_pair, move_pair, undo_pair
from bookings.domain.pairs.partners import Both, both_of, together_with
from bookings.domain.pairs.places import PairQuestion, questions_to_move
from bookings.errors import BookingError, WrongState
from bookings.models import Booking
from bookings.scheduling.hours import local_date
from bookings.words import refusal_of_two, start_of


class ChangeBoth(BookingForm):
    """A form about both bookings of a pair; of one that was made alone it changes nothing."""

    def take_both(self, act: Callable[..., Both], words: str, **how: Any) -> HttpResponse:
        """Do it to both, or say why neither was changed."""
        if self.booking.pair_id is None:
            return self.refuse(WrongState())
        return self.take(act, lambda _both: words, **how)


class CancelBoth(ChangeBoth):
    """Cancels both; twice is harmless."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Cancel them, with a reason."""
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.show(reason_form=form, asked="cancel-both")
        reason = form.cleaned_data["reason"]
        return self.take_both(cancel_pair, _("Both bookings are cancelled."), reason=reason)


class UndoBoth(ChangeBoth):
    """Takes back what was cancelled at once."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Restore both, or neither."""
        return self.take_both(undo_pair, _("Both bookings are restored."))


class MoveBoth(BookingForm):
    """Shows when both can start, and moves both or neither."""

    template_name = "admin/desk/pairs/move.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Where they are now."""
        partner = self._partner()
        if partner is None:
            return self.refuse(WrongState())
        return self.look(MoveBothForm(None, booking=self.booking, partner=partner, looking=True))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move them; or look what can be had."""
        partner, button = self._partner(), request.POST.get("do", LOOK)
        if partner is None:
            return self.refuse(WrongState())
        if button != MOVE:
            typed = filled_in(request.POST, button, self.booking.location, now=self.now)
            form = MoveBothForm(typed, booking=self.booking, partner=partner, looking=True)
            return self.look(form)
        form = MoveBothForm(request.POST, booking=self.booking, partner=partner)
        if not form.is_valid():
            return self.look(form)
        try:
            moved = move_pair(
                self.booking,
                form.start,
                changes=form.changes,
                caller=self.caller,
                now=self.now,
                override=form.to_override(),
                seen=seen_at(self.booking),
            )
        except BookingError as refused:
            return self.look(form, refused=refusal_of_two(refused, request.user))
        return self.back(_("Both are moved to %(start)s.") % {"start": start_of(moved[0])})

    def look(self, form: MoveBothForm, refused: str = "") -> HttpResponse:
        """The form, and what can be had."""
        form.is_valid()
        booking, partner = form.booking, form.partner
        both = both_of(booking)
        two = Two(
            (client_name(both[0]), client_name(both[1])),
            (both[0].client, both[1].client),
        )
        found = choices_for_two(form, self._question(form), two, sees_private=self.sees_private)
        context = DeskPage.get_context_data(
            self,
            title=_("Move both"),
            booking=booking,
            client=told_of_both(booking, partner),
            names=(client_name(booking), client_name(partner)),
            start=start_of(booking),
            tells=not self.caller.is_quiet,
            form=form,
            choices=found,
            refused=refused,
        )
        return self.render_to_response(context)

    def _partner(self) -> Booking | None:
        """The other one, as long as both can be moved."""
        partner = together_with(self.booking, now=self.now)
        both = (self.booking, partner)
        if partner is None or not all(each and is_movable(each, now=self.now) for each in both):
            return None
        return partner

    def _question(self, form: MoveBothForm) -> PairQuestion | None:
        """What the schedule is asked about the day, with whom is chosen for each."""
        day, start = form.cleaned_data.get("day"), form.start
        if start is not None:
            day = local_date(form.location.timezone, start)
        if day is None:
            return None
        asked = questions_to_move(self.booking, first=day, last=day, now=self.now, is_staff=True)
        rules = form.to_override().rules
        first, second = (
            replace(
                each,
                therapist=change.therapist.slug
                if change.therapist
                else (None if change.any_therapist else each.therapist),
                overridden=rules,
            )
            for each, change in zip((asked.first, asked.second), form.changes, strict=True)
        )
        return replace(asked, first=first, second=second)
