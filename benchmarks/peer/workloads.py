"""The same workloads, as `django-appointment` has to be asked for them.

It knows no "any therapist" and no month: what its own pages ask for is one day of one member of
staff. Booking is the two forms that its pages send, by a client who has signed in already.
"""

import http.client
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from urllib.parse import urlencode

from benchmarks.driver import NEXT, Driver, Job, Sample, Unit
from benchmarks.figures import PEER, Cost, cost
from benchmarks.measuring import SECONDS, Place
from benchmarks.peer.running import Peer
from benchmarks.rounds import Pairing
from benchmarks.studios import DAYS_AHEAD, HORIZON_DAYS, STARTS
from benchmarks.workloads import Workload, request

BASE = "/appointment"
BOOKINGS = 20
CSRF = "c" * 32


@dataclass(frozen=True)
class Asking:
    """What stands beside one workload of ours."""

    units: Callable[[], Sequence[Unit]]
    status: int = 200
    seconds: float | None = SECONDS


def askings(peer: Peer) -> dict[str, Asking]:
    """By the names of our workloads."""
    booked = bookings(peer)
    return {
        "W1": Asking(lambda: [a_day(peer, day) for day in range(DAYS_AHEAD)]),
        "W2": Asking(lambda: [[each for day in range(DAYS_AHEAD) for each in a_day(peer, day)]]),
        "W3": Asking(lambda: list(islice(booked, BOOKINGS)), status=302, seconds=None),
    }


def a_day(peer: Peer, day: int) -> Unit:
    """When each of the staff has time on one day."""
    return [
        request(
            "GET",
            f"{BASE}/ajax/available_slots/?"
            + urlencode(
                {
                    "selected_date": peer.first + timedelta(days=day),
                    "staff_member": member,
                    "service_id": peer.service,
                }
            ),
            X_Requested_With="XMLHttpRequest",
        )
        for member in peer.staff
    ]


def bookings(peer: Peer) -> Iterator[Unit]:
    """Every time somebody else, at a start that nobody has asked for yet."""
    starts = (
        datetime.combine(peer.first + timedelta(days=number), start)
        for number in range(DAYS_AHEAD, HORIZON_DAYS)
        for start in STARTS
    )
    for number, (session, start) in enumerate(zip(peer.sessions, starts, strict=False)):
        send = partial(form, session)
        yield [
            send(
                f"{BASE}/request-submit/",
                date=start.date(),
                start_time=start.time(),
                end_time=(start + timedelta(hours=1)).time(),
                service=peer.service,
                staff_member=peer.staff[number % len(peer.staff)],
            ),
            send(
                NEXT,
                name=f"Guest {number}",
                phone_0="US",
                phone_1="3035550142",
                payment_type="full",
            ),
        ]


def form(session: str, path: str, **fields: object) -> str:
    """What a browser sends with a form."""
    return request(
        "POST",
        path,
        urlencode({**fields, "csrfmiddlewaretoken": CSRF}),
        Cookie=f"sessionid={session}; csrftoken={CSRF}",
        Content_Type="application/x-www-form-urlencoded",
    )


def open_times(peer: Peer) -> int:
    """How many starts it offers in the 30 days, each counted for each of the staff."""
    found = 0
    with closing(http.client.HTTPConnection("127.0.0.1", peer.server.port)) as connection:
        for day in range(DAYS_AHEAD):
            for message in a_day(peer, day):
                path = message.split(" ")[1]
                connection.request("GET", path, headers={"X-Requested-With": "XMLHttpRequest"})
                found += len(json.load(connection.getresponse())["available_slots"])
    return found


def peer_asked(peer: Peer, asking: Asking, driver: Driver) -> Sample:
    """One round of one of its workloads."""
    port = peer.server.port
    return peer.server.asked(Job(port, asking.units(), asking.status, 1, asking.seconds), driver)


def our_cost(place: Place, workload: Workload, driver: Driver) -> Cost:
    """What the same costs here."""
    return cost(place.asked(workload, 1, driver), 1)


def pairings(
    peer: Peer, place: Place, workloads: Sequence[Workload], driver: Driver
) -> list[Pairing]:
    """Each of its workloads at one client, beside ours."""
    asked, found = askings(peer), []
    for workload in workloads:
        asking = asked.get(workload.name)
        if asking is None:
            continue

        measure = partial(peer_asked, peer, asking, driver)
        measure()  # what comes first is slower
        found.append(
            Pairing(
                1,
                measure,
                partial(our_cost, place, workload, driver),
                {
                    "workload": f"{PEER}: {workload.name}",
                    "studio": str(place.size),
                    "engine": place.engine,
                    "yardstick": f"{workload.name} here",
                },
            )
        )
    return found
