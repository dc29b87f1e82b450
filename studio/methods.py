"""Which methods a page answers."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe as only_safe


def require_safe[View: Callable[..., HttpResponseBase]](view: View) -> View:
    """Answer GET and HEAD, and any other method with 405, wherever it was sent from.

    What changes nothing needs no proof that a form came from our own pages; without one it would
    be told that the form is too old.
    """
    return csrf_exempt(only_safe(view))
