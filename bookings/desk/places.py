"""Where one can go at the desk, as the head of every page lists it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings.desk.attention.count import last_known
from bookings.domain.staff import Person, sees_every_booking


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the desk, for those who have a permission (None: any member of staff).

    `known` gives the number that stands beside the label, or None where it takes a while to find
    out; a script fills it in from the page that `counts` names.
    """

    url: str
    label: str | Promise
    permission: str | None
    known: Callable[[], int | None] | None = None
    counts: str = ""
    is_own: bool = False
    """Whether it is for those who see nothing but their own sessions."""

    def is_for(self, user: Person) -> bool:
        """Whether to show it to this person."""
        if self.is_own and sees_every_booking(user):
            return False
        return self.permission is None or (
            isinstance(user, User) and user.has_perm(self.permission)
        )


START = Place("admin:board", _("Day"), "bookings.view_booking")

BOOK = Place("admin:book", _("Book"), "bookings.add_booking")
ATTENTION = Place(
    "admin:attention",
    _("Needs attention"),
    "bookings.change_booking",
    known=last_known,
    counts="admin:attention_count",
)
WAITLIST = Place("admin:waitlist", _("Waitlist"), "bookings.view_waitlistentry")
MY_CLIENTS = Place("admin:my_clients", _("My clients"), "bookings.view_booking", is_own=True)
EXPLAIN = Place("admin:explain", _("Why not?"), "bookings.change_booking")
CLIENTS = Place("admin:bookings_client_changelist", _("Clients"), "bookings.view_client")
REPORTS = Place("admin:reports", _("Reports"), "bookings.change_booking")
CERTIFICATIONS = Place("admin:certifications", _("Certifications"), "therapists.view_certification")
HEALTH = Place("admin:questionnaires", _("Health questions"), "bookings.view_questionnaire")
PAGES = Place("admin:pages_page_changelist", _("Pages"), "pages.change_page")
TABLES = Place("admin:tables", _("Tables"), None)

PLACES = (
    START,
    MY_CLIENTS,
    BOOK,
    ATTENTION,
    WAITLIST,
    CLIENTS,
    EXPLAIN,
    REPORTS,
    CERTIFICATIONS,
    HEALTH,
    PAGES,
    TABLES,
)


def places_for(request: HttpRequest) -> list[Place]:
    """The places of whoever asks."""
    return [place for place in PLACES if place.is_for(request.user)]
