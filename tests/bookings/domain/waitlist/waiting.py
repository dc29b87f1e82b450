"""Who waits for what in tests of the waitlist: all of Monday, unless a test says otherwise."""

from datetime import date

from bookings.domain.callers import Caller
from bookings.domain.requests import Person
from bookings.domain.waitlist.entries import Longing, join
from bookings.enums import DayPart
from bookings.models import Client, WaitlistEntry
from tests.bookings.domain.asking import CLIENT, NOW
from tests.factories import MONDAY, Bookable
from therapists.models import Therapist

FOR_GOOD = 4
"""So many minutes after a place was given back nobody can take that back (rule B6)."""


def waits(
    what: Bookable,
    name: str = "Wanda Waits",
    *,
    first: date = MONDAY,
    last: date | None = None,
    therapist: Therapist | None = None,
    parts: tuple[DayPart, ...] = (),
    client: Person | Client | None = None,
    caller: Caller = CLIENT,
    now: int = NOW,
) -> WaitlistEntry:
    """Somebody who has joined the waitlist."""
    longing = Longing(
        what.location, what.session_type, first, last or max(first, MONDAY), therapist, parts
    )
    person = client or Person(name, email=f"{name.split()[0].lower()}@example.org")
    return join(longing, person, caller=caller, now=now)


def held_for(entry: WaitlistEntry) -> list[tuple[str, str]]:
    """What an entry was offered, oldest first: wall-clock starts and answers."""
    return [
        (f"{offer.starts_at.astimezone(entry.location.zone):%Y-%m-%d %H:%M}", offer.answer)
        for offer in entry.offers.all()
    ]
