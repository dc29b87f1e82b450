"""The day board, the week of one therapist or room, and either of them as it is now."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.board.blocks import STATES, mark_words
from bookings.desk.board.layout import Link, board_of, cancelled_link, tools
from bookings.desk.board.rows import DIGEST
from bookings.desk.board.sheet import May, Sheet
from bookings.desk.board.wanted import Wanted, wanted_by, week_wanted_by
from bookings.desk.links import board_url, book_url, week_url
from bookings.desk.page import DeskPage
from bookings.domain.day import By, Column, schedule_of
from bookings.domain.pairs.partners import partners_of
from bookings.domain.staff import Person, sees_date, sees_every_booking
from bookings.models import Booking
from bookings.scheduling.hours import dates_between
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location, ScheduleVersion

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


class DayBoard(DeskPage):
    """One location, one local day, a column for each therapist or each room.

    With `alone` it is the board without the page around it, for a page that is open already:
    304 while nothing has changed.
    """

    permission_required = "bookings.view_booking"
    title = gettext_lazy("Day board")
    alone = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; or the board with its version as ETag, looked at before rows are read."""
        wanted = self.wanted()
        if wanted is None or not self.alone:
            context = {} if wanted is None else self.whole(wanted)
            return self.render_to_response(self.get_context_data(**context))
        etag = f'"{version_of(wanted.location, self.now)}"'
        answer: HttpResponse | None = get_conditional_response(request, etag=etag)
        if answer is None:
            answer = self.render_to_response(self.board(wanted), headers={"ETag": etag})
        return answer

    def get_template_names(self) -> list[str]:
        """The whole page or its changing part."""
        return [f"admin/desk/board/{'now' if self.alone else 'page'}.html"]

    def wanted(self) -> Wanted | None:
        """What is asked for."""
        return wanted_by(self.request, now=self.now)

    def span(self, wanted: Wanted) -> list[date]:
        """The dates that are shown."""
        return [wanted.date]

    def url(self, wanted: Wanted, day: date, *, now: bool = False) -> str:
        """This page at another date; `now` without what stands around the board."""
        return board_url(wanted.location, day, wanted.by, now=now)

    def board(self, wanted: Wanted) -> dict[str, Any]:
        """What changes while the page is open; no board where nothing may be seen."""
        user, location = self.request.user, wanted.location
        dates = [day for day in self.span(wanted) if sees_date(user, day, today=wanted.today)]
        if not dates:
            return {"wanted": wanted}
        schedule = schedule_of(
            location,
            dates[0],
            dates[-1],
            by=wanted.by,
            user=user,
            now=self.now,
            only=wanted.only,
        )
        sheet = Sheet(
            location=location,
            clock=schedule.clock,
            by=wanted.by,
            may=May.of(user),
            now=self.now,
            back=self.url(wanted, wanted.date),
            is_week=wanted.only is not None,
            partners=_partners(schedule.columns, user),
        )
        board = board_of(schedule.columns, sheet)
        return {
            "wanted": wanted,
            "version": version_of(location, self.now),
            "board": board,
            "owner": schedule.columns[0].owner if schedule.columns else None,
            "tools": tools(schedule.columns, board, sheet),
            "blocked_rooms": [
                f"{mark.owner}: {mark_words(mark, schedule.clock)}" for mark in schedule.blocks
            ],
            "cancelled": [cancelled_link(booking, sheet) for booking in schedule.cancelled],
            "book_url": book_url(location) if sheet.may.book else "",
            "may_move": sheet.may.move and not sheet.is_week,
        }

    def whole(self, wanted: Wanted) -> dict[str, Any]:
        """The board, and the ways to other days, and between therapists and rooms."""
        location, day, by = wanted.location, wanted.date, wanted.by
        sides = ((By.THERAPIST, _("Therapists")), (By.ROOM, _("Rooms")))
        return self.board(wanted) | {
            "title": date_format(day, _("l, F j, Y")),
            "subtitle": location.name,
            "rows_digest": DIGEST,
            "refresh_url": self.url(wanted, day, now=True),
            "steps": [
                Link(_("Previous day"), self.url(wanted, day - A_DAY)),
                Link(_("Today"), self.url(wanted, wanted.today)),
                Link(_("Next day"), self.url(wanted, day + A_DAY)),
            ],
            "sides": [
                Link(label, board_url(location, day, side), is_here=side is by)
                for side, label in sides
                if sees_every_booking(self.request.user)
            ],
            "states": STATES,
        }


class WeekBoard(DayBoard):
    """Seven days of one therapist or one room at a location, from Monday on."""

    def wanted(self) -> Wanted | None:
        """Whose week is asked for, and which."""
        return week_wanted_by(self.request, now=self.now)

    def span(self, wanted: Wanted) -> list[date]:
        """The week that holds the date."""
        monday = _monday(wanted.date)
        return list(dates_between(monday, monday + A_WEEK - A_DAY))

    def url(self, wanted: Wanted, day: date, *, now: bool = False) -> str:
        """Another week of the same therapist or room."""
        return week_url(wanted.location, day, wanted.by, wanted.only or "", now=now)

    def whole(self, wanted: Wanted) -> dict[str, Any]:
        """The week, and the ways to others and back to the day."""
        context = super().whole(wanted)
        day = date_format(_monday(wanted.date), _("F j, Y"))
        named = {"owner": context.get("owner"), "day": day}
        words = _("%(owner)s, week of %(day)s") if named["owner"] else _("Week of %(day)s")
        return context | {
            "title": words % named,
            "steps": [
                Link(_("Previous week"), self.url(wanted, wanted.date - A_WEEK)),
                Link(_("This week"), self.url(wanted, wanted.today)),
                Link(_("Next week"), self.url(wanted, wanted.date + A_WEEK)),
            ],
        }


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _partners(columns: list[Column], user: Person) -> dict[int, Booking]:
    """Who comes with whom, for those who see both; one query, where anybody does."""
    shown = [booking for column in columns for booking in column.bookings]
    return partners_of(shown) if sees_every_booking(user) else {}


def version_of(location: Location, now: Minute) -> str:
    """What a board is drawn from: the count of changes to the schedule, and the minute."""
    try:
        number = location.version.number
    except ScheduleVersion.DoesNotExist:
        number = 0
    return f"{number}.{now}"
