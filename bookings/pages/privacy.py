"""Headers of pages whose address, or what they show, is nobody else's business."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponseBase


def private[**P](view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Keep the page out of caches and search engines, and its address out of other sites' logs.

    Browsers send `Origin: null` with a form on a page without referrer, which CSRF protection
    refuses. The templates of pages with forms therefore ask for `same-origin` in a meta element.
    """

    @wraps(view)
    def with_headers(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return with_headers
