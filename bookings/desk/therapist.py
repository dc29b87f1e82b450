"""All about one therapist: what she can be booked for today, and what she can prove."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from bookings.desk.page import DeskPage
from bookings.domain.explain.today import Today, bookable_today
from bookings.domain.schedule import latest_today
from bookings.domain.staff import may_see_private_time_off
from bookings.scheduling.hours import local_time
from bookings.scheduling.timeline import Minute
from bookings.words import spelled, spelled_time
from studio.premises.models import Location
from therapists.models import Certification, Standing, Therapist


@dataclass(frozen=True, slots=True)
class Row:
    """A session type at a location, in words; `more` counts the open starts that are left out."""

    today: Today
    first: str
    count: int
    following: str


class TherapistPage(DeskPage):
    template_name = "admin/desk/therapist.html"
    permission_required = "therapists.view_therapist"

    @cached_property
    def therapist(self) -> Therapist:
        """The one who is named, retired or not."""
        return get_object_or_404(Therapist, slug=self.kwargs["slug"])

    @property
    def title(self) -> str:  # type: ignore[override]  # it is hers
        """Her name."""
        return self.therapist.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Today's answer for each session type, and her certifications for those who see them."""
        user = self.request.user
        found = bookable_today(
            self.therapist, now=self.now, sees_private=may_see_private_time_off(user)
        )
        certifications: list[tuple[Certification, Standing]] = []
        sees_certifications = user.has_perm("therapists.view_certification")
        if sees_certifications:
            certifications = self._certifications(latest_today(self.now))
        return super().get_context_data(
            therapist=self.therapist,
            rows=[_row(each) for each in found],
            has_several_locations=len({each.location for each in found}) > 1,
            certifications=certifications,
            sees_certifications=sees_certifications,
            **kwargs,
        )

    def _certifications(self, today: date) -> list[tuple[Certification, Standing]]:
        held = self.therapist.certifications.select_related("qualification")
        rows = held.order_by("qualification__name", "-issued_on")
        return [(each, each.standing_on(today)) for each in rows]


def _row(today: Today) -> Row:
    def at(start: Minute, location: Location) -> Any:
        return local_time(start, location.zone)

    first = spelled_time(at(today.starts[0], today.location)) if today.starts else ""
    following = ""
    if today.following is not None:
        following = spelled(at(today.following, today.location))
    return Row(today, first, len(today.starts), following)
