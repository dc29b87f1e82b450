"""Who is signed in: a verified mail address, remembered by this browser's session (rule P1).

It is not Django's sign-in, which is the staff's: both can stand in one session, and neither opens
anything of the other's. Who never signs in gets no session from here.
"""

from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest
from django.middleware.csrf import rotate_token

from bookings.domain.clients.accounts import clients_of, signed_in_account
from bookings.domain.holds import take_over
from bookings.errors import WrongState
from bookings.models import Account, Client
from bookings.pages import held
from bookings.scheduling.timeline import Minute

KEY = "signed_in"
FRESH_MINUTES = 10
"""So long after a code nobody is asked for another one, whatever they want to do."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An account, its clients, and when its code was typed here: minutes since 1970 UTC."""

    account: Account
    clients: list[Client]
    since: Minute

    def is_fresh(self, *, now: Minute) -> bool:
        """Whether the code was typed a moment ago."""
        return now - self.since < FRESH_MINUTES

    def client(self, pk: int | str) -> Client:
        """One of the account's own; 404 for everybody else's, as for those who are not there."""
        for client in self.clients:
            if str(client.pk) == str(pk):
                return client
        raise Http404


def signed_in(request: HttpRequest, *, now: Minute) -> SignedIn | None:
    """Who is signed in, in two queries; None for everybody else, without any."""
    found = request.session.get(KEY)
    if not found or now - found["since"] >= settings.SESSION_COOKIE_AGE // 60:
        return None
    account = signed_in_account(found["account"], found["epoch"])
    if account is None:
        return None
    return SignedIn(account, clients_of(account), found["since"])


def begin(request: HttpRequest, account: Account, *, now: Minute) -> None:
    """Sign a browser in, under a new session key; the time that it holds stays its own."""
    hold = held.standing_hold(request, now=now)
    request.session.cycle_key()
    rotate_token(request)
    request.session[KEY] = {"account": account.pk, "epoch": account.epoch, "since": now}
    if hold is not None:
        with suppress(WrongState):  # it ran out this very moment
            take_over(hold, caller=held.caller_of(request), now=now)


def end(request: HttpRequest) -> None:
    """Sign this browser out; of what it knew of the client nothing stays."""
    for key in (KEY, held.KEY):
        request.session.pop(key, None)
    if not request.session.keys():
        request.session.flush()
    else:  # of a member of staff, who stays signed in at the desk
        request.session.cycle_key()
