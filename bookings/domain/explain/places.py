"""What the location itself says of a start: whether it is open, and to whom (S1, S2, S9, T5)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from bookings.domain.bookable.frame import Frame, earliest_start
from bookings.domain.bookable.hindrances import closures_near
from bookings.domain.bookable.question import Question
from bookings.domain.explain.asked import (
    Asked,
    Reason,
    Verdict,
    spelled_day,
    spelled_minutes,
    verdict,
)
from bookings.domain.refusals import may_override
from bookings.scheduling.hours import local_date, wall_minute
from bookings.scheduling.slots import Rule
from studio.premises.models import Location


def of_place(asked: Asked, refused: list[Reason]) -> list[Verdict]:
    """What the location says to everybody, and to clients; `refused` is what `not_offered` said."""
    location = asked.question.location
    online = replace(asked.frame, question=replace(asked.question, is_staff=False))
    if not location.active:
        refused = [Reason(_("%(location)s takes no bookings.") % {"location": location}), *refused]
    closed = list(_closures(asked))
    return [
        verdict(Rule.OFFERED, refused or [_offered(asked.question)], ok=not refused),
        verdict(Rule.WORKING, closed or [_open(location)], ok=not closed, soft=True),
        Verdict("T5", asked.is_in(online.on_step()), (_step(location),), for_clients=True),
        _notice_and_horizon(asked, online),
    ]


def not_offered(question: Question) -> list[Reason]:
    """Why nobody at all gives this session at this place (rule S1)."""
    session_type = question.session_type
    names = {"session": session_type, "location": question.location}
    reasons = []
    if not session_type.active:
        reasons.append(Reason(_("%(session)s is out of use.") % names))
    if not session_type.locations.contains(question.location):
        reasons.append(Reason(_("%(session)s is not offered at %(location)s.") % names))
    return reasons


def _offered(question: Question) -> Reason:
    names = {"session": question.session_type, "location": question.location}
    return Reason(_("%(session)s is offered at %(location)s.") % names)


def _open(location: Location) -> Reason:
    return Reason(_("%(location)s is not closed then.") % {"location": location})


def _closures(asked: Asked) -> Iterator[Reason]:
    frame, location = asked.frame, asked.question.location
    for closure in closures_near(frame):
        if closure.first_day is not None and closure.last_day is not None:
            cells = frame.dates(closure.first_day, closure.last_day)
            times = _days(closure.first_day, closure.last_day)
        else:
            cells = frame.wall(wall_minute(closure.wall_from), wall_minute(closure.wall_until))
            times = asked.spelled_at(cells, cells)
        if cells & asked.cells:
            words = _("%(location)s is closed %(times)s") % {"location": location, "times": times}
            yield Reason(f"{words}: {closure.reason}." if closure.reason else f"{words}.")


def _days(first: date, last: date) -> str:
    if first == last:
        return _("on %(day)s") % {"day": spelled_day(first)}
    return f"{spelled_day(first)} – {spelled_day(last)}"


def _step(location: Location) -> Reason:
    return Reason(
        _("Clients start every %(step)s minutes from midnight on, reception at any 5 minutes.")
        % {"step": location.slot_step_minutes}
    )


def _notice_and_horizon(asked: Asked, online: Frame) -> Verdict:
    """S9, as the frames of a client and of reception judge it."""
    question, number = asked.question, Rule.NOTICE_AND_HORIZON.value
    if not asked.is_in(asked.frame.in_notice_and_horizon()):
        is_near = may_override(Rule.NOTICE_AND_HORIZON, question, asked.start)
        words = (
            _("The start lies %(time)s back; reception can book it with a reason.")
            if is_near
            else _("The start lies %(time)s back; nothing is booked more than 24 hours back.")
        )
        back = spelled_minutes(question.now - asked.start)
        return Verdict(number, ok=False, reasons=(Reason(words % {"time": back}),), soft=is_near)
    location = question.location
    today = local_date(location.timezone, question.now)
    last = today + timedelta(days=location.horizon_days)
    if asked.start < earliest_start(online.question):
        words = _("Clients need %(notice)s of notice; reception can book it.")
    elif asked.day > last:
        words = _("Clients can book until %(last)s; reception can book it.")
    else:
        words = _("Clients can book from %(notice)s ahead until %(last)s.")
    facts = {
        "notice": spelled_minutes(location.min_notice_minutes),
        "last": spelled_day(last),
    }
    ok = asked.is_in(online.in_notice_and_horizon())
    return Verdict(number, ok, (Reason(words % facts),), for_clients=True)
