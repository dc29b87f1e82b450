"""Writes the same studio for `django-appointment`: `python -m benchmarks.peer.fill < STUDIO`.

Runs in the peer's environment. Reads what `peer.described` says of a studio, prints whom
to ask for, and the sessions of clients who have signed in.
"""

import json
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import django

BATCH = 2000


def fill(studio: dict[str, Any]) -> dict[str, Any]:
    """Write all of it."""
    from appointment.models import Service, StaffMember, WorkingHours
    from django.contrib.auth.models import User

    service = Service.objects.create(
        name="Ashiatsu bar session, 60 minutes",
        duration=timedelta(minutes=studio["minutes"]),
        price=Decimal(100),
    )
    staff = []
    for number in range(studio["therapists"]):
        user = User.objects.create_user(f"therapist-{number}", f"therapist-{number}@example.com")
        member = StaffMember.objects.create(
            user=user, slot_duration=studio["step"], slot_gap_time=studio["gap"]
        )
        member.services_offered.add(service)
        for weekday in range(7):
            WorkingHours.objects.create(
                staff_member=member,
                day_of_week=weekday,
                start_time=time.fromisoformat(studio["open"]),
                end_time=time.fromisoformat(studio["close"]),
            )
        staff.append(member)
    write_appointments(studio, service, staff)
    return {
        "service": service.pk,
        "staff": [member.pk for member in staff],
        "sessions": [
            session_of(User.objects.create_user(f"guest-{number}", f"guest-{number}@example.com"))
            for number in range(studio["guests"])
        ],
    }


def write_appointments(studio: dict[str, Any], service: Any, staff: list[Any]) -> None:
    """The bookings, each with its client."""
    from appointment.models import Appointment, AppointmentRequest
    from django.contrib.auth.models import User

    first, length = date.fromisoformat(studio["first"]), timedelta(minutes=studio["minutes"])
    clients = User.objects.bulk_create(
        User(username=f"client-{number}", email=f"client-{number}@example.com")
        for number in range(1 + len(studio["sessions"]) // studio["visits"])
    )
    for at in range(0, len(studio["sessions"]), BATCH):
        batch = studio["sessions"][at : at + BATCH]
        requests = []
        for number, (therapist, day, start) in enumerate(batch, start=at):
            begin = datetime.combine(first + timedelta(days=day), time.fromisoformat(start))
            requests.append(
                AppointmentRequest(
                    date=begin.date(),
                    start_time=begin.time(),
                    end_time=(begin + length).time(),
                    service=service,
                    staff_member=staff[therapist],
                    id_request=f"request-{number}",
                )
            )
        Appointment.objects.bulk_create(
            Appointment(
                client=clients[number // studio["visits"]],
                appointment_request=each,
                id_request=f"appointment-{number}",
                amount_to_pay=Decimal(0),
            )
            for number, each in enumerate(AppointmentRequest.objects.bulk_create(requests), at)
        )


def session_of(user: Any) -> str:
    """The key of a session of somebody who has signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    assert session.session_key is not None
    return session.session_key


if __name__ == "__main__":
    django.setup()
    print(json.dumps(fill(json.load(sys.stdin))))
