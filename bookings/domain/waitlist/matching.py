"""Whoever waits longest gets what has opened: a place that is really held for some time.

What was cancelled or moved away from is left alone until nobody can take that back (rule B6).
Whether anything can have opened, the count of changes to each location's schedule tells. An offer
is one transaction, and what a location was like is noted only when all that is open has been
offered: a worker that dies in between leaves offers that stand, and the next one looks again.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db.models import OuterRef, Subquery

from bookings.domain.bookable.freed import freed_lately
from bookings.domain.booking import hold, question_for
from bookings.domain.callers import CLOCK, WAITLIST, Caller
from bookings.domain.clients.identity import (
    check_client_is_free,
    check_may_book_online,
    locked_client,
)
from bookings.domain.expiring import expire_lapsed
from bookings.domain.placing import lock_for
from bookings.domain.requests import Details, Wish
from bookings.domain.telling.news import Planned
from bookings.domain.telling.outbox import queue
from bookings.domain.waitlist.entries import Longing, longing_of, over_several, part_of, slots_for
from bookings.domain.waitlist.history import enter, locked_entry
from bookings.enums import DayPart, NotificationKind, WaitlistState
from bookings.errors import BookingError, SlotUnavailable
from bookings.models import WaitlistEntry, WaitlistLook, WaitlistOffer
from bookings.models.waitlist import OPEN
from bookings.scheduling.hours import dates_between, local_date, to_instant, to_minute
from bookings.scheduling.timeline import Interval, Minute
from studio.premises.locking import carry_out
from studio.premises.models import Location

LEAST_MINUTES = 15
"""Nobody could answer within less."""


def match(*, now: Minute) -> int:
    """Offer what has opened to those who wait for it; how many offers were made.

    As often as anybody likes: where nothing has changed it is two small queries.
    """
    expire_lapsed(now=now)
    changed = _changed(now)
    # Asked for before anybody looks: what is given back later is a change of its own.
    again_at = _next_end_of_undo(now) if changed else None
    return sum(_match_at(seen, again_at, now=now) for seen in changed)


def _next_end_of_undo(now: Minute) -> datetime | None:
    """The first minute in which something is open that can still be taken back now."""
    ends = [each.until for each in freed_lately(now=now)]
    return to_instant(min(ends) + 1) if ends else None


def _changed(now: Minute) -> list[WaitlistLook]:
    """What the locations are like at which something may have opened for somebody."""
    # Of those who wait alone: in time most entries are over.
    waiting = WaitlistEntry.objects.filter(location=OuterRef("pk"), state__in=OPEN)
    newest = waiting.order_by("-joined_at", "-pk").values("pk")[:1]
    rows = (
        Location.objects.annotate(newest=Subquery(newest))
        .filter(newest__isnull=False)
        .select_related("version", "waitlist_look")
        .order_by("pk")
    )
    changed = []
    for location in rows:
        version, last = getattr(location, "version", None), getattr(location, "waitlist_look", None)
        seen = WaitlistLook(
            location=location,
            number=version.number if version else 0,
            date=local_date(location.timezone, now),
            newest=location.newest,
        )
        if last is None or last.is_outdated_by(seen, to_instant(now)):
            changed.append(seen)
    return changed


@dataclass(slots=True)
class Places:
    """What is open for all who wait for one session with one therapist, or with anyone.

    Looked up once for all of them. Offers only take from it, so what is known never lacks a
    place, and one that is refused makes it be looked up anew.
    """

    longing: Longing
    now: Minute
    _starts: dict[tuple[date, DayPart], list[Minute]] = field(default_factory=dict)

    def look(self) -> None:
        """Look up what is open, as long before its start that somebody can still answer."""
        location = self.longing.location
        found: defaultdict[tuple[date, DayPart], list[Minute]] = defaultdict(list)
        for slot in slots_for(self.longing, now=self.now, leaves_undo=True):
            if can_be_answered(slot.starts_at, location, now=self.now):
                day = local_date(location.timezone, slot.starts_at)
                found[day, part_of(location, slot.starts_at)].append(slot.starts_at)
        self._starts = found

    def starts_for(self, entry: WaitlistEntry) -> Iterator[Minute]:
        """Those that suit, ascending; nothing that overlaps what they have let go before.

        A quarter of an hour later in the same gap is no other place: it goes to the next in line.
        """
        length = entry.session_type.duration_minutes
        let_go = [to_minute(offer.starts_at) for offer in entry.offers.all()]
        for day in dates_between(entry.first, entry.last):
            for part in entry.day_parts:
                for start in self._starts.get((day, part), ()):
                    if all(abs(start - gone) >= length for gone in let_go):
                        yield start


def _match_at(seen: WaitlistLook, again_at: datetime | None, *, now: Minute) -> int:
    """Offer what is open at a location; then note what it was like before that."""
    offers, places = 0, {}
    waiting = _in_line(seen, now=now)
    groups: defaultdict[tuple[int, int | None], list[WaitlistEntry]] = defaultdict(list)
    for entry in waiting:
        groups[entry.session_type_id, entry.therapist_id].append(entry)
    for group, entries in groups.items():
        places[group] = Places(over_several(map(longing_of, entries)), now)
        places[group].look()
    for entry in waiting:
        offers += _offer_first(entry, places[entry.session_type_id, entry.therapist_id], now=now)
    WaitlistLook.objects.update_or_create(
        location=seen.location,
        defaults={
            "number": seen.number,
            "date": seen.date,
            "newest": seen.newest,
            "again_at": again_at,
        },
    )
    return offers


def _in_line(seen: WaitlistLook, *, now: Minute) -> list[WaitlistEntry]:
    """Who waits at a location, longest first; those whose dates are over go."""
    rows = (
        WaitlistEntry.objects.filter(location=seen.location, state=WaitlistState.WAITING)
        .select_related("location", "session_type", "therapist")
        .prefetch_related("offers")
    )
    waiting = []
    for entry in rows:
        if entry.last < seen.date:
            _let_pass(entry, now=now)
        else:
            waiting.append(entry)
    return waiting


def _let_pass(entry: WaitlistEntry, *, now: Minute) -> None:
    def work() -> None:
        current = locked_entry(entry.pk)
        if current.state == WaitlistState.WAITING:
            enter(current, WaitlistState.PASSED, by=CLOCK, at=now)

    carry_out(work)


def _offer_first(entry: WaitlistEntry, places: Places, *, now: Minute) -> bool:
    """Offer the first place that they can have; who is blocked is passed over."""
    tried: set[Minute] = set()
    while True:
        start = next((each for each in places.starts_for(entry) if each not in tried), None)
        if start is None:
            return False
        tried.add(start)
        try:
            return offer(entry, start, now=now) is not None
        except SlotUnavailable:
            places.look()
        except BookingError:
            return False


def offer(
    entry: WaitlistEntry, start: Minute, *, now: Minute, by: Caller = WAITLIST
) -> WaitlistOffer | None:
    """Hold a place for who waits, and queue the mail that says so.

    None if they wait no more, or have an offer. Every rule is judged, as for any client (S10 too).
    Raises SlotUnavailable (RuleRefused to staff for S10), and NotOnline for who is blocked from
    booking online.
    """
    wish = Wish(entry.location, entry.session_type, start, entry.therapist)
    until = offer_until(start, entry.location, now=now)

    def work() -> WaitlistOffer | None:
        lock_for(question_for(wish, caller=WAITLIST, now=now))
        current = locked_entry(entry.pk)
        if current.state != WaitlistState.WAITING:
            return None
        client = locked_client(current.client)
        check_may_book_online(client, caller=WAITLIST)
        session = Interval(start, start + entry.session_type.duration_minutes)
        check_client_is_free(client, session, caller=by, now=now)
        booking = hold(wish, Details(client), caller=WAITLIST, now=now, until=until)
        made = WaitlistOffer.objects.create(
            entry=current,
            booking=booking,
            starts_at=booking.starts_at,
            offered_at=to_instant(now),
            expires_at=to_instant(until),
        )
        enter(current, WaitlistState.OFFERED, by=by, at=now)
        queue(
            booking,
            [Planned(NotificationKind.WAITLIST_OFFER, now, booking.sequence)],
            now=now,
        )
        return made

    return carry_out(work)


def can_be_answered(start: Minute, location: Location, *, now: Minute) -> bool:
    """Whether somebody could still answer before it is too late to book it online (S9)."""
    return start >= now + location.min_notice_minutes + LEAST_MINUTES


def offer_until(start: Minute, location: Location, *, now: Minute) -> Minute:
    """Until when an offered place is held.

    As long as the setting says; near the start half of what is left until nobody can book it
    online any more (S9), so that whoever is next in line has a chance.
    """
    left = start - location.min_notice_minutes - now
    return now + max(LEAST_MINUTES, min(settings.WAITLIST_OFFER_MINUTES, left // 2))
