"""Figures about bookings: what became of them, and where they came from."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.reports.charts import Series, Tone, lying, standing
from bookings.desk.reports.figures import Facts, Figure, Words, speller
from bookings.desk.reports.of_time import ahead
from bookings.desk.reports.tables import Column, Kind, Table, shown
from bookings.domain.reports.tally import Missed, Outcome, missed, origins, outcomes

NAMES: dict[Outcome, Words] = {
    Outcome.COMPLETED: gettext_lazy("Completed"),
    Outcome.CHECKED_IN: gettext_lazy("Checked in"),
    Outcome.CONFIRMED: gettext_lazy("Confirmed"),
    Outcome.PENDING_REVIEW: gettext_lazy("Pending review"),
    Outcome.NO_SHOW: gettext_lazy("No-show"),
    Outcome.CANCELLED_LATE: gettext_lazy("Cancelled late"),
    Outcome.CANCELLED: gettext_lazy("Cancelled in time"),
    Outcome.DECLINED: gettext_lazy("Declined"),
    Outcome.HELD: gettext_lazy("Held"),
    Outcome.EXPIRED: gettext_lazy("Expired"),
}
"""In the order in which they are read: what took place first, what never was last."""

TONES = {
    Outcome.COMPLETED: Tone.PLAIN,
    Outcome.CHECKED_IN: Tone.UPRIGHT,
    Outcome.CONFIRMED: Tone.RISING,
    Outcome.PENDING_REVIEW: Tone.DOTS,
    Outcome.NO_SHOW: Tone.CROSSED,
    Outcome.CANCELLED_LATE: Tone.FALLING,
    Outcome.CANCELLED: Tone.LEVEL,
    Outcome.DECLINED: Tone.CHECKED,
}
"""Holds and what has expired are in the table alone: they were no bookings yet."""


def by_state(facts: Facts) -> Figure:
    """What became of the bookings of each part."""
    found = outcomes(facts.tally, facts.scope)
    total = found.total
    seen = [outcome for outcome in NAMES if total[outcome]]
    rows = [
        [part, *(count[outcome] for outcome in NAMES), count.total()]
        for part, count in zip(facts.parts, found.by_part, strict=True)
    ]
    together = [_("Together"), *(total[outcome] for outcome in NAMES), total.total()]
    return Figure(
        slug="states",
        title=_("Bookings by state"),
        gist=_gist(total),
        meaning=_(
            "Bookings by the date of their session and their state now. A cancellation is late when"
            " it came within the location's hours. Held and expired ones are in the table only."
        ),
        table=Table(
            [
                Column(_("When"), Kind.PART),
                *(Column(name) for name in NAMES.values()),
                Column(_("All")),
            ],
            [*rows, together],
            facts.scope.grain,
            has_total=True,
        ),
        chart=standing(
            facts.part_names,
            [
                Series(NAMES[outcome], TONES[outcome], [float(c[outcome]) for c in found.by_part])
                for outcome in seen
                if outcome in TONES
            ],
            speller(Kind.COUNT),
            stacked=True,
            whole_numbers=True,
        ),
        is_wide=True,
        headline=(shown(_took_place(total), Kind.COUNT), _("sessions took place")),
    )


def _gist(total: Counter[Outcome]) -> str:
    return _("Took place: %(took_place)s. Confirmed: %(confirmed)s.") % {
        "took_place": shown(_took_place(total), Kind.COUNT),
        "confirmed": shown(total[Outcome.CONFIRMED], Kind.COUNT),
    }


def _took_place(total: Counter[Outcome]) -> int:
    return total[Outcome.COMPLETED] + total[Outcome.CHECKED_IN]


def by_source(facts: Facts) -> Figure:
    """Through which doors bookings came."""
    found = origins(facts.tally)
    total = sum(origin.made for origin in found)
    rows = [
        (
            str(origin.source.label),
            origin.made,
            origin.made / total,
            origin.standing,
            origin.standing / origin.made,
        )
        for origin in found
    ]
    return Figure(
        slug="sources",
        title=_("Bookings by source"),
        gist=_("Where bookings are made."),
        meaning=_(
            "All bookings of these dates but holds that were never confirmed. Kept: pending review,"
            " confirmed, checked in, completed or no-show, that is neither cancelled nor declined."
        ),
        table=Table(
            [
                Column(_("Source"), Kind.WORDS),
                Column(_("Bookings")),
                Column(_("Share"), Kind.SHARE),
                Column(_("Kept")),
                Column(_("Kept of these"), Kind.SHARE),
            ],
            rows,
        ),
        chart=lying(
            [
                (name, made, f"{shown(made, Kind.COUNT)} ({shown(share, Kind.SHARE)})")
                for name, made, share, _kept, _of_these in rows
            ]
        ),
    )


def missed_sessions(facts: Facts) -> Figure:
    """No-shows and late cancellations."""
    found = missed(facts.tally, facts.scope)
    together = all_missed(found)
    no_shows = [_share(each.no_shows, each.due) for each in found]
    late = [_share(each.late, each.due) for each in found]
    return Figure(
        slug="missed",
        title=_("No-shows and late cancellations"),
        gist=_("Sessions due: %(due)s. No-shows: %(no_shows)s. Cancelled late: %(late)s.")
        % {
            "no_shows": shown(together.no_shows, Kind.COUNT),
            "late": shown(together.late, Kind.COUNT),
            "due": shown(together.due, Kind.COUNT),
        },
        meaning=_(
            "Due: sessions whose start has come and that were not cancelled in time (confirmed,"
            " checked in, completed, no-show, cancelled late). The shares are of these."
        ),
        table=Table(
            [
                Column(_("When"), Kind.PART),
                Column(_("Due")),
                Column(_("No-shows")),
                Column(_("No-shows"), Kind.SHARE),
                Column(_("Cancelled late")),
                Column(_("Cancelled late"), Kind.SHARE),
            ],
            [
                *(
                    [part, *_missed_cells(each)]
                    for part, each in zip(facts.parts, found, strict=True)
                ),
                [_("Together"), *_missed_cells(together)],
            ],
            facts.scope.grain,
            has_total=True,
        ),
        chart=standing(
            facts.part_names,
            [
                Series(NAMES[Outcome.NO_SHOW], TONES[Outcome.NO_SHOW], no_shows),
                Series(NAMES[Outcome.CANCELLED_LATE], TONES[Outcome.CANCELLED_LATE], late),
            ],
            speller(Kind.SHARE),
        ),
        is_wide=True,
        headline=(
            shown(_share(together.no_shows + together.late, together.due), Kind.SHARE),
            _("missed or cancelled late"),
        ),
    )


def all_missed(found: list[Missed]) -> Missed:
    """Of the whole period."""
    return Missed(
        sum(each.due for each in found),
        sum(each.no_shows for each in found),
        sum(each.late for each in found),
    )


def _missed_cells(each: Missed) -> list[int | float | None]:
    return [
        each.due,
        each.no_shows,
        _share(each.no_shows, each.due),
        each.late,
        _share(each.late, each.due),
    ]


def _share(count: int, of: int) -> float | None:
    return count / of if of else None


def bookings(facts: Facts) -> list[Figure]:
    """All of them."""
    return [by_state(facts), missed_sessions(facts), by_source(facts), ahead(facts)]
