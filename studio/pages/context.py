"""What every page shows of the house."""

from collections.abc import Mapping

from django.http import HttpRequest

from studio.premises.house import House


def house(request: HttpRequest) -> Mapping[str, House]:
    """The context processor."""
    return {"house": House.of(request)}
