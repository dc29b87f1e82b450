"""Who is at the door, as far as limits on holds must know: keyed hashes, never the thing itself."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def address_of(request: HttpRequest) -> str:
    """The network address of the client, past as many proxies as the settings trust.

    Each trusted proxy appends the address it was called from to `X-Forwarded-For`; what stands
    further left was sent by the client and proves nothing.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted:
        return hops[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))


def address_key(request: HttpRequest) -> str:
    """A keyed hash of the address."""
    return _key("address", address_of(request))


def browser_key(request: HttpRequest, *, start: bool = False) -> str:
    """A keyed hash of the browser session; empty without one, unless it is to be started."""
    session = request.session
    if start and not session.session_key:
        session.create()
    return _key("browser", session.session_key) if session.session_key else ""


def _key(purpose: str, value: str) -> str:
    return salted_hmac(f"studio.visitors.{purpose}", value, algorithm="sha256").hexdigest()
