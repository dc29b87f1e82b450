"""Clients who share a number, an address or a name, throughout the studio."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from bookings.domain.clients.merging import Likeness
from bookings.models import Client

COLUMNS = {
    Likeness.PHONE: "phone_digits",
    Likeness.EMAIL: "folded_email",
    Likeness.NAME: "folded_name",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Clients with one thing in common, each with `booked`: how many bookings they have."""

    clients: list[Client]


def shared(likeness: Likeness) -> QuerySet[Client, str]:
    """What more than one client has, most first; empty is nothing in common."""
    column = COLUMNS[likeness]
    values: QuerySet[Client, str] = (
        Client.objects.present()
        .exclude(**{column: ""})
        .order_by()
        .values(column)
        .annotate(count=Count("pk"))
        .filter(count__gt=1)
        .order_by("-count", column)
        .values_list(column, flat=True)
    )
    return values


def groups(likeness: Likeness, values: Sequence[str]) -> list[Group]:
    """Who has each of these values in common, whoever has most bookings first."""
    column = COLUMNS[likeness]
    found: defaultdict[str, list[Client]] = defaultdict(list)
    clients = Client.objects.present().filter(**{f"{column}__in": values})
    for client in clients.annotate(booked=Count("bookings")).order_by("-booked", "pk"):
        found[getattr(client, column)].append(client)
    return [Group(found[value]) for value in values if len(found[value]) > 1]
