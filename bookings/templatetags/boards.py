"""The many alike of a day board: its bookings."""

from django import template
from django.utils.safestring import SafeString

from bookings.desk.board.blocks import BookingBlock
from studio.fragments import Fragment

register = template.Library()

_WORDS = (
    *("pk", "url", "place", "session_place", "start", "minutes", "before", "after", "movable"),
    *("status", "sign", "state", "times", "client", "session", "where"),
)
_ALONE = Fragment("admin/desk/board/booking.html", *_WORDS)
_TOGETHER = Fragment("admin/desk/board/booking.html", *_WORDS, "together")


@register.simple_tag
def booking(block: BookingBlock) -> SafeString:
    """A booking on the board. Its words are filled in and not kept."""
    values = {name: str(getattr(block, name)) for name in _WORDS}
    values["movable"] = values["movable"].lower()
    if block.together:
        return _TOGETHER.fill(**values, together=block.together)
    return _ALONE.fill(**values)
