"""Codes that are sent by mail (rule P1)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.domain.clients.codes import (
    CODE_MINUTES,
    MOST_ATTEMPTS,
    digits_of,
    new_code,
    redeem,
)
from bookings.errors import CodeOver, TooManyCodes, WrongCode
from bookings.models import SignInCode
from tests.bookings.domain.asking import NOW
from tests.factories import make_client

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

ADA = "ada@example.org"


def sent(email=ADA, *, network="a", now=NOW):
    return new_code(email, address_key=network, now=now)


def wrong(code):
    return f"{(int(digits_of(code)) + 1) % 10**6:06}"


def test_p1_a_code_shows_once_that_an_address_is_ones_own():
    code = sent()

    redeem(code.pk, ADA, digits_of(code), now=NOW)

    with pytest.raises(CodeOver):
        redeem(code.pk, ADA, digits_of(code), now=NOW)


def test_a_code_is_six_digits_and_another_one_each_time():
    codes = [digits_of(sent(network=str(number))) for number in range(5)]

    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert len(set(codes)) > 1


@pytest.mark.parametrize("between", [" ", "-", "\N{NO-BREAK SPACE}"])
def test_blanks_between_the_digits_and_the_case_of_the_address_do_not_count(between):
    code = sent()
    digits = digits_of(code)

    redeem(code.pk, " Ada@Example.ORG ", f" {digits[:3]}{between}{digits[3:]} ", now=NOW)


def test_p1_a_code_is_good_for_its_own_address_alone():
    code = sent()

    with pytest.raises(CodeOver):
        redeem(code.pk, "ben@example.org", digits_of(code), now=NOW)


def test_p1_a_code_is_good_for_no_address_that_only_looks_the_same():
    code = sent("kim@example.org")

    with pytest.raises(CodeOver):
        redeem(code.pk, "\N{KELVIN SIGN}im@example.org", digits_of(code), now=NOW)


def test_p1_a_code_that_was_guessed_at_too_often_is_good_for_nothing():
    code = sent()
    for _ in range(MOST_ATTEMPTS - 1):
        with pytest.raises(WrongCode):
            redeem(code.pk, ADA, wrong(code), now=NOW)
    with pytest.raises(CodeOver):
        redeem(code.pk, ADA, wrong(code), now=NOW)

    with pytest.raises(CodeOver):
        redeem(code.pk, ADA, digits_of(code), now=NOW)


def test_p1_a_code_lasts_ten_minutes():
    code, later = sent(), NOW + CODE_MINUTES

    redeem(sent().pk, ADA, digits_of(SignInCode.objects.latest("pk")), now=later)
    with pytest.raises(CodeOver):
        redeem(code.pk, ADA, digits_of(code), now=later + 1)


def test_p1_neither_the_code_nor_the_address_is_stored():
    code = sent()

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bookings_signincode")
        row = " ".join(str(value) for value in cursor.fetchone())
    assert digits_of(code) not in row
    assert "@" not in row


def test_p1_an_address_gets_five_codes_an_hour():
    for number in range(5):
        sent(network=str(number))

    with pytest.raises(TooManyCodes) as refused:
        sent("ADA@example.org", network="6", now=NOW + 20)

    assert refused.value.retry_after_seconds == 40 * 60
    sent(now=NOW + 60)


def test_p1_an_address_gets_fifteen_codes_a_day():
    for number in range(15):
        sent(now=NOW + number * 20)

    with pytest.raises(TooManyCodes):
        sent(now=NOW + 15 * 20 + 60)


def test_p1_a_network_asks_for_thirty_codes_an_hour():
    for number in range(30):
        sent(f"{number}@example.org")

    with pytest.raises(TooManyCodes):
        sent("another@example.org")
    sent("another@example.org", network="b")


def test_p1_what_is_known_of_an_address_changes_nothing_about_its_code():
    make_client(email=ADA)

    asked = []
    for email in (ADA, "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            sent(email)
        asked.append([re.sub(r"'[^']*'|\s*-?\d+", "?", query["sql"]) for query in queries])

    assert asked[0] == asked[1]
    assert not any("client" in sql for sql in asked[0])


def test_codes_are_forgotten_after_a_day():
    old = sent()

    sent("ben@example.org", now=NOW + 24 * 60 + 1)

    assert not SignInCode.objects.filter(pk=old.pk).exists()
