"""`manage.py checkschedule`: whether the database keeps what it promises."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bookings.domain.checks import findings
from bookings.models import Booking


class Command(BaseCommand):
    help = "Looks every invariant of the schedule up in the database, and names what is wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        """List what is wrong; the exit code is 1 then."""
        count = 0
        for found in findings():
            count += 1
            self.stdout.write(f"{found.row} {found.wrong}")
        if count:
            raise CommandError(f"Found wrong: {count}.")
        self.stdout.write(f"Nothing is wrong; {Booking.objects.count()} bookings looked at.")
