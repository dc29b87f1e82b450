"""Looking clients up while they are on the telephone."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, JsonResponse

from bookings.domain.clients.identity import find, last_sessions
from studio.clock import this_minute
from studio.methods import require_safe


@require_safe
@permission_required("bookings.view_client", raise_exception=True)
def find_client(request: HttpRequest) -> JsonResponse:
    """Who matches `q` best; nobody for fewer than two characters."""
    clients = find(request.GET.get("q", ""))
    dates = last_sessions(clients, now=this_minute())
    found = [
        {
            "id": client.pk,
            "name": client.name,
            "phone": client.phone,
            "email": client.email,
            "last_session": dates.get(client.pk),
            "blocked": client.is_blocked,
        }
        for client in clients
    ]
    return JsonResponse({"results": found})
