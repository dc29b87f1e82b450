"""What each of two comes for, with whom, and when. Choosing a time holds it for both."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from bookings.domain.bookable.question import Question
from bookings.domain.pairs.booking import hold_pair
from bookings.domain.pairs.places import asked_for
from bookings.domain.requests import Details, PairWish, Wish
from bookings.models import Booking, SessionType
from bookings.pages.choosing import Times
from bookings.pages.held import caller_of, standing_hold, time_left
from bookings.pages.looking import menu_at, session_and_askable
from bookings.pages.month import month_of
from bookings.pages.pairs.forms import PairQuery
from bookings.pages.queries import asked_therapist, dates_query
from bookings.scheduling.timeline import Minute
from studio.clock import this_second
from therapists.models import Therapist

CHOICES = ("second", "therapist", "second_therapist", "side_by_side")
"""What is anything for as long as the address says nothing of it."""


class PairTimes(Times):
    """The calendar for two. What the second comes for is asked by the address, like all else."""

    next_step = "bookings:together-details"
    template_name = "bookings/pair_times.html"

    def hold(self, request: HttpRequest, *, starts_at: Minute, therapist: str) -> Booking:
        """Hold it for both, with whom the address asks for; the booking is who books's own."""
        second, _therapists = self.second
        wish = PairWish(
            Wish(self.location, self.session_type, starts_at, self.asked[0]),
            Wish(self.location, second, starts_at, self.asked[1]),
            self.query["side_by_side"],
        )
        caller = caller_of(request, start=True)
        first, _second = hold_pair(wish, Details(), Details(), caller=caller, now=self.now)
        return first

    @cached_property
    def query(self) -> dict[str, Any]:
        """What the address asks to see."""
        return dates_query(self.request, PairQuery)

    @cached_property
    def second(self) -> tuple[SessionType, list[Therapist]]:
        """What the second comes for, and who can be asked for; without a word about it the same."""
        slug = self.query["second"] or self.session_type.slug
        if slug == self.session_type.slug:
            return self.session_type, self.therapists
        return session_and_askable(self.request, self.location, slug, self.dates)

    @cached_property
    def asked(self) -> tuple[Therapist | None, Therapist | None]:
        """Who is asked for by each, None for anyone; 404 for a wrong one.

        One therapist cannot take both: then the second has anyone else.
        """
        _session_type, therapists = self.second
        first = asked_therapist(self.therapists, self.query["therapist"])
        other = asked_therapist(therapists, self.query["second_therapist"])
        return first, None if other == first else other

    @property
    def therapist(self) -> None:
        """Of two, nobody alone."""

    def found(self) -> dict[str, Any]:
        """What the calendar shows; the browser's own hold counts as free in it."""
        second, second_therapists = self.second
        held = standing_hold(self.request, now=self.now)
        first, last = self.dates
        therapist, second_therapist = self.asked
        question = asked_for(
            Question(
                location=self.location,
                session_type=self.session_type,
                first=first,
                last=last,
                now=self.now,
                therapist=therapist.slug if therapist else None,
                freed=held,
            ),
            second,
            second_therapist.slug if second_therapist else None,
            side_by_side=self.query["side_by_side"],
        )
        menu = menu_at(self.request, self.location, self.dates)
        return {
            "location": self.location,
            "session_type": self.session_type,
            "session_types": [each for each, _therapists in menu],
            "therapists": self.therapists,
            "first_therapist": therapist,
            "second": second,
            "second_therapists": second_therapists,
            "second_therapist": second_therapist,
            "is_special": any(self.query[name] for name in CHOICES),
            "side_by_side": self.query["side_by_side"],
            "price": self.session_type.price + second.price,
            "month": month_of(question, day=self.query["day"], month=self.query["month"]),
            "current": held,
            "left": time_left(held, now_seconds=this_second()),
        }
