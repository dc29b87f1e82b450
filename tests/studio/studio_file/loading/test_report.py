from bookings.models import Booking
from studio.premises.models import Room
from studio.studio_file.loading.report import Report
from studio.studio_file.schema import StudioFile
from tests.studio.studio_file.texts import read_example
from therapists.models import Therapist


def test_nothing_new_is_said_so():
    assert str(Report(StudioFile())) == "nothing was new"


def test_rows_are_counted_once_by_what_they_are_called():
    report = Report(StudioFile())

    report.added(Room, 1)
    report.updated(Room, 1, 2)
    report.updated(Therapist, 1, 2)
    report.updated(Therapist, 2)
    report.left(Booking, 7)

    assert str(report) == (
        "added 1 room; updated 1 room, 2 therapists; left 1 booking alone, changed here since"
    )


def test_a_mistake_is_told_by_slugs():
    report = Report(read_example())

    report.mistake(("locations", 0, "rooms", 0, "slug"), found='"bar-room"', expected="another one")

    (mistake,) = report.mistakes()
    assert str(mistake) == (
        'locations "downtown" > rooms "bar-room" > slug: found "bar-room", expected another one'
    )
