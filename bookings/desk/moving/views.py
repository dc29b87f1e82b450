"""Where a booking can be put down on the board, and putting it down there."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from bookings.desk.moving.answers import (
    Speaker,
    comes_together,
    gone,
    not_understood,
    put_down,
    refused,
    targets_shown,
)
from bookings.desk.moving.forms import PutDownForm, TargetsForm
from bookings.desk.page import caller_of
from bookings.domain.callers import at_desk
from bookings.domain.moving import check_movable, move
from bookings.domain.targets import targets
from bookings.errors import RuleRefused, Together, WrongState
from studio.clock import this_minute
from studio.methods import require_safe


@require_safe
@permission_required("bookings.change_booking", raise_exception=True)
def board_targets(request: HttpRequest) -> JsonResponse:
    """What becomes of a booking at every start of a day, column by column."""
    form = TargetsForm(request.GET)
    if not form.is_valid():
        return not_understood(form)
    booking, now = form.carried, this_minute()
    try:
        check_movable(booking, caller=at_desk(request.user), now=now)
    except WrongState as error:
        return gone(booking, error)
    found = targets(booking, form.cleaned_data["date"], by_room=form.by_room, now=now)
    return targets_shown(Speaker.about(booking, request.user, now=now), found, by_room=form.by_room)


@require_POST
@permission_required("bookings.change_booking", raise_exception=True)
def board_move(request: HttpRequest) -> JsonResponse:
    """Put a booking down; where it cannot be, it stays where it was and the answer says why."""
    form = PutDownForm(request.POST)
    if not form.is_valid():
        return not_understood(form)
    booking, caller, now = form.carried, caller_of(request), this_minute()
    try:
        moved = move(
            booking,
            form.to_change(),
            caller=caller,
            now=now,
            override=form.to_override(),
            seen=form.to_seen(),
        )
    except Together:
        return comes_together(booking, now=now)
    except WrongState as error:
        return gone(booking, error)
    except RuleRefused as error:
        speaker = Speaker.about(booking, request.user, now=now)
        return refused(speaker, form, error, caller=caller, now=now)
    return put_down(moved, by_room=form.by_room, is_quiet=caller.is_quiet)
