"""Figures about money, each currency for itself."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from bookings.desk.reports.charts import Series, Tone, lying, standing
from bookings.desk.reports.figures import Facts, Figure, speller
from bookings.desk.reports.tables import Column, Kind, Table, shown
from bookings.domain.reports.income import Received
from bookings.domain.reports.tally import booked_income
from bookings.enums import PaymentMethod


def income(facts: Facts) -> list[Figure]:
    """What was booked and what was received, and by which method."""
    booked, received = booked_income(facts.tally, facts.scope), facts.received
    nothing = [Decimal(0)] * len(facts.parts)
    figures = []
    for currency in sorted({*booked, *received}):
        came = received.get(currency) or Received(nothing)
        figures += [
            _through_time(facts, currency, booked.get(currency, nothing), came.by_part),
            _by_method(currency, came),
        ]
    return figures


def _through_time(
    facts: Facts, currency: str, booked: Sequence[Decimal], received: Sequence[Decimal]
) -> Figure:
    totals = sum(booked, Decimal(0)), sum(received, Decimal(0))
    return Figure(
        slug=f"income-{currency.lower()}",
        title=_("Income in %(currency)s") % {"currency": currency},
        gist=_("%(booked)s booked, %(received)s received.")
        % {
            "booked": f"{shown(totals[0], Kind.MONEY)} {currency}",
            "received": f"{shown(totals[1], Kind.MONEY)} {currency}",
        },
        meaning=_(
            "Booked: the prices of confirmed, checked-in, completed and no-show sessions, by the"
            " date of the session. Received: payments by the date they were received on, whenever"
            " their sessions are."
        ),
        table=Table(
            [
                Column(_("When"), Kind.PART),
                Column(_("Booked, %(currency)s") % {"currency": currency}, Kind.MONEY),
                Column(_("Received, %(currency)s") % {"currency": currency}, Kind.MONEY),
            ],
            [
                *(list(row) for row in zip(facts.parts, booked, received, strict=True)),
                [_("Together"), *totals],
            ],
            facts.scope.grain,
            has_total=True,
        ),
        chart=standing(
            facts.part_names,
            [
                Series(_("Booked"), Tone.PLAIN, [float(amount) for amount in booked]),
                Series(_("Received"), Tone.RISING, [float(amount) for amount in received]),
            ],
            speller(Kind.MONEY),
        ),
        is_wide=True,
        headline=(
            f"{shown(round(totals[1]), Kind.COUNT)} {currency}",
            _("received, of %(booked)s booked") % {"booked": shown(round(totals[0]), Kind.COUNT)},
        ),
    )


def _by_method(currency: str, received: Received) -> Figure:
    total = sum(received.by_method.values(), Decimal(0))
    rows = [
        (str(method.label), amount, float(amount / total))
        for method in PaymentMethod
        if (amount := received.by_method.get(method))
    ]
    return Figure(
        slug=f"methods-{currency.lower()}",
        title=_("Received in %(currency)s by method") % {"currency": currency},
        gist=_("How clients pay."),
        meaning=_("Payments by the date they were received on."),
        table=Table(
            [
                Column(_("Method"), Kind.WORDS),
                Column(_("Received, %(currency)s") % {"currency": currency}, Kind.MONEY),
                Column(_("Share"), Kind.SHARE),
            ],
            rows,
        ),
        chart=lying(
            [
                (name, float(amount), f"{shown(amount, Kind.MONEY)} ({shown(share, Kind.SHARE)})")
                for name, amount, share in rows
            ]
        ),
    )
