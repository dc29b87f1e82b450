"""How much needs attention, for the head of every page, which must not wait for it."""

from django.contrib.auth.decorators import permission_required
from django.core.cache import cache
from django.http import HttpRequest, JsonResponse

from bookings.domain.attention.resolving import attention
from bookings.domain.telling.delivery import undelivered
from bookings.scheduling.timeline import Minute
from studio.clock import this_minute
from studio.methods import require_safe
from studio.premises.models import ScheduleVersion

LAST = "attention-count"
KEPT_SECONDS = 60
"""Sessions begin and deadlines pass without anybody writing anything."""


@require_safe
@permission_required("bookings.change_booking", raise_exception=True)
def attention_count(request: HttpRequest) -> JsonResponse:
    """The number, for the script that fills it in."""
    return JsonResponse({"count": counted(now=this_minute())})


def counted(*, now: Minute) -> int:
    """How many there are; reckoned anew when the schedule has changed, or after a minute."""
    versions = ScheduleVersion.objects.order_by("location").values_list("location", "number")
    key = f"{LAST}:" + ",".join(f"{location}-{number}" for location, number in versions)
    count = cache.get(key)
    if count is None:
        count = len(attention(now=now))
        cache.set(key, count, KEPT_SECONDS)
    total = int(count) + undelivered(now)
    remember(total)
    return total


def remember(count: int) -> None:
    """Keep the number for pages that are shown next."""
    cache.set(LAST, count, KEPT_SECONDS)


def last_known() -> int | None:
    """The number as it was less than a minute ago, if anybody asked; no query is made for it."""
    count: int | None = cache.get(LAST)
    return count
