"""Lists in pages: a cursor names the row that a page begins behind, so no row is skipped."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from studio.api.fields import Digits, Strict, Text

PAGE_SIZE = 50
MAX_PAGE_SIZE = 200


class PageQuery(Strict):
    """What every list takes."""

    page_size = Digits(
        required=False,
        min_value=1,
        max_value=MAX_PAGE_SIZE,
        help_text=f"How many results a page has, {PAGE_SIZE} unless told.",
    )
    cursor = Text(required=False, help_text="Take it from `next` or `previous`; it has no meaning.")


class CursorPages(BasePagination):
    """Pages in the order that the view names in `ordering`, whose last field is unique.

    Cursors are signed: one that was not given out is `invalid`, whatever it holds.
    """

    ordering: tuple[str, ...]
    next_url: str | None = None
    previous_url: str | None = None

    def paginate_queryset(
        self, queryset: Any, request: Request, view: object | None = None
    ) -> list[Any]:
        """The rows of the page asked for; the query has been validated as a `PageQuery`."""
        self.ordering = getattr(view, "ordering", ("slug",))
        size = int(request.query_params.get("page_size") or PAGE_SIZE)
        backwards, edge = self._read(request.query_params.get("cursor") or "")

        names = [f"-{name}" for name in self.ordering] if backwards else self.ordering
        rows = queryset.order_by(*names).filter(self._beyond(edge, backwards=backwards))
        found = list(rows[: size + 1])
        page, has_more = found[:size], len(found) > size
        if backwards:
            page.reverse()

        url = remove_query_param(request.build_absolute_uri(), "cursor")
        if page and (has_more or backwards):
            self.next_url = self._link(url, page[-1], backwards=False)
        if page and (has_more if backwards else edge):
            self.previous_url = self._link(url, page[0], backwards=True)
        return page

    def get_paginated_response(self, data: Any) -> Response:
        """The page with links to those around it."""
        return Response({"results": data, "next": self.next_url, "previous": self.previous_url})

    def get_paginated_response_schema(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """How the documentation describes a page."""
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {
                "results": {**schema, "maxItems": MAX_PAGE_SIZE},
                "next": link,
                "previous": link,
            },
        }

    def _beyond(self, edge: list[Any], *, backwards: bool) -> Q:
        """Rows after the edge in the order of the page; after nothing at all without one."""
        direction = "lt" if backwards else "gt"
        beyond, same = Q(), Q()
        for name, value in zip(self.ordering, edge, strict=bool(edge)):
            beyond |= same & Q(**{f"{name}__{direction}": value})
            same &= Q(**{name: value})
        return beyond

    def _link(self, url: str, row: Model, *, backwards: bool) -> str:
        edge = [_plain(getattr(row, name)) for name in self.ordering]
        return replace_query_param(
            url, "cursor", signing.dumps([backwards, *edge], salt=self._salt)
        )

    def _read(self, cursor: str) -> tuple[bool, list[Any]]:
        if not cursor:
            return False, []
        try:
            backwards, *edge = signing.loads(cursor, salt=self._salt)
        except signing.BadSignature as error:
            unknown = ErrorDetail(str(_("Take cursors from `next` and `previous`.")), "invalid")
            raise ValidationError({"cursor": [unknown]}) from error
        return backwards, edge

    @property
    def _salt(self) -> str:
        """A cursor of one order is of no use in another."""
        return "studio.api.pages:" + ",".join(self.ordering)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value
