"""What travels compressed, besides static files, which lie ready in that form."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressPublic(GZipMiddleware):
    """Compresses what anybody may see; whatever says "no-store" knows something about somebody.

    Who can make a browser ask, and sees how long the answers are, can guess a secret from how well
    it is compressed beside words of the guesser's own (BREACH). Answers without a secret have none
    to lose. Files are sent as they are: photos and films would not get smaller, and players ask
    for pieces of them.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The answer, compressed where the browser takes it so."""
        if response.streaming or "no-store" in response.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)
