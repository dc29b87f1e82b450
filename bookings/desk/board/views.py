"""The day board's pages."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from bookings.desk.board.blocks import STATES, mark_words
from bookings.desk.board.layout import May, board_of
from bookings.desk.board.rows import DIGEST
from bookings.desk.board.wanted import Wanted, wanted_by
from bookings.desk.page import DeskPage
from bookings.domain.day import By, schedule_of
from bookings.domain.staff import sees_date, sees_every_booking
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location, ScheduleVersion

A_DAY = timedelta(days=1)


class BoardPage(DeskPage):
    """What the day's page and its refreshed board have in common."""

    permission_required = "bookings.view_booking"
    title = _("Day board")

    def day(self, wanted: Wanted) -> dict[str, Any]:
        """The board of a location's day, and what is listed below it."""
        user, location = self.request.user, wanted.location
        if not sees_date(user, wanted.date, today=wanted.today):
            return {"wanted": wanted}
        schedule = schedule_of(
            location, wanted.date, wanted.date, by=wanted.by, user=user, now=self.now
        )
        may = May(
            book=user.has_perm("bookings.add_booking"),
            move=user.has_perm("bookings.change_booking"),
        )
        return {
            "wanted": wanted,
            "version": version_of(location, self.now),
            "board": board_of(schedule, location, wanted.by, may=may, now=self.now),
            "blocked_rooms": [
                f"{mark.owner}: {mark_words(mark, schedule.clock)}" for mark in schedule.blocks
            ],
            "cancelled": schedule.cancelled,
        }


class DayBoard(BoardPage):
    """One location, one local day, a column for each therapist or each room."""

    template_name = "admin/desk/board/day.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The board, and the ways to other days, places and forms."""
        wanted = wanted_by(self.request, now=self.now)
        if wanted is None:
            return super().get_context_data(**kwargs)
        user = self.request.user
        return super().get_context_data(
            **self.day(wanted),
            title=date_format(wanted.date, "l, F j, Y"),
            rows_digest=DIGEST,
            previous=wanted.date - A_DAY,
            next=wanted.date + A_DAY,
            sides=list(By) if sees_every_booking(user) else [],
            states=STATES,
            **kwargs,
        )


class BoardNow(BoardPage):
    """The board alone, for a page that is open; 304 while nothing has changed."""

    template_name = "admin/desk/board/board.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The fragment with its version as ETag, which is looked at before anything is read."""
        wanted = wanted_by(request, now=self.now)
        etag = f'"{version_of(wanted.location, self.now)}"' if wanted else '""'
        answer: HttpResponse | None = get_conditional_response(request, etag=etag)
        if answer is None:
            context = self.day(wanted) if wanted else {}
            answer = self.render_to_response(context, headers={"ETag": etag})
        patch_cache_control(answer, private=True, no_cache=True)
        return answer


def version_of(location: Location, now: Minute) -> str:
    """What a board is drawn from: the count of changes to the schedule, and the minute."""
    try:
        number = location.version.number
    except ScheduleVersion.DoesNotExist:
        number = 0
    return f"{number}.{now}"
