"""What has to be told, queued in the transaction of the change that it tells of (rule P4).

After each change it is asked what client and therapist were told last, and what is so now. What
has not left yet is withdrawn and thought of anew, so that whatever is taken back in time says
nothing to anybody.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from bookings.domain.callers import Caller
from bookings.domain.screening import open_by_the_session
from bookings.enums import EventKind, Source, Status
from bookings.enums import NotificationKind as Kind
from bookings.enums import NotificationState as State
from bookings.models import Booking, Notification
from bookings.models.booking import SETTLED
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.timeline import Minute
from studio.premises.models import DAY_MINUTES
from therapists.models import Therapist

CHANGES = (
    EventKind.MOVED,
    EventKind.CANCELLED,
    EventKind.RESTORED,
    EventKind.APPROVED,
    EventKind.DECLINED,
    EventKind.EXPIRED,
    EventKind.ANSWERED,
)
"""What a calendar that has the booking must follow."""

FOLLOWED = (
    *CHANGES,
    EventKind.BOOKED,
    EventKind.CONFIRMED,
    EventKind.CHECKED_IN,
    EventKind.COMPLETED,
    EventKind.NO_SHOW,
    EventKind.STEPPED_BACK,
)
"""After what it is asked whether somebody has to be told something."""

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


def follow(
    booking: Booking, kind: EventKind, *, by: Caller, now: Minute, from_status: str = ""
) -> None:
    """Queue what has to be told after a recorded change; withdraw what it has made untrue.

    A studio file tells nobody anything, and a hold that ran out was no booking yet. Call it in
    the transaction of the change, with the booking as it is written.
    """
    if kind not in FOLLOWED or by.source == Source.FILE:
        return
    if kind in CHANGES:
        booking.sequence += 1
        Booking.objects.filter(pk=booking.pk).update(sequence=booking.sequence)
    if booking.client is None:
        return
    told = [] if kind is EventKind.BOOKED else withdraw(booking, now=now)
    if kind is EventKind.EXPIRED and from_status == Status.HELD:
        return
    planned = list(plan(booking, told, now=now))
    queue(booking, planned, told, now=now, is_quiet=by.is_quiet)


def withdraw(booking: Booking, *, now: Minute) -> list[Notification]:
    """Withdraw what has not left yet, and give what has been told of a booking, oldest first.

    What a worker has in hand right now counts as told: it may have left already.
    """
    instant = to_instant(now)
    told, waiting = [], []
    # Locked, so that no worker takes in hand meanwhile what is withdrawn here.
    rows = booking.notifications.select_for_update(of=("self",)).select_related("therapist__user")
    for row in rows.order_by("queued_at", "pk"):
        in_hand = row.leased_until is not None and row.leased_until > instant
        if row.state == State.QUEUED and not in_hand:
            waiting.append(row.pk)
        elif row.state in (State.QUEUED, State.SENT, State.TOLD):
            told.append(row)
    if waiting:
        Notification.objects.filter(pk__in=waiting).update(state=State.WITHDRAWN)
    return told


def follow_choice(booking: Booking, *, now: Minute) -> None:
    """Withdraw what the client may choose and still waits, or queue it again, as they want it."""
    chosen = booking.notifications.filter(kind__in=CHOSEN)
    in_hand = Q(leased_until__gt=to_instant(now))
    chosen.filter(state=State.QUEUED).exclude(in_hand).update(state=State.WITHDRAWN)
    left = chosen.exclude(state=State.WITHDRAWN)
    queue(booking, _by_choice(booking, now=now), left, now=now)


def plan(booking: Booking, told: list[Notification], *, now: Minute) -> Iterator[Planned]:
    """What has to leave so that everybody knows how the booking stands."""
    soon = now + settings.UNDO_MINUTES + 1  # nothing leaves in a minute that can still undo it
    yield from _news_for_client(booking, told, due=soon)
    yield from _news_for_therapists(booking, told, due=soon)
    if booking.status == Status.PENDING_REVIEW:
        yield Planned(Kind.REVIEW_WAITING, soon, booking.sequence)
    if booking.status == Status.CONFIRMED:
        yield from _questions(booking, soon=soon, now=now)
    yield from _by_choice(booking, now=now)


def _by_choice(booking: Booking, *, now: Minute) -> Iterator[Planned]:
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


def _questions(booking: Booking, *, soon: Minute, now: Minute) -> Iterator[Planned]:
    """A day before the session, a link to what nobody has answered by then (rule H5).

    Whoever books later is asked right away.
    """
    start = to_minute(booking.starts_at)
    if start > now and open_by_the_session(booking):
        yield Planned(Kind.ANSWERS_NEEDED, max(start - DAY_MINUTES, soon))


def _follow_up(booking: Booking, *, now: Minute) -> Iterator[Planned]:
    """Where the location asks how it was, and the client wants to be asked."""
    hours = booking.location.follow_up_hours
    if hours is None or booking.client is None or not booking.client.wants_follow_ups:
        return
    due = to_minute(booking.ends_at) + hours * 60
    if due > now:
        yield Planned(Kind.FOLLOW_UP, due)


def queue(
    booking: Booking,
    planned: Iterable[Planned],
    told: Iterable[Notification] = (),
    *,
    now: Minute,
    is_quiet: bool = False,
) -> None:
    """Write the messages, each once: what was told already is not told again.

    Nobody is written to who has no address. With `is_quiet` the client's news count as told.
    """
    done = {_key(row) for row in told}
    rows = []
    for each in planned:
        row = Notification(
            booking=booking,
            therapist=each.therapist,
            kind=each.kind,
            start=booking.starts_at,
            sequence=each.sequence,
            lead_hours=each.lead_hours,
            facts=facts_of(booking),
            state=State.TOLD if is_quiet and each.kind in CLIENT_NEWS else State.QUEUED,
            due_at=to_instant(each.due),
            queued_at=to_instant(now),
        )
        if _key(row) not in done and _can_be_told(booking, each):
            rows.append(row)
    # What was withdrawn and is true again takes the row that it had.
    Notification.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["booking", "kind", "start", "sequence", "lead_hours"],
        update_fields=["therapist", "facts", "state", "due_at", "queued_at", "attempts"],
    )


def _can_be_told(booking: Booking, planned: Planned) -> bool:
    if planned.therapist is not None:
        user = planned.therapist.user
        return user is not None and bool(user.email)
    if planned.kind == Kind.REVIEW_WAITING:
        return True
    return booking.client is not None and bool(booking.client.email)


def _key(row: Notification) -> tuple[object, ...]:
    return (row.kind, row.start, row.sequence, row.lead_hours)
