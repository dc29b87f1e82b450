"""The admin site of the studio: the desk comes first, Django's tables behind it."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, path, reverse

from bookings.desk.places import START, places_for
from bookings.desk.urls import desk_urls


class DeskSite(AdminSite):
    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The desk's pages before Django's, whose last route takes any path."""
        return [
            *desk_urls(self.admin_view),
            path("tables/", self.admin_view(super().index), name="tables"),
            *super().get_urls(),
        ]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:  # a redirect, or what Django gives
        """The day, for those who see bookings; the tables for everybody else."""
        if START.is_for(request.user):
            return HttpResponseRedirect(reverse(START.url))
        return super().index(request, extra_context)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page has, and where in the desk one can go."""
        context = super().each_context(request)
        # Its name is read whenever it is looked at, and templates look twice.
        name = str(self.site_header)
        return {**context, "site_header": name, "places": places_for(request)}
