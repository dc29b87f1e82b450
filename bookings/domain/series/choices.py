"""What is chosen for the dates of a series that cannot be booked: another time, or none."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise

from bookings.domain.callers import Caller
from bookings.domain.requests import NO_OVERRIDE, Override, Person, Wish
from bookings.domain.series.preview import Occurrence, preview
from bookings.models import Booking, Client
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Minute
from therapists.models import Therapist

OUT = "out"
"""What is sent to leave a date out."""


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """A date; `therapist` is a name, `chosen` what was ticked, of one that cannot be booked.

    `words` may be read by whoever asked; `rule` is for staff alone.
    """

    start: Minute
    therapist: str = ""
    words: str | Promise = ""
    rule: Rule | None = None
    overridable: bool = False
    instead: Minute | None = None
    chosen: str = ""
    is_open: bool = False
    """Whether it still has to be said what becomes of it."""

    @property
    def is_bookable(self) -> bool:
        """Whether it can be booked."""
        return bool(self.therapist)

    @property
    def field(self) -> str:
        """The name under which doors send what is chosen."""
        return f"instead-{self.start}"

    @property
    def wanted(self) -> Minute | None:
        """What of it is to be booked, as far as that is said."""
        if self.is_bookable:
            return self.start
        return self.instead if self.chosen == str(self.instead) else None


def planned(
    wish: Wish,
    starts: Collection[Minute],
    *,
    client: Person | Client | None,
    caller: Caller,
    now: Minute,
    override: Override = NO_OVERRIDE,
    freed: Booking | None = None,
) -> list[PlannedDate]:
    """Each start with who would take it, or why nobody can; what is `freed` counts as free."""
    found = preview(
        wish, starts, client=client, caller=caller, now=now, override=override, freed=freed
    )
    slugs = {each.therapist for each in found if each.therapist}
    names = dict(Therapist.objects.filter(slug__in=slugs).values_list("slug", "name"))
    return [_planned(each, names) for each in found]


def _planned(each: Occurrence, names: Mapping[str, str]) -> PlannedDate:
    instead = each.instead.starts_at if each.instead else None
    name = names.get(each.therapist or "", "")
    return PlannedDate(each.start, name, each.words, each.rule, each.overridable, instead)


def answered(
    dates: Iterable[PlannedDate], said: Mapping[str, str], *, leaves_out: bool
) -> list[PlannedDate]:
    """The dates with what was chosen; with `leaves_out` all that cannot be booked are left out.

    An alternative that is not the nearest any more has to be chosen again.
    """
    return [each if each.is_bookable else _answered(each, said, leaves_out) for each in dates]


def _answered(each: PlannedDate, said: Mapping[str, str], leaves_out: bool) -> PlannedDate:
    possible = {OUT} if each.instead is None else {OUT, str(each.instead)}
    chosen = OUT if leaves_out else said.get(each.field, "")
    is_open = chosen not in possible
    return replace(each, chosen="" if is_open else chosen, is_open=is_open)


def wanted_of(dates: Iterable[PlannedDate]) -> set[Minute]:
    """The starts that are to be booked."""
    return {each.wanted for each in dates if each.wanted is not None}
