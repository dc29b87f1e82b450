from decimal import Decimal

import pytest

from tests.studio.studio_file.texts import mistakes_after, read_example


@pytest.mark.parametrize("slug", ['"bar room"', '"bär"', '""', '"a/b"', f'"{"a" * 65}"', "7"])
def test_what_is_no_slug_is_refused(slug):
    (mistake,) = mistakes_after(('slug = "bar-60"', f"slug = {slug}"), ('["bar-60"]', "[]"))[:1]

    assert mistake.endswith("expected a slug of 1 to 64 letters, digits, hyphens and underscores")


@pytest.mark.parametrize("name", ['""', '"  "', f'"{"a" * 201}"', '"a\\nb"', '"a\\u0000"', "7"])
def test_a_name_is_one_filled_line(name):
    (mistake,) = mistakes_after(('name = "Mei Tanaka"', f"name = {name}"))

    assert mistake.endswith("expected a text of 1 to 200 characters on one line")


def test_a_text_may_have_lines_but_no_nul():
    (mistake,) = mistakes_after(('bio = "..."', 'bio = "a\\nb\\u0000"'))

    assert mistake.endswith("expected a text of at most 10000 characters")


@pytest.mark.parametrize("price", ["120", "120.5", '"120.005"', '"-1"', '"1e3"', '"NaN"', '"٣"'])
def test_a_price_is_a_decimal_in_quotes(price):
    assert mistakes_after(('price = "120.00"', f"price = {price}")) == [
        (
            f'session_types "bar-60" > price: found {price},'
            ' expected a price in quotes, such as "120.00", below one million'
        )
    ]


@pytest.mark.parametrize("price", ["0", "120", "120.5", "120.50", "999999.99"])
def test_a_price_has_up_to_two_places(price):
    file = read_example(('price = "120.00"', f'price = "{price}"'))

    assert file.session_types[0].price == Decimal(price)


@pytest.mark.parametrize(
    "zone",
    ["", "Denver", "localtime", "Factory", "posixrules", "/etc/localtime", "../UTC", "utc", "MDT"],
)
def test_a_time_zone_is_in_the_iana_list(zone):
    assert mistakes_after(('"America/Denver"', f'"{zone}"')) == [
        (
            f'locations "downtown" > timezone: found "{zone}",'
            ' expected an IANA time zone such as "America/Denver"'
        )
    ]


@pytest.mark.parametrize("currency", ["usd", "US", "USDX", "$"])
def test_a_currency_is_three_capitals(currency):
    (mistake,) = mistakes_after(('"USD"', f'"{currency}"'))

    assert mistake.startswith(f'studio > currency: found "{currency}", expected an ISO 4217')


@pytest.mark.parametrize("language", ["english", "e", "en_US", "en-", ""])
def test_what_is_no_language_tag_is_refused(language):
    assert mistakes_after(('["en", "ja"]', f'["en", "{language}"]')) == [
        (
            f'therapists "mei" > languages #2: found "{language}",'
            ' expected a language tag such as "en" or "pt-BR"'
        )
    ]


@pytest.mark.parametrize("email", ["hello", "hello@", "@a.example", "a b@c.example", ""])
def test_what_is_no_address_for_mail_is_refused(email):
    (mistake,) = mistakes_after(('"hello@stillwater.example"', f'"{email}"'))

    assert mistake.startswith(f'locations "downtown" > email: found "{email}"')


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("min_notice_minutes = 120", "-1"),
        ("min_notice_minutes = 120", '"120"'),
        ("min_notice_minutes = 120", "120.0"),
        ("min_notice_minutes = 120", "true"),
        ("min_notice_minutes = 120", "99999999999"),
        ("horizon_days = 90", "731"),
        ("free_cancellation_hours = 24", "-24"),
        ("level = 2", "0"),
        ("version = 1", "0"),
    ],
)
def test_a_whole_number_out_of_its_range_is_refused(key, value):
    name = key.partition(" ")[0]

    (mistake,) = mistakes_after((key, f"{name} = {value}"))

    assert f"> {name}: found {value}, expected a" in mistake


@pytest.mark.parametrize("minutes", [0, 7, 1445, -15])
def test_t2_a_slot_step_off_five_minutes_is_refused(minutes):
    (mistake,) = mistakes_after(("slot_step_minutes = 15", f"slot_step_minutes = {minutes}"))

    assert mistake.endswith(
        "expected whole minutes from 5 to 1440, a multiple of 5, without quotes"
    )


def test_t2_notice_is_a_plain_whole_number():
    file = read_example(("min_notice_minutes = 120", "min_notice_minutes = 7"))

    assert file.locations[0].min_notice_minutes == 7
