"""Two clients side by side, to become one."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.desk.clients.steps import Step
from bookings.desk.page import DeskPage
from bookings.domain.clients.duplicates import groups, shared
from bookings.domain.clients.identity import find, last_sessions
from bookings.domain.clients.merging import CHOICES, Likeness, Merged, lookalikes, merge, merge_same
from bookings.models import Client
from bookings.words import start_of

OTHER = "other"
GROUPS_ON_A_PAGE = 25

LABELS = {
    "name": gettext_lazy("name"),
    "email": gettext_lazy("e-mail"),
    "phone": gettext_lazy("telephone"),
    "language": gettext_lazy("language"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A column of which one value stays."""

    field: str
    label: str | Promise
    kept: str
    other: str
    takes_other: bool

    @property
    def is_open(self) -> bool:
        """Whether there is anything to choose."""
        return self.kept != self.other


class MergePage(Step):
    """First who is the same person, then which values stay."""

    title = gettext_lazy("Merge two clients")
    template_name = "admin/desk/clients/merge.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Merge the other one into this."""
        other = _client(request.POST)
        if other is None:
            raise Http404
        taking = [name for name in CHOICES if request.POST.get(name) == OTHER]
        done = merge(self.client, other, taking=taking, caller=self.caller, now=self.now)
        _tell(request, done)
        return HttpResponseRedirect(reverse("admin:client", args=[done.client.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The other one beside this; or who it could be, if nobody is named."""
        named = _client(self.request.GET)
        other = named if named is not None and named.is_present else None
        if other == self.client:
            other = None
        text = self.request.GET.get("q", "")
        found = [one for one in find(text) if one != self.client]
        return super().get_context_data(
            **{
                "other": other,
                "sides": _sides(self.client, other, self.now) if other else None,
                "choices": _choices(self.client, other) if other else [],
                "lookalikes": [] if other else lookalikes(self.client),
                "q": text,
                "found": found,
                **kwargs,
            }
        )


class MergeSame(Step):
    """Merge those who say the very same, at the press of a button."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Merge them into this one."""
        _tell(request, merge_same(self.client, caller=self.caller, now=self.now))
        return self.to_client()


class Duplicates(DeskPage):
    """All who may stand there twice, by what they have in common."""

    title = gettext_lazy("Clients who may be the same person")
    template_name = "admin/desk/clients/duplicates.html"
    permission_required = "bookings.change_client"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of groups, and the ways to the others."""
        asked = self.request.GET.get("by", "")
        by = Likeness(asked) if asked in Likeness.values else Likeness.PHONE
        page = Paginator(shared(by), GROUPS_ON_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            by=by, ways=Likeness, page=page, groups=groups(by, list(page)), **kwargs
        )


def _client(data: QueryDict) -> Client | None:
    pk = data.get("with", "")
    if not (pk.isascii() and pk.isdecimal()) or len(pk) > 18:
        return None
    return Client.objects.filter(pk=pk).first()


def _choices(kept: Client, other: Client) -> list[Choice]:
    choices, languages = [], dict(settings.LANGUAGES)
    for name in CHOICES:
        mine, theirs = (str(getattr(one, name)) for one in (kept, other))
        if name == "language":
            mine, theirs = (str(languages.get(value, value)) for value in (mine, theirs))
        choices.append(Choice(name, LABELS[name], mine, theirs, takes_other=not mine))
    return choices


def _sides(kept: Client, other: Client, now: int) -> list[dict[str, Any]]:
    """What helps to tell whether two are one: this client first."""
    dates = last_sessions([kept, other], now=now)
    counts = dict(
        Client.objects.filter(pk__in=(kept.pk, other.pk))
        .order_by()
        .values_list("pk")
        .annotate(Count("bookings"))
    )
    return [
        {"client": one, "last_session": dates.get(one.pk), "bookings": counts[one.pk]}
        for one in (kept, other)
    ]


def _tell(request: HttpRequest, done: Merged) -> None:
    messages.success(
        request,
        ngettext(
            "Merged. %(count)s booking has come over.",
            "Merged. %(count)s bookings have come over.",
            done.bookings,
        )
        % {"count": done.bookings},
    )
    for one, other in done.overlaps:
        messages.warning(
            request,
            format_html(
                _("Two sessions at one time (S10): {} {} and {} {}. Move or cancel one of them."),
                start_of(one),
                _link(one),
                start_of(other),
                _link(other),
            ),
        )


def _link(booking: Any) -> str:
    url = reverse("admin:bookings_booking_change", args=[booking.pk])
    return format_html('<a href="{}">{}</a>', url, booking.reference)
