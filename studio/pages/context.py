"""What every page shows of the house, and in what other languages it can be read."""

from collections.abc import Callable, Mapping
from functools import partial

from django.http import HttpRequest

from studio.pages.languages import Language, other_languages
from studio.premises.house import House


def house(request: HttpRequest) -> Mapping[str, House | Callable[[], list[Language]]]:
    """The context processor."""
    return {"house": House.of(request), "other_languages": partial(other_languages, request)}
