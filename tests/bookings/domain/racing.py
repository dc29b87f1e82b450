"""Processes that try to write at the same moment, on a database that they share.

Each of them judges its request, waits until all have judged (or a second has passed, as it must
when a lock lets only one judge at a time), and then writes.
"""

import contextlib
import importlib
import io
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any, Protocol, TypeVar

WAIT_SECONDS = 1.0
JOIN_SECONDS = 60

# What racers need, read once for all of them.
BEFOREHAND = (
    "bookings.domain.attention.resolving",
    "bookings.domain.booking",
    "bookings.domain.checks",
    "bookings.domain.series.following",
    "bookings.domain.clients.merging",
    "bookings.domain.moving",
    "bookings.domain.pairs.booking",
    "bookings.domain.pairs.changes",
    "bookings.domain.series.booking",
    "bookings.domain.waitlist.matching",
    "tests.bookings.domain.asking",
    "tests.factories",
)

T = TypeVar("T")


@dataclass(frozen=True)
class Attempt:
    """One process's request: what it does with the slug of a location and minutes."""

    work: str
    arguments: tuple[Any, ...] = ()


class Race(Protocol):
    def __call__(self, *attempts: Attempt, guarded: bool = True) -> list[str]:
        """Run each attempt in a process of its own; what each says of its outcome, sorted."""


@contextlib.contextmanager
def racecourse(database_url: str, data_dir: str) -> Iterator[Race]:
    """Where to race on a database.

    One process sets Django up, never asks the database anything, and forks into the racers: each
    of them opens a connection of its own.
    """
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.live_settings",
        "DATABASE_URL": database_url,
        "DATA_DIR": data_dir,
    }
    starter = spawn.Process(target=_start, args=(environment, there))

    def race(*attempts: Attempt, guarded: bool = True) -> list[str]:
        here.send((attempts, guarded))
        assert here.poll(2 * JOIN_SECONDS)
        said: list[str] = here.recv()
        return said

    starter.start()
    there.close()
    try:
        yield race
    finally:
        here.close()
        starter.join(JOIN_SECONDS)


def _start(environment: dict[str, str], asked: Connection) -> None:
    os.environ.update(environment)
    import django

    django.setup()
    for module in BEFOREHAND:
        importlib.import_module(module)
    # Until the other end is closed.
    with contextlib.suppress(EOFError):
        while True:
            attempts, guarded = asked.recv()
            asked.send(_outcomes(attempts, guarded=guarded))


def _outcomes(attempts: tuple[Attempt, ...], *, guarded: bool) -> list[str]:
    fork = multiprocessing.get_context("fork")
    barrier = fork.Barrier(len(attempts))
    outcomes = fork.SimpleQueue()
    racers = [
        fork.Process(target=_run, args=(attempt, barrier, outcomes, guarded))
        for attempt in attempts
    ]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(JOIN_SECONDS)
        assert racer.exitcode == 0
    return sorted(outcomes.get() for _ in racers)


def _run(attempt: Attempt, barrier: Barrier, outcomes: Any, guarded: bool) -> None:
    # Without guards nobody keeps the others from judging, however slow the machine is.
    _meet_after_judging(barrier, WAIT_SECONDS if guarded else JOIN_SECONDS)
    if not guarded:
        _drop_the_guards()
    try:
        outcomes.put(globals()[attempt.work](*attempt.arguments))
    except Exception as error:
        outcomes.put(type(error).__name__)


def _meet_after_judging(barrier: Barrier, wait_seconds: float) -> None:
    from bookings.domain import placing
    from bookings.domain.bookable import availability
    from bookings.domain.pairs import places
    from bookings.domain.pairs import placing as pair_placing

    def waiting(gather: Callable[[Any], T]) -> Callable[[Any], T]:
        def gather_and_wait(question: Any) -> T:
            situation = gather(question)
            # A barrier that breaks: the others are kept waiting by a lock, as they should be.
            with contextlib.suppress(threading.BrokenBarrierError):
                barrier.wait(wait_seconds)
            return situation

        return gather_and_wait

    # What `place` and `place_both` call.
    placing.gather = waiting(availability.gather)  # type: ignore[assignment,attr-defined]
    pair_placing.gather_pairs = waiting(places.gather_pairs)  # type: ignore[assignment,attr-defined]


def _drop_the_guards() -> None:
    """No lock and no transaction around judging and writing."""
    from bookings.domain import holds, placing

    def without_transaction(work: Callable[[], T]) -> T:
        return work()

    placing.carry_out = without_transaction  # type: ignore[attr-defined]  # what writers call
    placing.lock_locations = lambda location_ids: None  # type: ignore[attr-defined]  # as above
    holds.lock_names = lambda names: None  # type: ignore[attr-defined]  # as above


def book_at(location: str, session_type: str, start: int) -> str:
    """Book with anyone; "booked" or the name of the refusal."""
    from bookings.domain.booking import book
    from bookings.domain.requests import Details, Wish
    from bookings.models import SessionType
    from studio.premises.models import Location
    from tests.bookings.domain.asking import ADA, CLIENT, NOW

    wish = Wish(
        Location.objects.get(slug=location), SessionType.objects.get(slug=session_type), start
    )
    book(wish, Details(ADA), caller=CLIENT, now=NOW)
    return "booked"


def book_series_at(location: str, session_type: str, *starts: int) -> str:
    """Book all of a series with anyone; "series" or the name of the refusal."""
    from bookings.domain.requests import Details, Wish
    from bookings.domain.series.booking import book_series
    from bookings.models import SessionType
    from studio.premises.models import Location
    from tests.bookings.domain.asking import ADA, CLIENT, NOW

    wish = Wish(
        Location.objects.get(slug=location), SessionType.objects.get(slug=session_type), starts[0]
    )
    book_series(wish, starts, Details(ADA), all_or_nothing=True, caller=CLIENT, now=NOW)
    return "series"


def make_room_for_two() -> str:
    """Another therapist and another room, where there was one of each; "ready"."""
    from bookings.models import SessionType
    from studio.premises.models import Location, Room
    from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
    from tests.factories import Bookable
    from therapists.models import Therapist

    own = Therapist.objects.get()
    studio = Bookable(Location.objects.get(), Room.objects.get(), own, SessionType.objects.get())
    add_therapist(studio, "zoe")
    add_room(studio, "other")
    return "ready"


def _for_two(start: int) -> Any:
    """Two of the only session at the only location, with anyone."""
    from bookings.domain.requests import PairWish, Wish
    from bookings.models import SessionType
    from studio.premises.models import Location

    wish = Wish(Location.objects.get(), SessionType.objects.get(), start)
    return PairWish(wish, wish)


def book_pair_at(start: int) -> str:
    """Book for two with anyone; "both" or the name of the refusal."""
    from bookings.domain.pairs.booking import book_pair
    from bookings.domain.requests import Details, Person
    from tests.bookings.domain.asking import ADA, CLIENT, NOW

    book_pair(_for_two(start), Details(ADA), Details(Person("Bo")), caller=CLIENT, now=NOW)
    return "both"


def move_pair_to(start: int) -> str:
    """Move the only pair; "moved" or the name of the refusal."""
    from bookings.domain.pairs.changes import move_pair
    from bookings.models import Booking
    from tests.bookings.domain.asking import CLIENT, NOW

    move_pair(Booking.objects.get(pair_position=1), start, caller=CLIENT, now=NOW)
    return "moved"


def pairs_at() -> str:
    """How many live bookings each pair has, and at how many starts."""
    from collections import defaultdict

    from bookings.models import Booking

    starts = defaultdict(list)
    for pair, start in (
        Booking.objects.live().filter(pair__isnull=False).values_list("pair", "starts_at")
    ):
        starts[pair].append(start)
    return " ".join(f"{len(each)}/{len(set(each))}" for _pair, each in sorted(starts.items()))


def move_series_to(start: int) -> str:
    """Move all of the only series, its first to a start; "moved" or the name of the refusal."""
    from bookings.domain.series.following import move_following
    from bookings.models import Booking
    from tests.bookings.domain.asking import CLIENT, NOW

    first = Booking.objects.get(series_position=1)
    move_following(first, start, caller=CLIENT, now=NOW)
    return "moved"


def days_between_series() -> str:
    """How many days lie between the sessions of the only series."""
    from bookings.models import Booking

    days = Booking.objects.filter(series__isnull=False).order_by("date").values_list("date")
    return " ".join(str((late - early).days) for (early,), (late,) in pairwise(days))


def sizes_of_series() -> str:
    """How many bookings each series has."""
    from django.db.models import Count

    from bookings.models import Series

    sizes = Series.objects.annotate(size=Count("bookings")).order_by("pk")
    return " ".join(str(size) for size in sizes.values_list("size", flat=True))


def move_to(reference: str, start: int) -> str:
    """Move a booking; "moved" or the name of the refusal."""
    from bookings.domain.moving import move
    from bookings.domain.requests import Change
    from bookings.models import Booking
    from tests.bookings.domain.asking import CLIENT, NOW

    move(Booking.objects.get(reference=reference), Change(starts_at=start), caller=CLIENT, now=NOW)
    return "moved"


def book_for(client: int, location: str, session_type: str, start: int) -> str:
    """Book for a client by telephone; "booked" or the name of the refusal."""
    from bookings.domain.booking import book
    from bookings.domain.requests import Details, Wish
    from bookings.models import Client, SessionType
    from studio.premises.models import Location
    from tests.bookings.domain.asking import NOW, RECEPTION

    wish = Wish(
        Location.objects.get(slug=location), SessionType.objects.get(slug=session_type), start
    )
    details = Details(Client.objects.get(pk=client))
    book(wish, details, caller=RECEPTION, now=NOW)
    return "booked"


def merge_into(kept: int, other: int) -> str:
    """Merge a client into another; "merged" or the name of the refusal."""
    from bookings.domain.clients.merging import merge
    from bookings.models import Client
    from tests.bookings.domain.asking import NOW, RECEPTION

    one, gone = (Client.objects.get(pk=pk) for pk in (kept, other))
    merge(one, gone, caller=RECEPTION, now=NOW)
    return "merged"


def take_ill() -> str:
    """The only therapist is away all year; Amy and Zoe could take her clients."""
    from bookings.models import SessionType
    from studio.premises.models import Location, Room
    from tests.bookings.domain.bookable.test_assignment import add_therapist
    from tests.factories import Bookable, make_time_off
    from therapists.models import Therapist

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
    from bookings.domain.attention.resolving import hand_over
    from bookings.domain.requests import Seen
    from bookings.models import Booking
    from tests.bookings.domain.asking import NOW, RECEPTION
    from therapists.models import Therapist

    seen = Seen(start, Therapist.objects.get(slug=seen_with))
    taker = Therapist.objects.get(slug=therapist)
    booking = Booking.objects.get(reference=reference)
    hand_over(booking, taker, seen=seen, caller=RECEPTION, now=NOW)
    return "given"


def wait_for(count: int) -> str:
    """Let so many people wait for anything on Monday; "waiting"."""
    from bookings.models import SessionType
    from studio.premises.models import Location, Room
    from tests.bookings.domain.waitlist.waiting import waits
    from tests.factories import Bookable
    from therapists.models import Therapist

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
    from bookings.domain.waitlist.matching import match
    from tests.bookings.domain.asking import NOW

    return str(match(now=NOW))


def offers() -> str:
    """How many offers stand, for how many people, at how many starts; and who came first."""
    from bookings.models import WaitlistOffer

    rows = WaitlistOffer.objects.filter(answer="").order_by("entry")
    names = [row.entry.client.name for row in rows.select_related("entry__client")]
    starts = {row.starts_at for row in rows}
    return f"{len(rows)} {len({row.entry_id for row in rows})} {len(starts)} {names[0]}"


def write_studio(*booked: int) -> str:
    """Write the rows of a small studio with bookings at some minutes.

    Says the slugs of its location and session type, and the bookings' references.
    """
    from bookings.models import Booking
    from tests.factories import make_bookable

    studio = make_bookable()
    names = studio.location.slug, studio.session_type.slug
    for start in booked:
        book_at(*names, start)
    return " ".join((*names, *Booking.objects.order_by("pk").values_list("reference", flat=True)))


def look_over() -> str:
    """Whether `checkschedule` finds nothing wrong: "sound", or the name of its complaint."""
    from django.core.management import call_command

    call_command("checkschedule", stdout=io.StringIO())
    return "sound"


def drop_constraints() -> str:
    """Take the database's own guard away."""
    from django.db import connection

    from bookings.models import Booking
    from bookings.models.booking import ROOM_BOOKED_ONCE, THERAPIST_BOOKED_ONCE

    with connection.schema_editor() as editor:
        for constraint in (THERAPIST_BOOKED_ONCE, ROOM_BOOKED_ONCE):
            if connection.vendor == "postgresql":
                editor.remove_constraint(Booking, constraint)
            else:
                for event in ("insert", "update"):
                    editor.execute(f"DROP TRIGGER {constraint.name}_{event}")
    return "dropped"
