from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import studio.studio_file
from studio.studio_file.reading import read
from studio.studio_file.schema import (
    Location,
    Qualification,
    Room,
    SessionType,
    StudioFile,
    Therapist,
)

EXAMPLES = Path(studio.studio_file.__file__).parent / "examples"
NAMES = ["demo", "chain", "tiny"]


def load(name: str) -> StudioFile:
    return read(EXAMPLES / f"{name}.toml")


def offers(file: StudioFile) -> Iterator[tuple[SessionType, Location]]:
    """Each session type with each of its locations."""
    for session_type in file.session_types:
        for location in file.locations:
            if location.slug in session_type.locations:
                yield session_type, location


def holds(therapist: Therapist, required: Qualification, file: StudioFile, day: date) -> bool:
    """Whether one of the therapist's certifications counts for this on that day (rule S6)."""
    held = {
        proof.qualification
        for proof in therapist.certifications
        if proof.verified_on
        and proof.issued_on <= day <= (proof.expires_on or date.max)
        and (proof.revoked_on or date.max) > day
    }
    return any(
        one.slug == required.slug
        or (one.style == required.style and (one.level or 0) >= (required.level or 1))
        for one in file.qualifications
        if one.slug in held
    )


def is_able(therapist: Therapist, session_type: SessionType, file: StudioFile, day: date) -> bool:
    required = (
        one for one in file.qualifications if one.slug in session_type.requires_qualifications
    )
    return session_type.slug in therapist.session_types and all(
        holds(therapist, one, file, day) for one in required
    )


def has_what_it_takes(room: Room, session_type: SessionType, day: date) -> bool:
    """Whether the room has the equipment, none of it overdue (rule S5)."""
    return all(
        item in room.equipment and room.inspections.get(item, date.max) >= day
        for item in session_type.requires_equipment
    )


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2035, 12, 1)])
@pytest.mark.parametrize("name", NAMES)
def test_every_session_type_has_a_therapist_and_a_room_wherever_it_is_offered(name, day):
    file = load(name)

    lacking = [
        (session_type.slug, location.slug)
        for session_type, location in offers(file)
        if not any(has_what_it_takes(room, session_type, day) for room in location.rooms)
        or not any(
            is_able(therapist, session_type, file, day)
            and any(shift.location == location.slug for shift in therapist.shifts)
            for therapist in file.therapists
        )
    ]

    assert list(offers(file))
    assert lacking == []


@pytest.mark.parametrize("name", NAMES)
def test_the_shifts_of_an_example_never_run_out(name):
    shifts = [shift for therapist in load(name).therapists for shift in therapist.shifts]

    assert shifts
    assert all(shift.first is None and shift.last is None for shift in shifts)


@pytest.mark.parametrize("name", NAMES)
def test_no_therapist_of_an_example_can_give_nothing(name):
    file = load(name)

    idle = [
        therapist.slug
        for therapist in file.therapists
        if not any(
            is_able(therapist, session_type, file, date(2035, 12, 1))
            for session_type in file.session_types
        )
    ]

    assert idle == []


def test_the_demo_has_a_lapsed_and_an_unverified_certification():
    demo = load("demo")
    proofs = [
        (therapist.slug, proof.qualification)
        for therapist in demo.therapists
        for proof in therapist.certifications
        if proof.verified_on is None or (proof.expires_on or date.max) < date(2026, 1, 1)
    ]

    assert proofs == [("lucia", "bar-two-foot"), ("sam", "barefoot-insurance")]


def test_the_demo_asks_what_somebody_has_signed_off():
    questionnaire = load("demo").questionnaire

    assert questionnaire is not None
    assert questionnaire.signed_off_by == "Mei Tanaka"
    assert len(questionnaire.questions) == 18


def test_someone_in_the_chain_works_in_two_time_zones():
    chain = load("chain")
    zones = {location.slug: location.timezone for location in chain.locations}

    assert any(
        len({zones[shift.location] for shift in therapist.shifts}) == 2
        for therapist in chain.therapists
    )


def test_the_demo_asks_each_of_its_health_questions_in_spanish_too():
    questionnaire = load("demo").questionnaire

    assert questionnaire is not None
    for question in questionnaire.questions:
        assert question.text_es.startswith("¿"), question.key
        assert bool(question.help_es) == bool(question.help), question.key
        assert bool(question.date_label_es) == bool(question.date_label), question.key
