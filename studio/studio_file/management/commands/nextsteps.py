"""`manage.py nextsteps`: what is left to type in a new studio."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Says how to make the first member of staff, as long as there is none."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the line to type, or nothing."""
        if not get_user_model().objects.filter(is_active=True, is_staff=True).exists():
            self.stdout.write(
                "Nobody can sign in as staff yet. Make the first one in another terminal:\n"
                "    .venv/bin/python manage.py createstaff USERNAME --role manager"
            )
