"""Codes that are sent by mail, to show whose an address is (rule P1).

A code is reckoned when it is needed, as the token of a link is, and stored nowhere. Whether an
address is known is not looked at here, so nothing that happens can tell it.
"""

from datetime import timedelta

from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from bookings.errors import CodeOver, TooManyCodes, WrongCode
from bookings.folding import dialled, mailbox
from bookings.models import SignInCode
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out, lock_names

DIGITS = 6
CODE_MINUTES = 10
MOST_ATTEMPTS = 5

HOUR = 60
DAY = 24 * HOUR
TO_ONE_MAILBOX = ((5, HOUR), (15, DAY))
FROM_ONE_NETWORK = ((30, HOUR),)
"""So many codes within so many minutes: one address is guessed at 75 times a day at the most."""


def new_code(email: str, *, address_key: str, now: Minute) -> SignInCode:
    """Note that a code goes to an address; send it once this is committed.

    Raises TooManyCodes when the mail address has got, or the network address has asked for, as
    many as it may. Both are kept as keyed hashes, for a day.
    """

    def work() -> SignInCode:
        key = email_key(email)
        lock_names((key, address_key))
        SignInCode.objects.filter(made_at__lt=to_instant(now - DAY)).delete()
        for column, value, limits in (
            ("email_key", key, TO_ONE_MAILBOX),
            ("address_key", address_key, FROM_ONE_NETWORK),
        ):
            for most, within in limits:
                _check_room({column: value}, most, within, now=now)
        return SignInCode.objects.create(
            email_key=key, address_key=address_key, made_at=to_instant(now)
        )

    return carry_out(work)


def digits_of(code: SignInCode) -> str:
    """The digits that are sent; guessing them takes the secret key."""
    purpose = f"{code.pk}:{to_minute(code.made_at)}:{code.email_key}"
    digest = salted_hmac("bookings.code", purpose, algorithm="sha256").digest()
    return f"{int.from_bytes(digest) % 10**DIGITS:0{DIGITS}}"


def redeem(code_id: int, email: str, typed: str, *, now: Minute) -> None:
    """Show that an address is one's own, once; blanks between the digits do not count.

    Raises WrongCode, and CodeOver for one that is used, too old, or guessed at too often. Each
    try is counted by itself, however many come at once.
    """
    usable = SignInCode.objects.filter(
        pk=code_id,
        email_key=email_key(email),
        used_at__isnull=True,
        attempts__lt=MOST_ATTEMPTS,
        made_at__gte=to_instant(now) - timedelta(minutes=CODE_MINUTES),
    )
    if not usable.update(attempts=F("attempts") + 1):
        raise CodeOver
    code = SignInCode.objects.get(pk=code_id)
    if not constant_time_compare(dialled(typed), digits_of(code)):
        raise CodeOver if code.attempts >= MOST_ATTEMPTS else WrongCode
    unused = SignInCode.objects.filter(pk=code_id, used_at__isnull=True)
    if not unused.update(used_at=to_instant(now)):
        raise CodeOver


def forget(code: SignInCode) -> None:
    """Count a code as never asked for: its mail could not be sent."""
    code.delete()


def email_key(email: str) -> str:
    """A keyed hash of the mailbox."""
    return salted_hmac("bookings.code.email", mailbox(email), algorithm="sha256").hexdigest()


def _check_room(where: dict[str, str], most: int, within: int, *, now: Minute) -> None:
    made = SignInCode.objects.filter(**where, made_at__gt=to_instant(now - within))
    times = list(made.order_by("-made_at").values_list("made_at", flat=True)[:most])
    if len(times) == most:
        wait = to_minute(times[-1]) + within - now
        raise TooManyCodes(retry_after_seconds=wait * 60)
