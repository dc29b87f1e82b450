"""The sessions on offer with what belongs to them, read in one query however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import FilteredRelation, Q, QuerySet

from bookings.models import SessionType
from studio.premises.models import Equipment, Location
from therapists.models import Qualification


class With(StrEnum):
    """What can be read along with a session type."""

    QUALIFICATIONS = "qualifications"
    EQUIPMENT = "equipment"
    PLACES = "places"


@dataclass(slots=True)
class Offer:
    """A session type with what it requires and the open places of it, by slug."""

    session_type: SessionType
    qualifications: list[Qualification] = field(default_factory=list)
    equipment: list[Equipment] = field(default_factory=list)
    places: list[Location] = field(default_factory=list)


def offers(session_types: QuerySet[SessionType], *parts: With) -> list[Offer]:
    """The session types in their order, with the parts that are asked for.

    All tables are joined: each session type comes with every combination of its parts. These are
    few, and one query is what a page has left for them.
    """
    joined = session_types.annotate(**{part: _relation(part) for part in parts})
    rows = joined.select_related(*parts) if parts else joined
    found: dict[int, Offer] = {}
    seen: dict[tuple[int, With], set[int]] = {}
    for row in rows:
        offer = found.setdefault(row.pk, Offer(row))
        for part in parts:
            one = getattr(row, part, None)
            known = seen.setdefault((row.pk, part), set())
            if one is not None and one.pk not in known:
                known.add(one.pk)
                getattr(offer, part).append(one)
    for offer in found.values():
        for part in parts:
            getattr(offer, part).sort(key=_slug)
    return list(found.values())


def styles_of(session_types: Iterable[SessionType]) -> list[str]:
    """The styles there are, each once, in the order of the list."""
    return list(dict.fromkeys(each.style for each in session_types if each.style))


def _relation(part: With) -> FilteredRelation:
    match part:
        case With.QUALIFICATIONS:
            return FilteredRelation("requires_qualifications")
        case With.EQUIPMENT:
            return FilteredRelation("requires_equipment")
        case With.PLACES:
            return FilteredRelation("locations", condition=Q(locations__active=True))


def _slug(row: Equipment | Location | Qualification) -> str:
    return row.slug
