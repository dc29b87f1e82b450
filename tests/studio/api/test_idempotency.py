from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import RequestFactory
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from studio.api.idempotency import Answer, forget_old_answers, once
from studio.api.models import KeptAnswer, StaffToken
from studio.api.parsing import StrictJSONParser
from studio.api.problems import Problem
from studio.api.tokens import issue_token
from tests.clock import fixed
from tests.factories import make_user
from tests.serving import environment
from tests.studio.api.repeating import Sender, names_of_clients

NOW = fixed()
DAY = 24 * 60


def request(
    *,
    key: str | None = "one",
    body: object = None,
    path: str = "/api/v1/bookings/",
    method: str = "POST",
    user: User | None = None,
    token: StaffToken | None = None,
) -> Request:
    headers = {} if key is None else {"Idempotency-Key": key}
    factory: Any = getattr(RequestFactory(), method.lower())
    http_request = factory(path, body or {}, content_type="application/json", headers=headers)
    sent = Request(http_request, parsers=[StrictJSONParser()])
    sent.user = user or AnonymousUser()
    sent.auth = token
    return sent


class Work:
    """Counts how often it is done."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Answer:
        self.times += 1
        return Answer(201, {"time": self.times})


@pytest.fixture
def work(db):
    return Work()


@pytest.mark.both_engines
def test_b9_the_same_key_and_body_give_the_first_answer_again(work):
    answers = [once(request(body={"a": 1}), work, now=NOW) for _ in range(3)]

    assert answers == [Answer(201, {"time": 1})] * 3
    assert work.times == 1


def test_b9_without_a_key_everything_is_done_again(work):
    answers = [once(request(key=None), work, now=NOW) for _ in range(2)]

    assert answers == [Answer(201, {"time": 1}), Answer(201, {"time": 2})]
    assert not KeptAnswer.objects.exists()


def test_b9_another_key_is_another_request(work):
    once(request(key="one"), work, now=NOW)
    once(request(key="two"), work, now=NOW)

    assert work.times == 2


def test_b9_the_order_of_keys_and_the_spelling_of_a_body_make_no_difference(work):
    once(request(body='{"a": "\\u00e9", "b": 2}'), work, now=NOW)
    once(request(body='{"b":2,"a":"é"}'), work, now=NOW)

    assert work.times == 1


@pytest.mark.both_engines
@pytest.mark.parametrize(
    "other",
    [{"body": {"a": 2}}, {"path": "/api/v1/bookings/ABCDE-12345/cancel/"}, {"method": "PUT"}],
)
def test_b9_the_same_key_with_another_request_is_a_mismatch(work, other):
    once(request(body={"a": 1}), work, now=NOW)

    with pytest.raises(Problem) as refused:
        once(request(**{"body": {"a": 1}, **other}), work, now=NOW)

    assert refused.value.code == "idempotency_mismatch"
    assert work.times == 1


def test_b9_keys_belong_to_a_token_an_account_or_everybody(work):
    owner, other = make_user(), make_user(username="other")
    for _ in range(2):
        issue_token(owner, [])
    tokens = list(StaffToken.objects.all())
    callers: list[dict[str, Any]] = [
        {},
        {"user": owner},
        {"user": other},
        {"user": owner, "token": tokens[0]},
        {"user": owner, "token": tokens[1]},
    ]

    for _ in range(2):
        for caller in callers:
            once(request(**caller), work, now=NOW)

    assert work.times == len(callers)


@pytest.mark.both_engines
def test_b9_a_refused_request_leaves_no_key_behind(work):
    def refuse() -> Answer:
        make_user()
        raise Problem("slot_unavailable")

    with pytest.raises(Problem):
        once(request(), refuse, now=NOW)

    assert not KeptAnswer.objects.exists()
    assert not User.objects.exists()
    assert once(request(), work, now=NOW) == Answer(201, {"time": 1})


@pytest.mark.both_engines
def test_b9_an_answer_is_kept_for_24_hours(work):
    once(request(), work, now=NOW)

    once(request(), work, now=NOW + DAY - 1)
    assert work.times == 1

    once(request(), work, now=NOW + DAY)
    assert work.times == 2
    assert KeptAnswer.objects.get().created_at == datetime.fromtimestamp((NOW + DAY) * 60, UTC)


@pytest.mark.both_engines
def test_b9_answers_past_their_day_are_forgotten(work):
    for key in ("one", "two", "three"):
        once(request(key=key), work, now=NOW)
    once(request(key="four"), work, now=NOW + 1)

    forget_old_answers(now=NOW + DAY)

    assert [kept.key for kept in KeptAnswer.objects.all()] == ["four"]


@pytest.mark.parametrize("key", ["", "é", "a" * 256, "one\ttwo"])
def test_b9_a_key_is_up_to_255_printable_ascii_characters(work, key):
    with pytest.raises(ValidationError) as refused:
        once(request(key=key), work, now=NOW)

    assert refused.value.get_codes() == {"Idempotency-Key": ["invalid"]}
    assert work.times == 0


def test_b9_the_longest_key_is_kept(work):
    for _ in range(2):
        once(request(key="~" * 255), work, now=NOW)

    assert work.times == 1


def test_b9_neither_the_key_of_the_hash_nor_the_body_is_kept(work):
    once(request(body={"name": "Robin Client"}), work, now=NOW)

    assert "Robin" not in str(KeptAnswer.objects.values().get())


@pytest.fixture
def where(live_database, tmp_path):
    """The environment of processes that share a database."""
    (tmp_path / "data").mkdir()
    return environment(
        live_database, tmp_path / "data", DJANGO_SETTINGS_MODULE="tests.live_settings"
    )


def test_b9_a_duplicate_that_arrives_meanwhile_waits_for_the_answer(where):
    first = Sender(where, "first", pauses=True)
    assert first.says() == "at work"
    second = Sender(where, "second")
    assert second.waits(1.5)
    first.go_on()

    assert (first.says(), second.says()) == ("first", "first")
    assert names_of_clients(where) == ["first"]


@pytest.mark.parametrize("live_database", ["postgres"], indirect=True)
def test_b9_a_duplicate_does_not_wait_for_ever(where):
    first = Sender(where, "first", pauses=True)
    assert first.says() == "at work"
    second = Sender(where, "second", wait_milliseconds=50)

    assert second.says() == "idempotency_in_flight"
    first.go_on()
    assert first.says() == "first"


def test_b9_a_request_that_is_killed_leaves_no_key_behind(where):
    killed = Sender(where, "killed", dies=True)
    assert killed.process.wait(60) == -9

    assert Sender(where, "again").says() == "again"
    assert names_of_clients(where) == ["again"]
