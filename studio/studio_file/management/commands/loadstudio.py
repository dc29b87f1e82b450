"""`manage.py loadstudio`: sets a studio up from its file, or brings it up to date."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bookings.domain.attention.judging import Affected
from studio.clock import this_minute
from studio.premises.models import Location
from studio.studio_file.loading import load
from studio.studio_file.mistakes import StudioFileError
from studio.studio_file.progress import Progress


class Command(BaseCommand):
    help = (
        "Loads a studio file. What it names is updated or added, nothing is deleted; with a"
        " mistake in it nothing is loaded, and every mistake is told."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, or with --if-empty the one that the settings name."""
        parser.add_argument("file", type=Path, nargs="?", help="with --if-empty: STUDIO_FILE")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing in a studio that has a location"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the file and say what was done, or fail with its mistakes.

        How far a large one is, is said on standard error.
        """
        file: Path | None = options["file"]
        if options["if_empty"]:
            file = file or settings.STUDIO_FILE
            if Location.objects.exists():
                self.stdout.write("The studio is set up already; no file was loaded.")
                return
        if file is None:
            raise CommandError("Name the studio file to load.")
        try:
            report = load(file, now=this_minute(), tell=Progress(self.stderr))
        except StudioFileError as error:
            raise CommandError(
                f"Nothing was loaded from {file}, for {_counted(error)}:\n{error}"
            ) from error
        self.stdout.write(f"Loaded {file}: {report}.")
        if report.affected:
            self.stdout.write("These bookings do not fit the schedule now; none was changed:")
            self.stdout.writelines(f"    {_told(one)}\n" for one in report.affected)


def _told(affected: Affected) -> str:
    booking = affected.booking
    start = booking.starts_at.astimezone(booking.location.zone)
    rules = ", ".join(affected.rules)
    return f"{booking.reference}, {start:%Y-%m-%d %H:%M}, {booking.therapist.name}: {rules}"


def _counted(error: StudioFileError) -> str:
    count = len(error.mistakes)
    return "a mistake in it" if count == 1 else f"{count} mistakes in it"
