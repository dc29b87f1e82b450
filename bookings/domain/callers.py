"""Who asks for a change, and through which door."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User

from bookings.enums import Source


@dataclass(frozen=True, slots=True)
class Caller:
    """A client or a member of staff at a door.

    `browser_key` and `address_key` are keyed hashes of a browser session and of a network
    address; empty where there is none. They limit holds (rule B3) and tell nothing else. Whoever
    is `is_quiet` tells the client of the change themselves; no mail does.
    """

    source: Source
    user: User | None = None
    is_staff: bool = False
    browser_key: str = ""
    address_key: str = ""
    is_quiet: bool = False


def at_desk(user: AbstractBaseUser | AnonymousUser, *, is_quiet: bool = False) -> Caller:
    """A member of staff at the admin, which lets nobody else in."""
    assert isinstance(user, User)
    return Caller(source=Source.DESK, user=user, is_staff=True, is_quiet=is_quiet)


CLOCK = Caller(source=Source.CLOCK)
"""Nobody: a time limit has passed."""

WAITLIST = Caller(source=Source.WAITLIST)
"""Nobody: a place has opened, and somebody waits for it."""
