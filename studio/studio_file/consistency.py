"""What no table can tell by itself: names that lead nowhere, and names given twice.

Judged on the document as it was read, not on the typed file: these mistakes are listed beside
those that keep the typed file from being made.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from studio.studio_file.mistakes import NOTHING, Document, Mistake, Place, mistake_at, spell
from studio.studio_file.schema.values import SLUG

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownSlugs:
    """What the database has already, so that a file may name it without repeating it."""

    equipment: frozenset[str] = frozenset()
    qualifications: frozenset[str] = frozenset()
    locations: frozenset[str] = frozenset()
    rooms: frozenset[str] = frozenset()
    session_types: frozenset[str] = frozenset()
    therapists: frozenset[str] = frozenset()


_DEFINED_IN: dict[str, tuple[Path, str]] = {
    "equipment": (("equipment",), "a piece of equipment"),
    "qualifications": (("qualifications",), "a qualification"),
    "locations": (("locations",), "a location"),
    "rooms": (("locations", "rooms"), "a room"),
    "session_types": (("session_types",), "a session type"),
    "therapists": (("therapists",), "a therapist"),
}

_QUESTION_KEY: tuple[Path, str] = (("questionnaire", "questions"), "key")

# Which key, or each item of which key, names what.
_REFERENCES: tuple[tuple[Path, str, str], ...] = (
    (("locations", "rooms"), "equipment", "equipment"),
    (("locations", "rooms"), "beside", "rooms"),
    (("session_types",), "locations", "locations"),
    (("session_types",), "requires_equipment", "equipment"),
    (("session_types",), "requires_qualifications", "qualifications"),
    (("therapists",), "session_types", "session_types"),
    (("therapists", "certifications"), "qualification", "qualifications"),
    (("therapists", "shifts"), "location", "locations"),
    (("therapists", "extra_shifts"), "location", "locations"),
    (("therapists", "time_off"), "location", "locations"),
    (("bookings",), "location", "locations"),
    (("bookings",), "session_type", "session_types"),
    (("bookings",), "therapist", "therapists"),
    (("bookings",), "room", "rooms"),
)


def inconsistencies(document: Document, known: KnownSlugs) -> list[Mistake]:
    """Every mistake of this module's kind, given what the database has already."""
    return [
        *repeated_names(document),
        *unknown_references(document, known),
        *time_off_without_a_clock(document, known),
    ]


def repeated_names(document: Document) -> list[Mistake]:
    """Every slug, question key and certification that stands in the file once more."""
    mistakes = []
    for path, key in [*((path, "slug") for path, _ in _DEFINED_IN.values()), _QUESTION_KEY]:
        seen = set()
        for place, name in _names(document, path, key):
            if name in seen:
                words = f"a {key} that nothing else under {'.'.join(path)} has"
                mistakes.append(mistake_at(document, place, f"{spell(name)} once more", words))
            seen.add(name)
    return mistakes + _repeated_certifications(document)


def _repeated_certifications(document: Document) -> list[Mistake]:
    mistakes = []
    for place, therapist in _tables(document, ("therapists",)):
        seen = set()
        for inner, proof in _tables(therapist, ("certifications",)):
            # Loading matches a certification by these two, so a second one would overwrite it.
            identity = (spell(proof.get("qualification")), spell(proof.get("number")))
            if identity in seen:
                words = f"another number than the one before for {identity[0]}"
                at = (*place, *inner, "number")
                mistakes.append(mistake_at(document, at, f"{identity[1]} once more", words))
            seen.add(identity)
    return mistakes


def unknown_references(document: Document, known: KnownSlugs) -> list[Mistake]:
    """Every slug that neither the file nor the database has."""
    defined = {target: _slugs(document, known, target) for target in _DEFINED_IN}
    return [
        mistake_at(
            document,
            place,
            spell(name),
            f"the slug of {_DEFINED_IN[target][1]} in this file or loaded before",
        )
        for path, key, target in _REFERENCES
        for place, name in _names(document, path, key)
        # What cannot be a slug is a mistake that the schema tells.
        if name not in defined[target] and SLUG.fullmatch(name)
    ]


def time_off_without_a_clock(document: Document, known: KnownSlugs) -> list[Mistake]:
    """Every time off without a location whose therapist has not exactly one of them."""
    mistakes = []
    for place, therapist in _tables(document, ("therapists",)):
        at = work_places(therapist) or _slugs(document, known, "locations")
        for inner, time_off in _tables(therapist, ("time_off",)):
            if "location" not in time_off and len(at) != 1:
                words = (
                    f"the location whose wall clock is meant: {', '.join(map(spell, sorted(at)))}"
                )
                mistakes.append(mistake_at(document, (*place, *inner, "location"), NOTHING, words))
    return mistakes


def work_places(therapist: Document) -> frozenset[str]:
    """The locations of a therapist's shifts and extra shifts."""
    return frozenset(
        name
        for shifts in ("shifts", "extra_shifts")
        for _, name in _names(therapist, (shifts,), "location")
    )


def _slugs(document: Document, known: KnownSlugs, target: str) -> frozenset[str]:
    here = (name for _, name in _names(document, _DEFINED_IN[target][0], "slug"))
    loaded: frozenset[str] = getattr(known, target)
    return loaded.union(here)


def _names(document: Document, path: Path, key: str) -> Iterator[tuple[Place, str]]:
    """The texts under a key, or in its list, of each table at the path."""
    for place, table in _tables(document, path):
        value = table.get(key)
        if isinstance(value, str):
            yield (*place, key), value
        elif isinstance(value, list):
            for position, item in enumerate(value):
                if isinstance(item, str):
                    yield (*place, key, position), item


def _tables(document: Document, path: Path) -> Iterator[tuple[Place, Document]]:
    """The tables at a path; what is no table there is a mistake that the schema tells."""
    if not path:
        yield (), document
        return
    key, *rest = path
    value = document.get(key)
    items: list[tuple[Place, object]] = (
        [((key, position), item) for position, item in enumerate(value)]
        if isinstance(value, list)
        else [((key,), value)]
    )
    for place, item in items:
        if isinstance(item, dict):
            for inner, table in _tables(item, tuple(rest)):
                yield (*place, *inner), table
