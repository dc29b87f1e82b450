"""Arbitrary studio files, valid and whole: what they name is in them."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from bookings.enums import Status
from studio.studio_file import schema

slugs = st.from_regex(r"[-a-zA-Z0-9_]{1,8}", fullmatch=True)
lines = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=20
).filter(str.strip)
remarks = st.one_of(st.just(""), lines)
texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\r\t"), max_size=40
)
days = st.dates(min_value=date(1970, 1, 1), max_value=date(2999, 12, 31))
wall_times = st.builds(
    lambda day, steps: datetime(day.year, day.month, day.day) + timedelta(minutes=5 * steps),
    days,
    st.integers(0, 287),
)
clock_times = st.integers(0, 287).map(lambda steps: f"{steps // 12:02}:{steps % 12 * 5:02}")
offsets = st.integers(-48, 56).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
prices = st.decimals(0, 999_999, places=2).map(lambda price: Decimal(f"{price:.2f}"))

styles: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}), st.fixed_dictionaries({"style": slugs, "level": st.integers(1, 9)})
)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Such a value, or none."""
    return st.one_of(st.none(), values)


def some_of(values: list[str]) -> st.SearchStrategy[list[str]]:
    """A few of the values, each once."""
    return st.lists(st.sampled_from(values), unique=True) if values else st.just([])


def few(values: st.SearchStrategy[Any], **limits: Any) -> st.SearchStrategy[list[Any]]:
    """None, one or two."""
    return st.lists(values, max_size=2, **limits)


@st.composite
def periods(draw: st.DrawFn) -> dict[str, datetime]:
    """A stretch of wall-clock time."""
    start = draw(wall_times)
    return {"from_": start, "until": start + timedelta(minutes=5 * draw(st.integers(1, 3000)))}


@st.composite
def closures(draw: st.DrawFn) -> schema.Closure:
    """Dates or wall-clock times."""
    start = draw(days)
    dates = {"from_": start, "until": start + timedelta(days=draw(st.integers(0, 9)))}
    return schema.Closure.model_validate(
        {**draw(st.one_of(st.just(dates), periods())), "reason": draw(remarks)}
    )


@st.composite
def rooms(draw: st.DrawFn, slug: str, equipment: list[str], beside: list[str]) -> schema.Room:
    """A room with some of the equipment, beside others."""
    there = draw(some_of(equipment))
    return schema.Room(
        slug=slug,
        name=draw(lines),
        equipment=there,
        beside=beside,
        inspections={item: draw(days) for item in draw(some_of(there))},
        active=draw(st.booleans()),
        blocks=[schema.Block(**period, reason=draw(remarks)) for period in draw(few(periods()))],
    )


@st.composite
def shifts(draw: st.DrawFn, locations: list[str]) -> schema.Shift:
    """A shift at one of the locations."""
    first = draw(maybe(days))
    start = draw(clock_times)
    return schema.Shift(
        location=draw(st.sampled_from(locations)),
        days=draw(st.lists(st.sampled_from(["mon", "wed", "sun"]), min_size=1, unique=True)),
        from_=start,
        until=draw(st.one_of(st.just("24:00"), clock_times).filter(lambda end: end != start)),
        first=first,
        last=draw(maybe(st.just(first or date(2030, 1, 1)))),
    )


@st.composite
def therapists(
    draw: st.DrawFn,
    slug: str,
    locations: list[str],
    session_types: list[str],
    qualifications: list[str],
) -> schema.Therapist:
    """A therapist; the numbers of certifications differ."""
    places = st.sampled_from(locations or ["nowhere"])
    clocks = maybe(places) if len(locations) == 1 else places
    stretches = few(periods()) if locations else st.just([])
    return schema.Therapist(
        slug=slug,
        name=draw(lines),
        pronouns=draw(remarks),
        bio=draw(texts),
        languages=draw(some_of(["en", "pt-BR", "zh-Hant"])),
        session_types=draw(some_of(session_types)),
        max_barefoot_minutes_per_day=draw(maybe(st.integers(1, 288).map(lambda steps: 5 * steps))),
        active=draw(st.booleans()),
        certifications=[
            schema.Certification(
                qualification=qualification,
                issuing_body=draw(lines),
                number=str(number),
                issued_on=date(1970, 1, 1),
                expires_on=draw(maybe(days)),
                verified_on=draw(maybe(days)),
                revoked_on=draw(maybe(days)),
            )
            for number, qualification in enumerate(draw(some_of(qualifications)))
        ],
        shifts=draw(few(shifts(locations))) if locations else [],
        extra_shifts=[
            schema.ExtraShift(location=draw(places), **period) for period in draw(stretches)
        ],
        time_off=[
            schema.TimeOff(**period, location=draw(clocks), barefoot_only=draw(st.booleans()))
            for period in draw(stretches)
        ],
    )


@st.composite
def session_types(
    draw: st.DrawFn,
    slug: str,
    locations: list[str],
    equipment: list[str],
    qualifications: list[str],
) -> schema.SessionType:
    """A session type that asks for some of what there is."""
    steps = draw(st.integers(1, 200))
    return schema.SessionType(
        slug=slug,
        name=draw(lines),
        summary=draw(remarks),
        description=draw(texts),
        style=draw(st.one_of(st.just(""), slugs)),
        barefoot=draw(st.booleans()),
        duration_minutes=5 * steps,
        talk_minutes=5 * draw(st.integers(0, steps - 1)),
        buffer_before_minutes=5 * draw(st.integers(0, 20)),
        buffer_after_minutes=5 * draw(st.integers(0, 20)),
        price=draw(prices),
        locations=draw(some_of(locations)),
        requires_equipment=draw(some_of(equipment)),
        requires_qualifications=draw(some_of(qualifications)),
        active=draw(st.booleans()),
    )


clients = st.builds(
    schema.Client,
    name=lines,
    email=st.sampled_from(["", "ada@lindqvist.example"]),
    phone=st.just("+13035550161"),
)


@st.composite
def bookings(draw: st.DrawFn, *named: list[str]) -> schema.Booking:
    """A booking of one of each; no rule but those of its form is kept."""
    location, session_type, therapist = (draw(st.sampled_from(slugs)) for slugs in named[:3])
    return schema.Booking(
        location=location,
        session_type=session_type,
        therapist=therapist,
        room=draw(maybe(st.sampled_from(named[3]))) if named[3] else None,
        starts_at=draw(wall_times).replace(tzinfo=draw(offsets)),
        client=draw(clients),
        status=draw(st.sampled_from(Status.values)),
    )


@st.composite
def questions(draw: st.DrawFn, key: str) -> schema.Question:
    """A question of any kind."""
    kind = draw(st.sampled_from(["yes_no", "yes_no_date", "text"]))
    windows = (
        sorted(draw(st.sets(st.integers(0, 500), max_size=3))) if kind == "yes_no_date" else []
    )
    results = st.sampled_from(["fine", "note", "review", "unsuitable"])
    return schema.Question.model_validate(
        {
            "key": key,
            "text": draw(lines),
            "text_es": draw(remarks),
            "help": draw(remarks),
            "help_es": draw(remarks),
            "kind": kind,
            "required": draw(st.booleans()),
            "ask": draw(st.sampled_from(["booking", "day_before"])),
            "date_label": draw(remarks),
            "date_label_es": draw(remarks),
            "outcomes": [
                *({"within_days": window, "outcome": draw(results)} for window in windows),
                {"outcome": draw(results)},
            ],
        }
    )


@st.composite
def studio_files(draw: st.DrawFn) -> schema.StudioFile:
    """A whole file."""
    equipment, qualifications, locations, types, people, room_slugs = (
        draw(few(slugs, unique=True)) for _ in range(6)
    )
    if not locations:
        room_slugs = []
    is_signed_off = draw(st.booleans())
    drawn_bookings: list[schema.Booking] = []
    if locations and types and people:
        drawn_bookings = draw(few(bookings(locations, types, people, room_slugs)))
    return schema.StudioFile(
        studio=draw(
            maybe(
                st.builds(
                    schema.Studio,
                    name=lines,
                    currency=st.just("EUR"),
                    language=st.sampled_from(["en", "es"]),
                )
            )
        ),
        equipment=[schema.Equipment(slug=slug, name=draw(lines)) for slug in equipment],
        qualifications=[
            schema.Qualification(slug=slug, name=draw(lines), **draw(styles))
            for slug in qualifications
        ],
        locations=[
            schema.Location(
                slug=slug,
                name=draw(lines),
                timezone=draw(st.sampled_from(["America/Denver", "Asia/Kathmandu"])),
                address=draw(lines),
                phone=draw(lines),
                email="hello@stillwater.example",
                slot_step_minutes=draw(st.sampled_from([5, 15, 25])),
                min_notice_minutes=draw(st.integers(0, 10_000)),
                horizon_days=draw(st.integers(0, 730)),
                free_cancellation_hours=draw(st.integers(0, 100)),
                reminder_hours=draw(st.lists(st.integers(1, 336), max_size=5, unique=True)),
                follow_up_hours=draw(st.none() | st.integers(0, 100)),
                active=draw(st.booleans()),
                rooms=[
                    draw(rooms(room, equipment, sorted({*group} - {room}) if together else []))
                    for group in [room_slugs[position :: len(locations)]]
                    for together in [draw(st.booleans())]
                    for room in group
                ],
                closures=draw(few(closures())),
            )
            for position, slug in enumerate(locations)
        ],
        session_types=[
            draw(session_types(slug, locations, equipment, qualifications)) for slug in types
        ],
        therapists=[draw(therapists(slug, locations, types, qualifications)) for slug in people],
        bookings=drawn_bookings,
        questionnaire=schema.Questionnaire(
            version=draw(st.integers(1, 99)),
            signed_off_by=draw(lines) if is_signed_off else None,
            signed_off_on=draw(days) if is_signed_off else None,
            questions=[draw(questions(key)) for key in ("pregnant", "surgery")],
        ),
    )
