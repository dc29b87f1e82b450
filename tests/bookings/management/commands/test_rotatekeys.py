"""All that is kept in cipher under the first key: in any number of runs, and never lost."""

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from bookings.models import Answers, Review
from studio import rotating
from studio.ciphers import decrypt, encrypt, is_current
from tests.factories import MONDAY, MONDAY_AT_TEN, make_booking, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

OLD, NEW, OTHER = (Fernet.generate_key().decode() for _ in range(3))


@pytest.fixture(autouse=True)
def keys(settings):
    settings.FIELD_KEYS = [OLD]
    return settings


def make_answers(text):
    return Answers.objects.create(
        booking=make_booking(),
        ask="booking",
        version=1,
        date=MONDAY,
        cipher=encrypt(text),
        is_complete=True,
        has_consent=True,
        answered_at=MONDAY_AT_TEN,
        source="site",
    )


def make_review(note):
    return Review.objects.create(
        booking=make_booking(),
        by=make_user(),
        at=MONDAY_AT_TEN,
        is_approved=True,
        date=MONDAY,
        barefoot=True,
        note=encrypt(note),
    )


def rotate(capsys):
    call_command("rotatekeys")
    return capsys.readouterr().out.strip()


def test_all_is_encrypted_anew_and_the_old_key_can_go(keys, capsys):
    rows = [make_answers(text) for text in ("one", "two", "")]
    review = make_review("three")
    keys.FIELD_KEYS = [NEW, OLD]

    assert rotate(capsys) == "Encrypted anew: 3. Under the first key already: 0."

    keys.FIELD_KEYS = [NEW]
    for row in (*rows, review):
        row.refresh_from_db()
    assert [decrypt(row.cipher) for row in rows] == ["one", "two", ""]
    assert decrypt(review.note) == "three"


def test_a_second_run_finds_it_done(keys, capsys):
    make_answers("one")
    keys.FIELD_KEYS = [NEW, OLD]
    rotate(capsys)

    assert rotate(capsys) == "Encrypted anew: 0. Under the first key already: 1."


def test_a_run_that_was_stopped_goes_on_where_it_was(keys, capsys, monkeypatch):
    rows = [make_answers(text) for text in "abcde"]
    keys.FIELD_KEYS = [NEW, OLD]
    monkeypatch.setattr(rotating, "BATCH", 2)
    whole = rotating._rotate

    def stopped(model, column, pk, cipher):
        if pk == rows[3].pk:
            raise KeyboardInterrupt
        return whole(model, column, pk, cipher)

    monkeypatch.setattr(rotating, "_rotate", stopped)
    with pytest.raises(KeyboardInterrupt):
        rotate(capsys)
    monkeypatch.setattr(rotating, "_rotate", whole)

    assert rotate(capsys) == "Encrypted anew: 3. Under the first key already: 2."
    assert all(is_current(row.cipher) for row in Answers.objects.all())


def test_what_no_key_reads_is_named_and_the_rest_is_done(keys, capsys):
    keys.FIELD_KEYS = [OTHER]
    lost = make_answers("lost")
    keys.FIELD_KEYS = [OLD]
    make_answers("one")
    keys.FIELD_KEYS = [NEW, OLD]

    with pytest.raises(CommandError, match="No key reads these: 1"):
        rotate(capsys)

    said = capsys.readouterr()
    assert said.out.startswith("Encrypted anew: 1.")
    assert said.err == f"bookings.Answers {lost.pk}, cipher\n"
    lost.refresh_from_db()
    keys.FIELD_KEYS = [OTHER]
    assert decrypt(lost.cipher) == "lost"
