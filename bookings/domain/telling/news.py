"""What has to be told of a booking so that everybody knows how it stands, and when.

Asked is what client and therapist were told last, and what is so now. Nothing here is written;
`bookings.domain.telling.outbox` does that.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings

from bookings.domain.health.screening import open_by_the_session
from bookings.enums import NotificationKind as Kind
from bookings.enums import Status
from bookings.models import Booking, Notification
from bookings.models.booking import SETTLED
from bookings.scheduling.hours import to_minute
from bookings.scheduling.timeline import Minute
from studio.premises.models import DAY_MINUTES
from therapists.models import Therapist

CLIENT_NEWS = (
    Kind.RECEIVED,
    Kind.CONFIRMED,
    Kind.MOVED,
    Kind.CANCELLED,
    Kind.DECLINED,
    Kind.LAPSED,
)
"""How the booking stands, as its client is told."""

CHOSEN = (Kind.REMINDER, Kind.FOLLOW_UP)
"""What a client may do without."""

THERAPIST_NEWS = (Kind.THERAPIST_BOOKED, Kind.THERAPIST_MOVED, Kind.THERAPIST_CANCELLED)
"""The same for its therapist."""

FAREWELLS = (Kind.CANCELLED, Kind.DECLINED, Kind.LAPSED, Kind.THERAPIST_CANCELLED)
"""After these nobody expects the session any more."""

EXPECTED = (*SETTLED, Status.PENDING_REVIEW)
"""The states in which a therapist who has been told of it is right to expect it."""

FOLLOWED_UP = (Status.CONFIRMED, Status.CHECKED_IN, Status.COMPLETED)


@dataclass(frozen=True, slots=True)
class Planned:
    """A message that should leave, and when: minutes since 1970 UTC."""

    kind: Kind
    due: Minute
    sequence: int = 0
    lead_hours: int = 0
    therapist: Therapist | None = None


def plan(
    booking: Booking, told: list[Notification], *, now: Minute, is_open: bool | None = None
) -> Iterator[Planned]:
    """What has to leave so that everybody knows how the booking stands.

    Whether health questions are open by the session is read where nobody says it.
    """
    soon = now + settings.UNDO_MINUTES + 1  # nothing leaves in a minute that can still undo it
    yield from _news_for_client(booking, told, due=soon)
    yield from _news_for_therapists(booking, told, due=soon)
    if booking.status == Status.PENDING_REVIEW:
        yield Planned(Kind.REVIEW_WAITING, soon, booking.sequence)
    if booking.status == Status.CONFIRMED:
        yield from _questions(booking, is_open, soon=soon, now=now)
    yield from plan_by_choice(booking, now=now)


def plan_by_choice(booking: Booking, *, now: Minute) -> Iterator[Planned]:
    """What a client may do without (CHOSEN)."""
    if booking.status == Status.CONFIRMED:
        yield from _reminders(booking, now=now)
    if booking.status in FOLLOWED_UP:
        yield from _follow_up(booking, now=now)


def facts_of(booking: Booking) -> dict[str, str]:
    """What a message says of a booking beside its start."""
    return {
        "session_type": booking.session_type.slug,
        "therapist": booking.therapist.slug,
        "room": booking.room.slug,
    }


def last_news(
    told: Iterable[Notification], kinds: Collection[str], therapist: int | None = None
) -> Notification | None:
    """What somebody was told last of how the booking stands; None for who expects nothing."""
    news = [row for row in told if row.kind in kinds and row.therapist_id == therapist]
    return news[-1] if news and news[-1].kind not in FAREWELLS else None


def _news_for_client(
    booking: Booking, told: list[Notification], *, due: Minute
) -> Iterator[Planned]:
    last = last_news(told, CLIENT_NEWS)
    kind = _client_news(booking, last)
    if kind is not None:
        yield Planned(kind, due, booking.sequence)


def _client_news(booking: Booking, last: Notification | None) -> Kind | None:
    match booking.status:
        case Status.DECLINED:
            return Kind.DECLINED
        case Status.EXPIRED:
            return Kind.LAPSED
        case Status.CANCELLED:
            return Kind.CANCELLED if last else None
        case Status.PENDING_REVIEW | Status.CONFIRMED:
            is_pending = booking.status == Status.PENDING_REVIEW
            stands = Kind.RECEIVED if is_pending else Kind.CONFIRMED
            if last is None or (last.kind == Kind.RECEIVED) != is_pending:
                return stands
            return None if says(last, booking, "session_type", "therapist") else Kind.MOVED
    return None


def _news_for_therapists(
    booking: Booking, told: list[Notification], *, due: Minute
) -> Iterator[Planned]:
    """Whoever expects it and does not have it any more is told; then whoever has it now."""
    own = booking.therapist
    is_hers = booking.status in EXPECTED
    for therapist in {row.therapist for row in told if row.therapist is not None} - {own}:
        if last_news(told, THERAPIST_NEWS, therapist.pk):
            yield Planned(Kind.THERAPIST_CANCELLED, due, booking.sequence, therapist=therapist)
    last = last_news(told, THERAPIST_NEWS, own.pk)
    if last is None and booking.status == Status.CONFIRMED:
        yield Planned(Kind.THERAPIST_BOOKED, due, booking.sequence, therapist=own)
    elif last is not None and not is_hers:
        yield Planned(Kind.THERAPIST_CANCELLED, due, booking.sequence, therapist=own)
    elif last is not None and not says(last, booking, "session_type", "room"):
        yield Planned(Kind.THERAPIST_MOVED, due, booking.sequence, therapist=own)


def says(row: Notification, booking: Booking, *names: str) -> bool:
    """Whether a message tells these facts, and the start, as they are."""
    now = facts_of(booking)
    return row.start == booking.starts_at and all(
        row.facts.get(name) == now[name] for name in names
    )


def _reminders(booking: Booking, *, now: Minute) -> Iterator[Planned]:
    """Those whose time is still ahead; who books inside of it needs none."""
    if booking.client is None or not booking.client.wants_reminders:
        return
    for hours in booking.location.reminder_hours:
        due = to_minute(booking.starts_at) - hours * 60
        if due > now + settings.UNDO_MINUTES:
            yield Planned(Kind.REMINDER, due, lead_hours=hours)


def _questions(
    booking: Booking, is_open: bool | None, *, soon: Minute, now: Minute
) -> Iterator[Planned]:
    """A day before the session, a link to what nobody has answered by then (rule H5).

    Whoever books later is asked right away.
    """
    start = to_minute(booking.starts_at)
    if start <= now:
        return
    if open_by_the_session(booking) if is_open is None else is_open:
        yield Planned(Kind.ANSWERS_NEEDED, max(start - DAY_MINUTES, soon))


def _follow_up(booking: Booking, *, now: Minute) -> Iterator[Planned]:
    """Where the location asks how it was, and the client wants to be asked."""
    hours = booking.location.follow_up_hours
    if hours is None or booking.client is None or not booking.client.wants_follow_ups:
        return
    due = to_minute(booking.ends_at) + hours * 60
    if due > now:
        yield Planned(Kind.FOLLOW_UP, due)
