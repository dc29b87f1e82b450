"""Sessions, therapists and places in the words of schema.org, out of what their pages show."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.domain.bookable.opening import Opening
from bookings.domain.menu import Offer
from bookings.domain.place import Place
from bookings.domain.team import Member
from bookings.models import SessionType
from bookings.scheduling.hours import local_time
from bookings.scheduling.timeline import Interval
from bookings.templatetags.appointments import map_address, money
from studio.addresses import absolute
from studio.premises.models import Location, Studio
from studio.structured import Thing, path_thing, place_thing, reference, studio_thing, thing
from therapists.models import Certification

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY = timedelta(days=1)
LAST_MINUTE = time(23, 59)
"""How a day is said to end: from 0:00 to 0:00 would mean that it never begins."""


def menu_things(session_types: Iterable[SessionType]) -> list[Thing]:
    """The list of what can be booked; each has a page that says the rest."""
    listed = [
        thing("ListItem", position=position, name=each.name, url=absolute(_session_url(each)))
        for position, each in enumerate(session_types, 1)
    ]
    return [thing("ItemList", itemListElement=listed)] if listed else []


def session_things(offer: Offer, studio: Studio) -> list[Thing]:
    """A session, its price at each place, and the way to its page."""
    session_type = offer.session_type
    url = _session_url(session_type)
    service = thing(
        "Service",
        id=f"session-{session_type.slug}",
        name=session_type.name,
        description=session_type.summary,
        url=absolute(url),
        provider=studio_thing(studio),
        offers=[_offer(session_type, place, studio) for place in offer.places],
    )
    steps = ((_("Sessions and prices"), reverse("bookings:sessions")), (session_type.name, url))
    return [service, *(place_thing(place, studio) for place in offer.places), path_thing(*steps)]


def therapist_things(member: Member, places: Iterable[Location], studio: Studio) -> list[Thing]:
    """Somebody who works at the places, with what counts today, and the way to the page."""
    therapist = member.therapist
    url = reverse("bookings:therapist", args=[therapist.slug])
    person = thing(
        "Person",
        id=f"therapist-{therapist.slug}",
        name=therapist.name,
        description=therapist.bio,
        url=absolute(url),
        image=absolute(therapist.photo.url) if therapist.photo else None,
        knowsLanguage=therapist.languages,
        hasCredential=[_credential(each) for each in member.certifications],
        worksFor=studio_thing(studio),
        workLocation=[place_thing(place, studio) for place in places],
    )
    steps = ((_("Therapists"), reverse("bookings:therapists")), (therapist.name, url))
    return [person, path_thing(*steps)]


def location_things(
    location: Location, opening: Opening, place: Place, studio: Studio
) -> list[Thing]:
    """A place with its hours, and with what the cheapest and the dearest session there cost."""
    found = place_thing(
        location,
        studio,
        openingHoursSpecification=hours(opening, location.zone),
        priceRange=_price_range(place, studio.currency),
        hasMap=map_address(location.address),
    )
    return [found]


def hours(opening: Opening, zone: ZoneInfo) -> list[Thing]:
    """The usual hours by weekday, and the dates that differ; none of a place without any."""
    usual: dict[tuple[time, time], list[str]] = {}
    special: list[Thing] = []
    for day in opening.week:
        for stretch in day.stretches if day.usual is None else day.usual:
            usual.setdefault(_times(stretch, zone), []).append(DAYS[day.date.weekday()])
        if day.usual is not None:
            special += _dated([_times(each, zone) for each in day.stretches], day.date, day.date)
    after = opening.week[-1].date + DAY
    for shut in opening.closures:
        if shut.times is None and shut.last >= after:
            special += _dated([], max(shut.first, after), shut.last)
    weekly = [_hours(times, dayOfWeek=days) for times, days in usual.items()]
    return [*weekly, *special] if weekly or any(day.stretches for day in opening.week) else []


def _dated(stretches: Sequence[tuple[time, time]], first: date, last: date) -> list[Thing]:
    """The hours of dates; none at all are said as from 0:00 to 0:00."""
    return [
        _hours(times, validFrom=first, validThrough=last)
        for times in stretches or [(time.min, time.min)]
    ]


def _hours(times: tuple[time, time], **when: list[str] | date) -> Thing:
    opens, closes = (each.isoformat("minutes") for each in times)
    return thing("OpeningHoursSpecification", opens=opens, closes=closes, **when)


def _times(stretch: Interval, zone: ZoneInfo) -> tuple[time, time]:
    """On the wall clock; one that closes before it opens closes on the next day."""
    opens, closes = (_wall(minute, zone).time() for minute in (stretch.start, stretch.end))
    return opens, closes if closes != time.min else LAST_MINUTE


def _wall(minute: int, zone: ZoneInfo) -> datetime:
    return local_time(minute, zone)


def _offer(session_type: SessionType, place: Location, studio: Studio) -> Thing:
    price = {"price": session_type.price, "priceCurrency": studio.currency}
    length = thing("QuantitativeValue", value=session_type.duration_minutes, unitCode="MIN")
    book = reverse("bookings:book-time", args=[place.slug, session_type.slug])
    return thing(
        "Offer",
        url=absolute(book),
        **price,
        priceSpecification=thing("UnitPriceSpecification", **price, referenceQuantity=length),
        availableAtOrFrom=reference(place),
    )


def _credential(certification: Certification) -> Thing:
    return thing(
        "EducationalOccupationalCredential",
        name=certification.qualification.name,
        recognizedBy=thing("Organization", name=certification.issuing_body),
        expires=certification.expires_on,
    )


def _price_range(place: Place, currency: str) -> str:
    prices = {session.price for session in place.sessions}
    ends = sorted({min(prices), max(prices)}) if prices else []
    return "–".join(money(price, currency) for price in ends)


def _session_url(session_type: SessionType) -> str:
    return reverse("bookings:session", args=[session_type.slug])
