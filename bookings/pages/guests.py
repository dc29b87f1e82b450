"""For whom something is booked: a client who is signed in, or whoever says who they are."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from bookings.domain.requests import Details
from bookings.models import Client
from bookings.pages.forms import DetailsForm, SessionForm
from bookings.pages.signed_in import SignedIn, signed_in
from bookings.scheduling.timeline import Minute

SOMEBODY_ELSE = "new"


@dataclass(frozen=True, slots=True)
class Guests:
    """Who can be chosen, and who is; None is somebody who is not known yet."""

    who: SignedIn | None = None
    chosen: Client | None = None
    of_known: type[SessionForm] = SessionForm
    of_others: type[DetailsForm] = DetailsForm

    @property
    def known(self) -> list[Client]:
        """The account's clients, each name once."""
        found: dict[str, Client] = {}
        for client in self.who.clients if self.who else ():
            if self.chosen is None or client.folded_name != self.chosen.folded_name:
                found.setdefault(client.folded_name, client)
            else:
                found[client.folded_name] = self.chosen
        return list(found.values())

    def form(self, data: Any = None) -> SessionForm:
        """What still has to be said: of who is known, nothing but how they like it today."""
        if self.chosen is not None:
            return self.of_known(data)
        return self.of_others(data, {"email": self.who.account.email} if self.who else None)

    def form_like(self, client: Client) -> SessionForm:
        """The empty form, filled in with who somebody said that they were."""
        if self.chosen is not None:
            return self.of_known()
        return self.of_others(
            initial={name: getattr(client, name) for name in ("name", "email", "phone")}
        )

    def details(self, form: SessionForm) -> Details:
        """What the domain is told; the form is valid."""
        if self.chosen is not None:
            return form.details_for(self.chosen)
        assert isinstance(form, DetailsForm)
        return form.details_for(form.person(language=get_language() or ""))


def guests_of(request: HttpRequest, *, now: Minute, waited: Client | None = None) -> Guests:
    """Whom the form or the address names, by the number of a client; 404 for anybody else's.

    Where neither says so, it is who has been known longest. A time that somebody `waited` for is
    theirs.
    """
    if waited is not None:
        return Guests(chosen=waited)
    who = signed_in(request, now=now)
    if who is None:
        return Guests()
    named = request.POST if request.method == "POST" else request.GET
    fallback = SOMEBODY_ELSE if request.method == "POST" or not who.clients else who.clients[0].pk
    asked = named.get("client", fallback)
    return Guests(who, None if asked == SOMEBODY_ELSE else who.client(asked))
