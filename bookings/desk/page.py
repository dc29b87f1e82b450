"""What the desk's pages have in common."""

from functools import cached_property
from typing import Any

from django.contrib import admin
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest
from django.utils.functional import Promise
from django.views.generic import TemplateView

from bookings.domain.callers import Caller, at_desk
from bookings.scheduling.timeline import Minute
from studio.clock import this_minute

LAST_LOCATION = "desk_location"
"""Where the browser's session remembers the slug of the location that was worked at last."""


def caller_of(request: HttpRequest) -> Caller:
    """The member of staff at the desk; quiet where the form's box to tell the client is empty.

    A form without that box tells the client.
    """
    return at_desk(request.user, is_quiet=request.POST.get("tells") == "")


class DeskPage(PermissionRequiredMixin, TemplateView):
    """A page for members of staff with `permission_required`; others get 403."""

    raise_exception = True
    title: str | Promise

    @cached_property
    def now(self) -> Minute:
        """One moment for all that a request does."""
        return this_minute()

    @property
    def caller(self) -> Caller:
        """The member of staff at the desk."""
        return caller_of(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The admin's own context, and the title."""
        context = admin.site.each_context(self.request)
        return super().get_context_data(**{**context, "title": self.title, **kwargs})
