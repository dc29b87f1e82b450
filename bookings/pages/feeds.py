"""Calendar feeds, which programs of therapists and of the studio follow."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from bookings.domain.feeds import feed_opened_by
from bookings.notifications.feeds import feed_file
from studio.clock import this_minute
from studio.methods import require_safe


@require_safe
def feed(_request: HttpRequest, whose: str, slug: str, secret: str) -> HttpResponse:
    """The sessions of a therapist or a room; 404 without the secret of a feed that stands."""
    found = feed_opened_by(whose, slug, secret)
    if found is None:
        raise Http404
    return HttpResponse(
        feed_file(found, now=this_minute()),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": "private, no-cache",  # kept, with its ETag, by who asks again
            "Content-Disposition": f'inline; filename="{slug}.ics"',
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex",
        },
    )


urlpatterns = [
    path(f"{whose}s/<slug:slug>/<str:secret>.ics", feed, {"whose": whose}, name=f"{whose}-calendar")
    for whose in ("therapist", "room")
]
