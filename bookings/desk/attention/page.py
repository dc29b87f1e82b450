"""The list itself, and giving away many of its bookings at a time."""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.desk.attention.count import remember
from bookings.desk.attention.dealing import back_to_list, given_words, named
from bookings.desk.attention.lines import Teller
from bookings.desk.page import DeskPage
from bookings.domain.attention.remedies import remedies
from bookings.domain.attention.resolving import Entry, attention, hand_over
from bookings.domain.health.looking import unread_by
from bookings.domain.requests import Seen
from bookings.domain.telling.delivery import undelivered
from bookings.errors import BookingError
from bookings.scheduling.timeline import Minute
from bookings.words import refusal_words
from therapists.models import Therapist

PER_PAGE = 30
CHOSEN = re.compile(r"(?P<booking>[0-9]{1,18})@(?P<start>[0-9]{1,18})")
FILTERS = ("location", "therapist")


class AttentionPage(DeskPage):
    template_name = "admin/desk/attention/page.html"
    permission_required = "bookings.change_booking"
    title = gettext_lazy("Needs attention")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the list, with what could take its bookings."""
        every = attention(now=self.now)
        unsent = undelivered(self.now)
        remember(len(every) + unsent)
        wanted = {name: self.request.GET.get(name, "") for name in FILTERS}
        chosen = [entry for entry in every if _is_wanted(entry, wanted)]
        page: Page[Entry] = Paginator(chosen, PER_PAGE).get_page(self.request.GET.get("page"))
        entries = list(page)
        ways = remedies([entry.booking for entry in entries if entry.rules], now=self.now)
        names = dict(Therapist.objects.order_by("slug").values_list("slug", "name"))
        unread = unread_by(self.request.user, [entry.booking for entry in entries])
        teller = Teller(self.request.user, self.now, names, unread)
        locations = {entry.booking.location.slug: entry.booking.location for entry in every}
        return super().get_context_data(
            days=teller.days(entries, ways),
            page=page,
            total=len(every),
            unsent=unsent,
            wanted=wanted,
            therapist_name=names.get(wanted["therapist"], ""),
            locations=sorted(locations.values(), key=lambda location: location.name),
            query=self.request.GET.urlencode(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Give each of the chosen bookings to whoever can take it, each for itself."""
        given, left = [], []
        entries = {entry.booking.pk: entry for entry in attention(now=self.now)}
        for pk, start in _chosen(request):
            entry = entries.get(pk)
            if entry is None or not entry.rules:
                continue  # somebody has dealt with it
            booking = entry.booking
            try:
                moved = hand_over(booking, None, seen=Seen(start), caller=self.caller, now=self.now)
            except BookingError as refused:
                left.append((named(booking), refusal_words(refused, request.user)))
            else:
                given.append((named(booking), given_words(moved)))
        _tell(request, given, left)
        return back_to_list(request)


def _is_wanted(entry: Entry, wanted: dict[str, str]) -> bool:
    return wanted["location"] in ("", entry.booking.location.slug) and wanted["therapist"] in (
        "",
        entry.booking.therapist.slug,
    )


def _chosen(request: HttpRequest) -> Iterable[tuple[int, Minute]]:
    """The ids of the ticked bookings, or of a whole group, and where they were seen."""
    field = "every" if "all" in request.POST else "booking"
    for value in request.POST.getlist(field):
        if sent := CHOSEN.fullmatch(value):
            yield int(sent["booking"]), int(sent["start"])


def _tell(request: HttpRequest, given: list[tuple[str, str]], left: list[tuple[str, str]]) -> None:
    if given:
        words = ngettext(
            "%(count)s booking was given away:", "%(count)s bookings were given away:", len(given)
        )
        messages.success(request, _listed(words % {"count": len(given)}, given))
    if left:
        words = ngettext(
            "%(count)s booking stays in the list:",
            "%(count)s bookings stay in the list:",
            len(left),
        )
        messages.warning(request, _listed(words % {"count": len(left)}, left))
    if not given and not left:
        messages.info(request, _("Nothing was left to be done about what you chose."))


def _listed(head: str, lines: list[tuple[str, str]]) -> SafeString:
    return format_html("{}{}", head, format_html_join("", "<br>{}: {}", lines))
