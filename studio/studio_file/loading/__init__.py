"""From a studio file to the database: all of it, or nothing and every mistake."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bookings.domain.attention.affected import note_change
from bookings.domain.importing.bringing_in import Tell, tell_nobody
from bookings.domain.importing.incoming import FILE
from bookings.domain.schedule import changing_schedule
from bookings.models import SessionType
from bookings.scheduling.timeline import Minute
from studio.premises.models import Equipment, Location, Room
from studio.studio_file.consistency import KnownSlugs
from studio.studio_file.loading.bookings import load_bookings
from studio.studio_file.loading.premises import load_equipment, load_locations, load_studio
from studio.studio_file.loading.questionnaire import load_questionnaire
from studio.studio_file.loading.report import Report
from studio.studio_file.loading.rows import by_slug
from studio.studio_file.loading.session_types import load_session_types
from studio.studio_file.loading.therapists import load_qualifications, load_therapists
from studio.studio_file.mistakes import StudioFileError
from studio.studio_file.reading import read
from therapists.models import Certification, Qualification, Therapist

DECIDING = (Location, Room, Qualification, SessionType, Therapist, Certification)
"""What coming bookings are judged by (rule B8), with the lists that belong to it."""


def load(source: Path | bytes, *, now: Minute, tell: Tell = tell_nobody) -> Report:
    """Make the database say what the file says; raise `StudioFileError` and write nothing.

    What has a slug is updated or added, never deleted; the lists that belong to it are replaced.
    `tell` is told how many of the bookings are dealt with so far, and of how many.
    """
    with changing_schedule(), garbage_kept():
        file = read(source, known=known_slugs())
        report = Report(file)
        load_studio(file, report)
        load_equipment(file, report)
        load_qualifications(file, report)
        load_locations(file, report)
        load_session_types(file, report)
        load_therapists(file, report, now=now)
        load_questionnaire(file, report)
        load_bookings(file, report, now=now, tell=tell)
        mistakes = report.mistakes()
        if mistakes:
            raise StudioFileError(mistakes)
        changed = report.updated_rows(*DECIDING)
        report.affected = note_change(changed, by=FILE, now=now)
    return report


@contextmanager
def garbage_kept() -> Iterator[None]:
    """Collect no garbage for a while.

    A large file is hundreds of thousands of objects, all of them needed until the end; looking
    through them again and again for what is not took two fifths of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def known_slugs() -> KnownSlugs:
    """What a file may name without repeating it."""
    return KnownSlugs(
        equipment=frozenset(by_slug(Equipment)),
        qualifications=frozenset(by_slug(Qualification)),
        locations=frozenset(by_slug(Location)),
        rooms=frozenset(by_slug(Room)),
        session_types=frozenset(by_slug(SessionType)),
        therapists=frozenset(by_slug(Therapist)),
    )
