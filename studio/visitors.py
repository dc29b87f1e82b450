"""Who is at the door, as far as limits on holds must know: keyed hashes, never the thing itself."""

import ipaddress

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
    """A keyed hash of the address; of an IPv6 one the first 64 bits.

    The rest is the client's own to choose, so a limit on the whole would limit nobody.
    """
    return _key("address", _household(address_of(request)))


def browser_key(request: HttpRequest, *, start: bool = False) -> str:
    """A keyed hash of the browser session; empty without one, unless it is to be started."""
    session = request.session
    if start and not session.session_key:
        session.create()
    return _key("browser", session.session_key) if session.session_key else ""


def _household(address: str) -> str:
    """What one line to the network shares; what is no address stays as it is."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4 or found.ipv4_mapped:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _key(purpose: str, value: str) -> str:
    return salted_hmac(f"studio.visitors.{purpose}", value, algorithm="sha256").hexdigest()
