"""The client of the API in a browser: what it sends, and what it makes of the answers."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.serving import ROOT

HARNESS = """
async (answers) => {{
  const {{ Api, Problem, Unreachable }} = await import("/booking/api.js");
  const sent = [];
  const fetch = async (url, request) => {{
    const {{ method = "GET", headers = {{}}, credentials }} = request;
    sent.push({{ path: url.pathname + url.search, method, headers, credentials }});
    const answer = answers.shift();
    if (!answer) throw new TypeError("no network");
    const {{ status = 200, body = null, ...rest }} = answer;
    return new Response(body && JSON.stringify(body), {{ status, headers: rest }});
  }};
  const api = new Api({{ base: "/api/v1/", fetch, credentials: "same-origin" }});
  const session = {{ location: "downtown", sessionType: "bar-60" }};
  const month = {{ ...session, from: "2026-12-01", until: "2026-12-31" }};
  const wish = {{ ...session, startsAt: "2026-12-01T09:00:00-07:00" }};
  const outcome = (work) => work.then((body) => body, (error) => `${{error.name}} ${{error.code}}`);
  const keys = () => sent.map(({{ headers }}) => headers["Idempotency-Key"]);
  {code}
}}
"""

HELD = {"status": 201, "body": {"reference": "K7QXM-4TNPB"}}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page of a site that has nothing but the modules."""
    context = browser.new_context()
    page = context.new_page()

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix("http://studio.test/")
        if path.endswith(".js"):
            route.fulfill(path=ROOT / "studio/static" / path, content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    page.route("http://studio.test/**", serve)
    page.goto("http://studio.test/")
    yield page
    context.close()


def run(page: Page, answers: list[Any], code: str) -> Any:
    """Let the client do something while the network gives these answers; None breaks off."""
    return page.evaluate(HARNESS.format(code=code), answers)


def test_what_has_not_changed_is_asked_for_by_its_etag_and_given_again(page):
    answers = [{"body": {"days": [1]}, "ETag": '"one"'}, {"status": 304, "ETag": '"one"'}]

    found = run(
        page,
        answers,
        "return [await api.availability(month), await api.availability(month),"
        " sent.map(({ headers }) => headers['If-None-Match'])]",
    )

    assert found == [{"days": [1]}, {"days": [1]}, [None, '"one"']]


def test_what_has_just_been_read_is_not_asked_for(page):
    code = """
      await api.availability(month);
      return [await api.availability({ ...month, maxAge: 60_000 }), sent.length];
    """

    assert run(page, [{"body": {"days": [1]}}], code) == [{"days": [1]}, 1]


def test_what_is_asked_twice_at_once_is_sent_once(page):
    code = """
      const twice = (work) => Promise.all([work(), work()]);
      await twice(() => api.availability(month));
      await twice(() => api.hold(wish));
      return sent.map(({ method }) => method);
    """

    assert run(page, [{"body": {"days": []}}, HELD], code) == ["GET", "POST"]


@pytest.mark.parametrize(
    "unclear",
    [None, {"status": 502}, {"status": 409, "body": {"code": "idempotency_in_flight"}}],
)
def test_what_may_have_been_done_is_sent_again_under_the_same_key(page, unclear):
    code = """
      await outcome(api.hold(wish));
      await api.hold(wish);
      await api.hold(wish);
      const [first, again, anew] = keys();
      return [first === again, again === anew];
    """

    assert run(page, [unclear, HELD, HELD], code) == [True, False]


def test_what_was_refused_is_tried_anew_under_another_key(page):
    gone = {"status": 409, "body": {"code": "slot_unavailable"}}
    code = "await outcome(api.hold(wish)); await api.hold(wish); return new Set(keys()).size"

    assert run(page, [gone, HELD], code) == 2


def test_a_refusal_says_what_it_is_and_what_there_is_instead(page):
    slot = {"starts_at": "2026-12-01T10:00:00-07:00", "therapists": ["mei"]}
    refusal = {"code": "slot_unavailable", "detail": "Gone.", "alternatives": [slot]}
    code = """
      const error = await api.hold(wish).catch((error) => error);
      const { status, code, detail, alternatives, retryAfter } = error;
      return [error instanceof Problem, status, code, detail, alternatives, retryAfter];
    """

    found = run(page, [{"status": 409, "body": refusal, "Retry-After": "90"}], code)

    assert found == [True, 409, "slot_unavailable", "Gone.", [slot], 90]


def test_no_answer_is_told_from_a_refusal(page):
    code = """
      const error = await api.availability(month).catch((error) => error);
      return [error instanceof Unreachable, error instanceof Problem];
    """

    assert run(page, [None], code) == [True, False]


def test_a_cookie_goes_with_what_is_written_and_never_with_what_is_read(page):
    code = """
      await api.availability({ ...month, rescheduling: "K7QXM-4TNPB", token: "secret" });
      await api.hold(wish);
      return sent.map(({ credentials, headers }) => [credentials, headers.Authorization]);
    """

    found = run(page, [{"body": {}}, HELD], code)

    assert found == [["omit", "Booking secret"], ["same-origin", None]]


def test_lists_are_followed_to_their_end(page):
    following = "http://studio.test/api/v1/therapists/?cursor=two"
    answers = [
        {"body": {"results": ["ana"], "next": following}},
        {"body": {"results": ["mei"], "next": None}},
    ]
    code = "return [await api.therapists({ location: 'downtown' }), sent.map(({ path }) => path)]"

    assert run(page, answers, code) == [
        ["ana", "mei"],
        [
            "/api/v1/therapists/?location=downtown&page_size=200",
            "/api/v1/therapists/?cursor=two",
        ],
    ]
