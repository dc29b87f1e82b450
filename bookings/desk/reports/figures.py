"""What a figure of the reports is: a chart, the table behind it, and how it was reckoned."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bookings.desk.reports.charts import Bars, Columns
from bookings.desk.reports.tables import Kind, Table, named, shown
from bookings.domain.reports.income import Received, received_income
from bookings.domain.reports.lead_time import LeadTime, lead_time
from bookings.domain.reports.period import Grain, Period
from bookings.domain.reports.scope import Scope
from bookings.domain.reports.tally import Line, tally
from bookings.domain.reports.utilisation import Utilisation, utilisation

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `meaning` says how its numbers are defined, `gist` what it shows in a line.

    `headline` is its one number and what that is, for the head of the page.
    """

    slug: str
    title: Words
    gist: Words
    meaning: Words
    table: Table
    chart: Bars | Columns
    is_wide: bool = False
    headline: tuple[str, Words] | None = None


class Facts:
    """What the database knows about a scope, each thing asked for once and only when needed."""

    def __init__(self, scope: Scope) -> None:
        """Ask nothing yet."""
        self.scope = scope
        self.parts = scope.parts

    @cached_property
    def utilisation(self) -> Utilisation:
        """Of therapists and rooms."""
        return utilisation(self.scope)

    @cached_property
    def tally(self) -> list[Line]:
        """The bookings, counted."""
        return tally(self.scope)

    @cached_property
    def lead_time(self) -> LeadTime:
        """How long ahead they were made."""
        return lead_time(self.scope)

    @cached_property
    def received(self) -> dict[str, Received]:
        """What was paid, by currency."""
        return received_income(self.scope)

    @cached_property
    def part_names(self) -> list[tuple[str, str]]:
        """A short name for the axis of a chart and a full one, of each part."""
        grain = self.scope.grain
        return [(_axis_name(part, grain), named(part, grain)) for part in self.parts]


def _axis_name(part: Period, grain: Grain) -> str:
    return date_format(part.first, _("M Y") if grain is Grain.MONTH else _("j M"))


def speller(kind: Kind) -> Callable[[float], str]:
    """How the values of a chart are put into words."""
    if kind is Kind.SHARE:
        return lambda value: f"{value * 100:.0f}%"
    if kind is Kind.MONEY:
        return lambda value: shown(round(value), Kind.COUNT)
    return lambda value: shown(value, kind)
