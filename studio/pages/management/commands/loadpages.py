"""`manage.py loadpages`: the pages that the program brings, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from studio.pages.content_files import ContentError, content_pages
from studio.pages.loading import load, load_again


class Command(BaseCommand):
    help = (
        "Loads the informational pages that were never there. What a manager changed or deleted"
        " stays so."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to put back what was changed."""
        parser.add_argument(
            "--again",
            action="store_true",
            help="put every page back to what the program brings; the history keeps what was there",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load them and say how many, or fail with what is wrong in a file."""
        try:
            pages = content_pages()
        except ContentError as error:
            raise CommandError(f"No page was loaded. {error}") from error
        loaded = load_again(pages) if options["again"] else load(pages)
        if loaded:
            names = ", ".join(f"{page.language}/{page.slug}" for page in loaded)
            self.stdout.write(f"Pages loaded: {names}.")
