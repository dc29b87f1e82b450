"""What is kept of clients, and what goes for bookings."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bookings.domain.health.screening import LAST_REVIEW_MINUTES, in_force, needs_review
from studio.for_everybody import for_everybody
from studio.methods import require_safe

DAY_SECONDS = 24 * 60 * 60


@require_safe
@for_everybody
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of whoever books, what for, how long, and how to get or erase it."""
    return render(
        request,
        "bookings/privacy.html",
        {
            "is_reviewed": needs_review(in_force()),
            "session_days": settings.SESSION_COOKIE_AGE // DAY_SECONDS,
            "form_days": settings.CSRF_COOKIE_AGE // DAY_SECONDS,
        },
    )


@require_safe
@for_everybody
def terms(request: HttpRequest) -> HttpResponse:
    """Holding, moving, cancelling, paying: each number is the one that the program goes by."""
    return render(
        request,
        "bookings/terms.html",
        {
            "is_reviewed": needs_review(in_force()),
            "hold_minutes": settings.HOLD_MINUTES,
            "offer_minutes": settings.WAITLIST_OFFER_MINUTES,
            "undo_minutes": settings.UNDO_MINUTES,
            "review_hours": settings.REVIEW_HOURS,
            "last_review_minutes": LAST_REVIEW_MINUTES,
        },
    )
