"""What a therapist can be booked for today, and why not for the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from bookings.domain.bookable.question import Question
from bookings.domain.bookable.roster import UnbookedTherapist
from bookings.domain.explain.asked import Asked
from bookings.domain.explain.places import not_offered
from bookings.domain.explain.stage import Stage
from bookings.domain.explain.therapists import TherapistReasons
from bookings.domain.options import starts_on_step
from bookings.domain.reach import locations_of
from bookings.domain.refusals import CONCEALED
from bookings.models import SessionType
from bookings.scheduling.hours import local_date
from bookings.scheduling.slots import NOTHING_OVERRIDDEN, Resource, Rule
from bookings.scheduling.timeline import Bits, Minute
from studio.premises.models import Location
from therapists.models import Therapist

DAYS_AHEAD = 13
"""How far the page looks for the next open start."""


@dataclass(frozen=True, slots=True)
class Today:
    """One session type at one location: its open starts on the step, or why there are none.

    `following` is the first open start of the days after.
    """

    session_type: SessionType
    location: Location
    starts: tuple[Minute, ...]
    following: Minute | None
    reasons: tuple[str, ...]


def bookable_today(therapist: Therapist, *, now: Minute, sees_private: bool) -> list[Today]:
    """Every active session type, at each location where she works, as reception could book it.

    The number of queries grows with the session types and those locations alone.
    """
    places = Location.objects.filter(active=True).order_by("name")
    where = list(places.filter(pk__in=locations_of([therapist.pk]))) or list(places)
    kinds = SessionType.objects.filter(active=True).order_by("style", "duration_minutes", "slug")
    return [
        _today(therapist, session_type, location, now=now, sees_private=sees_private)
        for location in where
        for session_type in kinds
    ]


def _today(
    therapist: Therapist,
    session_type: SessionType,
    location: Location,
    *,
    now: Minute,
    sees_private: bool,
) -> Today:
    today = local_date(location.timezone, now)
    question = Question(
        location=location,
        session_type=session_type,
        first=today,
        last=today + timedelta(days=DAYS_AHEAD),
        now=now,
        is_staff=True,
        therapist=therapist.slug,
    )
    stage = Stage.of(question)
    date = stage.frame.clock.date
    slots = [slot.starts_at for slot in starts_on_step(stage.situation)]
    starts = tuple(start for start in slots if date(start) == today)
    if not starts:
        # Reception may start off the step too.
        every = (slot.starts_at for slot in stage.situation.search.slots())
        starts = tuple(start for start in every if date(start) == today)
    following = next((start for start in slots if date(start) > today), None)
    reasons = () if starts else tuple(_reasons(stage, therapist, sees_private=sees_private))
    return Today(session_type, location, starts, following, reasons)


def _reasons(stage: Stage, therapist: Therapist, *, sees_private: bool) -> Iterator[str]:
    """The rules that leave no start of today by themselves; if none does, what all leave."""
    frame, situation = stage.frame, stage.situation
    today = frame.dates(frame.question.first, frame.question.first)
    left = situation.search.start & today
    if not left:
        yield _("Nothing is left of today.")
        return
    [resource] = situation.search.therapists
    broken = [rule for rule, starts in _starts(stage, resource) if not starts & left]
    for first in (Rule.OFFERED, Rule.WORKING):
        if first in broken:
            broken = [rule for rule in broken if rule == first or rule not in BEHIND[first]]
    yield from _of_therapist(stage, therapist, broken, today, sees_private=sees_private)
    if resource.starts(frame.question.length, frame.window, NOTHING_OVERRIDDEN) & left:
        yield _("No room can take it when the therapist could.")
    elif not broken:
        yield _("No stretch of today that is long enough is left.")


BEHIND = {
    Rule.OFFERED: frozenset(Rule) - {Rule.OFFERED},
    Rule.WORKING: {Rule.THERAPIST_FREE, Rule.BAREFOOT_ALLOWED},
}
"""What need not be told once such a rule is broken."""


def _starts(stage: Stage, resource: Resource) -> Iterator[tuple[Rule, Bits]]:
    """Per rule the cells at which it lets the session start, at work as far as hours matter."""
    length = stage.frame.question.length
    at_work = resource.occupied[Rule.WORKING]
    within = {
        rule: length.starts_within(bits & at_work) for rule, bits in resource.occupied.items()
    }
    allowed = within | dict(resource.start)
    return ((rule, allowed[rule]) for rule in Rule if rule in allowed)


def _of_therapist(
    stage: Stage,
    therapist: Therapist,
    broken: list[Rule],
    today: Bits,
    *,
    sees_private: bool,
) -> Iterator[str]:
    if not broken:
        return
    frame, unbooked = stage.frame, stage.unbooked[therapist.pk]
    asked = Asked(frame, frame.clock.first_instant(frame.question.first))
    refused = not_offered(frame.question)
    known = TherapistReasons.gather(asked, stage.situation.taken, [therapist.pk], refused)
    for rule in broken:
        match rule:
            case Rule.WORKING:
                yield from _working(asked, unbooked, today)
            case Rule.THERAPIST_FREE:
                yield _("Is booked today, with no break that is long enough.")
            case Rule.BAREFOOT_ALLOWED if not sees_private:
                continue
            case Rule.BAREFOOT_ALLOWED:
                times = asked.spelled_at(unbooked.not_barefoot, today)
                yield _("Does no barefoot work %(times)s.") % {"times": times}
            case _:
                yield from (each.words for each in known.of(therapist, unbooked, rule))
    if Rule.BAREFOOT_ALLOWED in broken and not sees_private:
        yield str(CONCEALED)


def _working(asked: Asked, unbooked: UnbookedTherapist, today: Bits) -> Iterator[str]:
    here = {"location": asked.question.location}
    if shifts := asked.spelled_at(unbooked.working, today):
        yield _("Works %(shifts)s today.") % {"shifts": shifts}
    else:
        yield _("Does not work at %(location)s today.") % here
    if off := asked.spelled_at(unbooked.off, today):
        yield _("Has time off %(times)s.") % {"times": off}
    if closed := asked.spelled_at(unbooked.closed, today):
        yield _("%(location)s is closed %(times)s.") % (here | {"times": closed})
