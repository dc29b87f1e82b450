"""What a page says once: that something was done, or why another page is shown."""

from django.contrib.messages.middleware import MessageMiddleware
from django.http import HttpRequest, HttpResponse


class Messages(MessageMiddleware):
    """Nobody keeps a page that shows a message: it is for one reader, and over with that."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The page, and the messages that it did not show, for the next one."""
        shown = getattr(request, "_messages", None)
        if shown is not None and shown.used:
            response["Cache-Control"] = "private, no-store"
        return super().process_response(request, response)
