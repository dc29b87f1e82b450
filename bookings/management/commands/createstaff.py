"""`manage.py createstaff`: somebody who can sign in."""

import sys
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bookings.domain.staff import Role, create_staff
from therapists.models import Therapist


class Command(BaseCommand):
    help = "Makes a member of staff, who can sign in at /admin/."

    def add_arguments(self, parser: CommandParser) -> None:
        """The name, the role, the therapist and the address behind it, how the password comes."""
        parser.add_argument("username")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument(
            "--therapist", metavar="SLUG", help="whose account it is; needed with that role"
        )
        parser.add_argument(
            "--email", help="where they are told of changes in their schedule, or of reviews"
        )
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the password from the first line of standard input",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for the password and the address, if somebody is there; make the account."""
        username, role = options["username"], Role(options["role"])
        therapist = _therapist(options["therapist"])
        password = (
            sys.stdin.readline().rstrip("\r\n") if options["password_stdin"] else _asked_twice()
        )
        email = options["email"]
        if email is None:
            email = "" if options["password_stdin"] else _asked_for_address()
        try:
            create_staff(username, password, role, therapist=therapist, email=email)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write(f"{username} can sign in as {role.value}.")


def _therapist(slug: str | None) -> Therapist | None:
    if slug is None:
        return None
    try:
        return Therapist.objects.get(slug=slug)
    except Therapist.DoesNotExist:
        known = ", ".join(Therapist.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no therapist {slug!r}. There are: {known}.") from None


def _asked_for_address() -> str:
    if not sys.stdin.isatty():
        return ""
    return input("E-mail, for what they are told (empty for none): ").strip()


def _asked_twice() -> str:
    password = getpass("Password: ")
    if getpass("Password again: ") != password:
        raise CommandError("The two passwords differ. Nothing was made.")
    return password
