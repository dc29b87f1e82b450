"""`manage.py dumpstudio`: writes the studio as a file that loads to the same."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from studio.clock import this_minute
from studio.studio_file.dumping import dump
from studio.studio_file.mistakes import StudioFileError
from studio.studio_file.reading import read
from studio.studio_file.writing import write


class Command(BaseCommand):
    help = "Writes the studio as a studio file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to write, and whether clients' bookings belong in it."""
        parser.add_argument("--output", type=Path, metavar="FILE", help="not standard output")
        parser.add_argument(
            "--with-bookings", action="store_true", help="bookings and the clients' names too"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; say on standard error what would keep it from being loaded."""
        text = write(dump(now=this_minute(), with_bookings=options["with_bookings"]))
        output: Path | None = options["output"]
        if output is None:
            self.stdout.write(text, ending="")
        else:
            try:
                # It may name clients: nobody but the owner reads a file that is new.
                output.touch(mode=0o600)
                output.write_text(text, encoding="utf-8", newline="")
            except OSError as error:
                raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        try:
            read(text.encode())
        except StudioFileError as error:
            self.stderr.write(f"Mend the file before you load it:\n{error}")
