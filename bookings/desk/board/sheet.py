"""What all that is drawn on a board has in common."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User

from bookings.domain.day import By
from bookings.models import Booking
from bookings.scheduling.hours import WallClock
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location


@dataclass(frozen=True, slots=True)
class May:
    """What whoever looks may do from here."""

    book: bool
    move: bool
    give_time_off: bool
    close: bool
    block: bool

    @classmethod
    def of(cls, user: AbstractBaseUser | AnonymousUser) -> "May":
        """The permissions that the board asks about."""
        has = user.has_perm if isinstance(user, User) else lambda name: False
        return cls(
            book=has("bookings.add_booking"),
            move=has("bookings.change_booking"),
            give_time_off=has("therapists.add_timeoff"),
            close=has("premises.add_closure"),
            block=has("premises.add_roomblock"),
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """Whose day it is, seen by whom and when; `back` is the address of the page itself."""

    location: Location
    clock: WallClock
    by: By
    may: May
    now: Minute
    back: str
    is_week: bool = False
    partners: Mapping[int, Booking] = field(default_factory=dict)
    """Of bookings that were made for two, by id, the other one; as far as it may be seen."""
