"""Figures about time: how much of it is taken, and how long ahead."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.desk.reports.charts import Series, Tone, lying, standing
from bookings.desk.reports.figures import Facts, Figure, speller
from bookings.desk.reports.tables import Column, Kind, Table, shown
from bookings.domain.reports.lead_time import Step
from bookings.domain.reports.utilisation import Use, Used, all_of
from studio.premises.models import Room
from therapists.models import Therapist

TAKEN = gettext_lazy(
    "Taken: sessions with their turnover before and after, in a live state (held, pending review,"
    " confirmed, checked in, completed, no-show); each counts wholly on the date of its start."
)
WORKING = gettext_lazy(
    "Working time: shifts and extra shifts less time off and closures, as bookings are judged by."
    " Sessions that were put outside of the shifts can make more than 100%."
)
OPEN = gettext_lazy(
    "Opening time: whenever any therapist works at the room's location, less the room's blocks."
)


def utilisation(facts: Facts) -> list[Figure]:
    """Through time, of each therapist, and of each room."""
    found = facts.utilisation
    return [
        _through_time(facts),
        _of_each(
            "therapists",
            _("Therapists"),
            _("Working time taken by sessions and their turnover."),
            f"{TAKEN} {WORKING}",
            found.therapists,
            Column(_("Therapist"), Kind.WORDS),
        ),
        _of_each(
            "rooms",
            _("Rooms"),
            _("Opening time taken by sessions and their turnover."),
            f"{TAKEN} {OPEN}",
            found.rooms,
            Column(_("Room"), Kind.WORDS),
        ),
    ]


def _through_time(facts: Facts) -> Figure:
    found, count = facts.utilisation, len(facts.parts)
    people, rooms = all_of(found.therapists, count), all_of(found.rooms, count)
    rows = [
        [part, *_cells(person), *_cells(room)]
        for part, person, room in zip(facts.parts, people, rooms, strict=True)
    ]
    total = [_("Together"), *_cells(sum(people, Use())), *_cells(sum(rooms, Use()))]
    return Figure(
        slug="utilisation",
        title=_("Through time"),
        gist=_("How much of the therapists' working time and the rooms' opening time is taken."),
        meaning=f"{TAKEN} {WORKING} {OPEN}",
        table=Table(
            [
                Column(_("When"), Kind.PART),
                Column(_("Working"), Kind.MINUTES),
                Column(_("Therapists taken"), Kind.MINUTES),
                Column(_("Therapists"), Kind.SHARE),
                Column(_("Open"), Kind.MINUTES),
                Column(_("Rooms taken"), Kind.MINUTES),
                Column(_("Rooms"), Kind.SHARE),
            ],
            [*rows, total],
            facts.scope.grain,
            has_total=True,
        ),
        chart=standing(
            facts.part_names,
            [
                Series(_("Therapists"), Tone.PLAIN, [use.share for use in people]),
                Series(_("Rooms"), Tone.RISING, [use.share for use in rooms]),
            ],
            speller(Kind.SHARE),
        ),
        is_wide=True,
        headline=(shown(sum(people, Use()).share, Kind.SHARE), _("of working time taken")),
    )


def _of_each(
    slug: str,
    title: str,
    gist: str,
    meaning: str,
    used: Sequence[Used[Therapist]] | Sequence[Used[Room]],
    who: Column,
) -> Figure:
    names = _names([each.owner for each in used])
    totals = [each.total for each in used]
    shares = [use.share for use in totals]
    return Figure(
        slug=slug,
        title=title,
        gist=gist,
        meaning=meaning,
        table=Table(
            [
                who,
                Column(_("Open"), Kind.MINUTES),
                Column(_("Taken"), Kind.MINUTES),
                Column(_("Utilisation"), Kind.SHARE),
            ],
            [[name, *_cells(use)] for name, use in zip(names, totals, strict=True)],
        ),
        chart=lying(
            [
                (name, share, _said(use))
                for name, share, use in zip(names, shares, totals, strict=True)
            ],
            whole=1,
        ),
    )


def _said(use: Use) -> str:
    """The share; what was taken without any time being open has none."""
    if use.share is None and use.taken:
        return shown(use.taken, Kind.MINUTES)
    return shown(use.share, Kind.SHARE)


def _cells(use: Use) -> list[int | float | None]:
    return [use.open, use.taken, use.share]


def _names(owners: Sequence[Therapist | Room]) -> list[str]:
    """Rooms with their locations, where there are several."""
    places = {owner.location_id for owner in owners if isinstance(owner, Room)}
    return [
        f"{owner.location}: {owner}" if isinstance(owner, Room) and len(places) > 1 else str(owner)
        for owner in owners
    ]


def ahead(facts: Facts) -> Figure:
    """How long before their start sessions are booked."""
    found = facts.lead_time
    total = found.count
    middle = found.median
    gist = (
        _("Half of the bookings are made at most %(days)s days ahead.") % {"days": f"{middle:g}"}
        if middle is not None
        else _("No bookings.")
    )
    headline = (f"{middle:g}", _("days booked ahead (median)")) if middle is not None else None
    rows = [
        (_days(step), step.count, step.count / total if total else None) for step in found.steps
    ]
    return Figure(
        slug="lead-time",
        title=_("Lead time"),
        gist=gist,
        meaning=_(
            "Whole days of 24 hours from making a booking to its start, for all bookings of"
            " these dates in whatever state, without holds that were never confirmed and"
            " without those that a studio file brought."
        ),
        table=Table(
            [
                Column(_("Booked ahead"), Kind.WORDS),
                Column(_("Bookings")),
                Column(_("Share"), Kind.SHARE),
            ],
            rows,
        ),
        chart=lying(
            [
                (name, count, f"{shown(count, Kind.COUNT)} ({shown(share, Kind.SHARE)})")
                for name, count, share in rows
            ]
        ),
        headline=headline,
    )


def _days(step: Step) -> str:
    if step.last is None:
        return _("%(first)s days and more") % {"first": step.first}
    if step.last == 0:
        return _("less than a day")
    if step.first == step.last:
        return ngettext("%(days)s day", "%(days)s days", step.first) % {"days": step.first}
    return _("%(first)s to %(last)s days") % {"first": step.first, "last": step.last}
