"""The many alike of a day board: its bookings."""

from dataclasses import fields

from django import template
from django.utils.safestring import SafeString

from bookings.desk.board.blocks import BookingBlock
from studio.fragments import Fragment

register = template.Library()

_WORDS = [field.name for field in fields(BookingBlock)]
_TOGETHER = Fragment("admin/desk/board/booking.html", *_WORDS)
_ALONE = Fragment("admin/desk/board/booking.html", *(set(_WORDS) - {"together"}))


@register.simple_tag
def booking(block: BookingBlock) -> SafeString:
    """A booking on the board. Its words are filled in and not kept."""
    words = {name: str(getattr(block, name)) for name in _WORDS}
    words["movable"] = words["movable"].lower()  # as scripts read it
    return (_TOGETHER if block.together else _ALONE).fill(**words)
