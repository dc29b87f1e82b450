"""What travels compressed, besides static files, which lie ready in that form."""

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

WORTH_PACKING = 200
"""Bytes; what is shorter does not get shorter."""

BROTLI_QUALITY = 6
"""As quick as gzip; better ones take ten times as long for the same length."""


@dataclass(frozen=True)
class Body:
    """What is sent again and again, in the forms in which it is taken; made when first asked for.

    It holds no secret that could be told by its length.
    """

    plain: bytes

    @cached_property
    def etag(self) -> str:
        """A hash of it."""
        return f'"{sha256(self.plain).hexdigest()}"'

    @cached_property
    def br(self) -> bytes:
        """By brotli, which makes pages a seventh shorter than gzip does."""
        packed: bytes = brotli.compress(self.plain, quality=BROTLI_QUALITY)
        return packed

    @cached_property
    def gzip(self) -> bytes:
        """By gzip, which everybody takes."""
        return gzip.compress(self.plain, compresslevel=6, mtime=0)

    @property
    def size(self) -> int:
        """About how many bytes it takes, packed ones included."""
        return len(self.plain) * 3 // 2 + 1000


class Ready(HttpResponse):
    """An answer whose other forms are at hand."""

    def __init__(self, body: Body, headers: dict[str, str]) -> None:
        """The answer as it is, with its ETag; the middleware makes of it what the browser takes."""
        super().__init__(body.plain, headers={**headers, "ETag": body.etag})
        self.body = body


type Way = Callable[[Body], bytes]
_WAYS: dict[str, tuple[re.Pattern[str], Way]] = {
    "br": (re.compile(r"\bbr\b"), lambda body: body.br),
    "gzip": (re.compile(r"\bgzip\b"), lambda body: body.gzip),
}


_REFUSED = re.compile(r"[^,;]*;\s*q=0(?:\.0*)?\s*(?:,|$)", re.IGNORECASE)
"""A form that is never to be sent (RFC 9110, 12.5.3)."""


class CompressPublic(GZipMiddleware):
    """Compresses what anybody may see; whatever says "no-store" knows something about somebody.

    Who can make a browser ask, and sees how long the answers are, can guess a secret from how well
    it is compressed beside words of the guesser's own (BREACH). Answers without a secret have none
    to lose. Files are sent as they are: photos and films would not get smaller, and players ask
    for pieces of them.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Leave out what is refused, as Django and WhiteNoise would have to."""
        accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
        if ";" in accepted:
            request.META["HTTP_ACCEPT_ENCODING"] = _REFUSED.sub("", accepted)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The answer, compressed where the browser takes it so."""
        if response.streaming or "no-store" in response.get("Cache-Control", ""):
            return response
        if isinstance(response, Ready) and response.content:
            return _packed(request, response)
        return super().process_response(request, response)


def _packed(request: HttpRequest, response: Ready) -> Ready:
    """The shortest form that is taken, under a weak ETag: two packers make other bytes of it."""
    patch_vary_headers(response, ("Accept-Encoding",))
    taken = request.META.get("HTTP_ACCEPT_ENCODING", "")
    if len(response.body.plain) < WORTH_PACKING:
        return response
    for name, (pattern, way) in _WAYS.items():
        if pattern.search(taken):
            response.content = way(response.body)
            response["Content-Length"] = str(len(response.content))
            response["Content-Encoding"] = name
            response["ETag"] = f"W/{response.body.etag}"
            break
    return response
