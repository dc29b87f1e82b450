"""The board's rows of five minutes, and their stylesheet."""

import pytest
from django.urls import reverse

from bookings.desk.board.rows import DIGEST, MOST_ROWS, Rows
from bookings.scheduling.timeline import Interval

NINE_TO_TEN = Rows(origin=540, count=12)


@pytest.mark.parametrize(
    ("interval", "place"),
    [
        (Interval(540, 600), "from-0 until-12"),
        (Interval(545, 550), "from-1 until-2"),
        (Interval(500, 560), "from-0 until-4"),
        (Interval(590, 700), "from-10 until-12"),
    ],
)
def test_a_stretch_of_time_is_placed_on_its_rows(interval, place):
    assert NINE_TO_TEN.place(interval) == place


@pytest.mark.parametrize(
    ("instant", "row"), [(539, None), (540, 0), (544, 0), (599, 11), (600, None)]
)
def test_an_instant_falls_into_a_row(instant, row):
    assert NINE_TO_TEN.row_of(instant) == row


def test_every_place_has_its_rules(client):
    sheet = client.get(reverse("admin:board_rows", args=[DIGEST]))

    rules = sheet.content.decode().splitlines()
    assert sheet["Content-Type"] == "text/css; charset=utf-8"
    assert {
        ".rows-0{--rows:0}",
        ".from-0{grid-row-start:1}",
        f".until-{MOST_ROWS}{{grid-row-end:{MOST_ROWS + 1}}}",
    } <= set(rules)


def test_the_stylesheet_is_kept_for_good(client):
    sheet = client.get(reverse("admin:board_rows", args=[DIGEST]))

    assert sheet["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.django_db
def test_another_stylesheet_is_not_there_under_this_address(client):
    assert client.get(reverse("admin:board_rows", args=["0" * 12])).status_code == 404
