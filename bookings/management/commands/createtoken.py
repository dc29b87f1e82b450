"""`manage.py createtoken`: with which a program calls the API for a member of staff."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from studio.api.models import Scope
from studio.api.permissions import PERMISSIONS
from studio.api.tokens import issue_token


class Command(BaseCommand):
    help = "Makes an API token and prints it. Nobody can read it again: keep it, or make another."

    def add_arguments(self, parser: CommandParser) -> None:
        """The owner, what the token may be used for, and what it is called."""
        parser.add_argument("username")
        parser.add_argument(
            "--scope",
            required=True,
            action="append",
            choices=Scope.values,
            help="what it may be used for; can be given several times",
        )
        parser.add_argument("--name", default="", help="what it is called in the list of tokens")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, unless its owner may not do what it is for."""
        user = User.objects.filter(username=options["username"]).first()
        if user is None or not (user.is_staff and user.is_active):
            raise CommandError(
                f"There is no member of staff {options['username']!r}. createstaff makes one."
            )
        scopes = [Scope(scope) for scope in options["scope"]]
        beyond = [scope.value for scope in scopes if not user.has_perms(PERMISSIONS[scope])]
        if beyond:
            raise CommandError(
                f"A token gives no more than its owner may: {user} has no right to"
                f" {', '.join(beyond)}."
            )
        self.stdout.write(issue_token(user, scopes, options["name"]))
