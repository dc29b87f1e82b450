"""What each of those does who race, and says of its outcome."""

import io
from collections import defaultdict
from itertools import pairwise
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models import Count

from bookings.domain.attention.resolving import hand_over
from bookings.domain.booking import book
from bookings.domain.clients.merging import merge
from bookings.domain.moving import move
from bookings.domain.pairs.booking import book_pair
from bookings.domain.pairs.changes import move_pair
from bookings.domain.requests import Change, Details, PairWish, Person, Seen, Wish
from bookings.domain.series.booking import book_series
from bookings.domain.series.following import move_following
from bookings.domain.waitlist.matching import match
from bookings.models import Booking, Client, Series, SessionType, WaitlistOffer
from bookings.models.booking import ROOM_BOOKED_ONCE, THERAPIST_BOOKED_ONCE
from studio.premises.models import Location, Room
from tests.bookings.domain.asking import ADA, CLIENT, NOW, RECEPTION
from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
from tests.bookings.domain.waitlist.waiting import waits
from tests.factories import Bookable, make_bookable, make_time_off
from therapists.models import Therapist


def book_at(location: str, session_type: str, start: int) -> str:
    """Book with anyone; "booked" or the name of the refusal."""
    wish = Wish(
        Location.objects.get(slug=location), SessionType.objects.get(slug=session_type), start
    )
    book(wish, Details(ADA), caller=CLIENT, now=NOW)
    return "booked"


def book_series_at(location: str, session_type: str, *starts: int) -> str:
    """Book all of a series with anyone; "series" or the name of the refusal."""
    wish = Wish(
        Location.objects.get(slug=location), SessionType.objects.get(slug=session_type), starts[0]
    )
    book_series(wish, starts, Details(ADA), all_or_nothing=True, caller=CLIENT, now=NOW)
    return "series"


def make_room_for_two() -> str:
    """Another therapist and another room, where there was one of each; "ready"."""
    own = Therapist.objects.get()
    studio = Bookable(Location.objects.get(), Room.objects.get(), own, SessionType.objects.get())
    add_therapist(studio, "zoe")
    add_room(studio, "other")
    return "ready"


def _for_two(start: int) -> Any:
    """Two of the only session at the only location, with anyone."""
    wish = Wish(Location.objects.get(), SessionType.objects.get(), start)
    return PairWish(wish, wish)


def book_pair_at(start: int) -> str:
    """Book for two with anyone; "both" or the name of the refusal."""
    book_pair(_for_two(start), Details(ADA), Details(Person("Bo")), caller=CLIENT, now=NOW)
    return "both"


def move_pair_to(start: int) -> str:
    """Move the only pair; "moved" or the name of the refusal."""
    move_pair(Booking.objects.get(pair_position=1), start, caller=CLIENT, now=NOW)
    return "moved"


def pairs_at() -> str:
    """How many live bookings each pair has, and at how many starts."""
    starts = defaultdict(list)
    for pair, start in (
        Booking.objects.live().filter(pair__isnull=False).values_list("pair", "starts_at")
    ):
        starts[pair].append(start)
    return " ".join(f"{len(each)}/{len(set(each))}" for _pair, each in sorted(starts.items()))


def move_series_to(start: int) -> str:
    """Move all of the only series, its first to a start; "moved" or the name of the refusal."""
    first = Booking.objects.get(series_position=1)
    move_following(first, start, caller=CLIENT, now=NOW)
    return "moved"


def days_between_series() -> str:
    """How many days lie between the sessions of the only series."""
    days = Booking.objects.filter(series__isnull=False).order_by("date").values_list("date")
    return " ".join(str((late - early).days) for (early,), (late,) in pairwise(days))


def sizes_of_series() -> str:
    """How many bookings each series has."""
    sizes = Series.objects.annotate(size=Count("bookings")).order_by("pk")
    return " ".join(str(size) for size in sizes.values_list("size", flat=True))


def move_to(reference: str, start: int) -> str:
    """Move a booking; "moved" or the name of the refusal."""
    move(Booking.objects.get(reference=reference), Change(starts_at=start), caller=CLIENT, now=NOW)
    return "moved"


def book_for(client: int, location: str, session_type: str, start: int) -> str:
    """Book for a client by telephone; "booked" or the name of the refusal."""
    wish = Wish(
        Location.objects.get(slug=location), SessionType.objects.get(slug=session_type), start
    )
    details = Details(Client.objects.get(pk=client))
    book(wish, details, caller=RECEPTION, now=NOW)
    return "booked"


def merge_into(kept: int, other: int) -> str:
    """Merge a client into another; "merged" or the name of the refusal."""
    one, gone = (Client.objects.get(pk=pk) for pk in (kept, other))
    merge(one, gone, caller=RECEPTION, now=NOW)
    return "merged"


def take_ill() -> str:
    """The only therapist is away all year; Amy and Zoe could take her clients."""
    ill = Therapist.objects.get()
    studio = Bookable(Location.objects.get(), Room.objects.get(), ill, SessionType.objects.get())
    add_therapist(studio, "amy")
    add_therapist(studio, "zoe")
    make_time_off(
        therapist=ill,
        location=studio.location,
        wall_from="2026-01-01 00:00",
        wall_until="2027-01-01 00:00",
    )
    return ill.slug


def give_to(reference: str, start: int, therapist: str, seen_with: str) -> str:
    """Give a booking to a therapist; "given" or the name of the refusal."""
    seen = Seen(start, Therapist.objects.get(slug=seen_with))
    taker = Therapist.objects.get(slug=therapist)
    booking = Booking.objects.get(reference=reference)
    hand_over(booking, taker, seen=seen, caller=RECEPTION, now=NOW)
    return "given"


def wait_for(count: int) -> str:
    """Let so many people wait for anything on Monday; "waiting"."""
    studio = Bookable(
        Location.objects.get(),
        Room.objects.get(),
        Therapist.objects.get(),
        SessionType.objects.get(),
    )
    for number in range(count):
        waits(studio, f"Waits{number}")
    return "waiting"


def offer_what_is_open() -> str:
    """Do the worker's chore; how many offers it has made."""
    return str(match(now=NOW))


def offers() -> str:
    """How many offers stand, for how many people, at how many starts; and who came first."""
    rows = WaitlistOffer.objects.filter(answer="").order_by("entry")
    names = [row.entry.client.name for row in rows.select_related("entry__client")]
    starts = {row.starts_at for row in rows}
    return f"{len(rows)} {len({row.entry_id for row in rows})} {len(starts)} {names[0]}"


def write_studio(*booked: int) -> str:
    """Write the rows of a small studio with bookings at some minutes.

    Says the slugs of its location and session type, and the bookings' references.
    """
    studio = make_bookable()
    names = studio.location.slug, studio.session_type.slug
    for start in booked:
        book_at(*names, start)
    return " ".join((*names, *Booking.objects.order_by("pk").values_list("reference", flat=True)))


def look_over() -> str:
    """Whether `checkschedule` finds nothing wrong: "sound", or the name of its complaint."""
    call_command("checkschedule", stdout=io.StringIO())
    return "sound"


def drop_constraints() -> str:
    """Take the database's own guard away."""
    with connection.schema_editor() as editor:
        for constraint in (THERAPIST_BOOKED_ONCE, ROOM_BOOKED_ONCE):
            if connection.vendor == "postgresql":
                editor.remove_constraint(Booking, constraint)
            else:
                for event in ("insert", "update"):
                    editor.execute(f"DROP TRIGGER {constraint.name}_{event}")
    return "dropped"
