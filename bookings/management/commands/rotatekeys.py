"""`manage.py rotatekeys`: all that is kept in cipher under the first of FIELD_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from studio.rotating import rotate_all


class Command(BaseCommand):
    help = "Encrypts health answers and notes anew with the first of FIELD_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many; the exit code is 1 when some cannot be read with any key."""
        found = rotate_all()
        self.stdout.write(
            f"Encrypted anew: {found.done}. Under the first key already: {found.current}."
        )
        if found.unreadable:
            for row in found.unreadable:
                self.stderr.write(row)
            raise CommandError(
                f"No key reads these: {len(found.unreadable)}. Put the key that they were"
                " encrypted with back into FIELD_KEYS, and run this again."
            )
