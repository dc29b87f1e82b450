"""Rule P2 as a matrix: every address and action of the admin site, and who may use it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, reverse

from bookings.domain.callers import CLOCK
from bookings.domain.certifying import attach
from bookings.domain.staff import Role
from bookings.domain.waitlist.entries import Longing, join
from tests.bookings.admin.rows import MAKERS
from tests.bookings.conftest import account_of, browser_of
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import MONDAY, make_booking, make_client, make_questionnaire
from tests.uploading import PDF
from therapists.models import Therapist

pytestmark = pytest.mark.django_db

ROLES = (Role.MANAGER, Role.RECEPTIONIST, Role.THERAPIST)

# Django's tables: what each role may do in the order of ROLES, by v(iew), a(dd), c(hange),
# d(elete). Who views a table also reads its rows' history and saves it as a file.
TABLES = {
    "auth.user": ("vac", "", ""),
    "auth.group": ("vacd", "", ""),
    "premises.studio": ("vc", "", ""),
    "premises.location": ("vac", "v", ""),
    "premises.equipment": ("vac", "", ""),
    "premises.room": ("vac", "v", ""),
    "premises.inspection": ("vacd", "", ""),
    "premises.closure": ("vacd", "vacd", ""),
    "premises.roomblock": ("vacd", "vacd", ""),
    "therapists.qualification": ("vac", "", ""),
    "therapists.therapist": ("vac", "v", ""),
    "therapists.certification": ("vac", "", ""),
    "therapists.shift": ("vacd", "v", ""),
    "therapists.extrashift": ("vacd", "v", ""),
    "therapists.timeoff": ("vacd", "vacd", ""),
    "bookings.sessiontype": ("vac", "v", ""),
    "bookings.client": ("vacd", "vac", ""),
    "bookings.booking": ("vac", "vac", "v"),
    "bookings.notification": ("v", "v", ""),
    "bookings.mailtext": ("vacd", "", ""),
    "bookings.look": ("v", "", ""),
    "bookings.calendarfeed": ("vac", "", ""),
    "api.stafftoken": ("vc", "", ""),
    "pages.page": ("vacd", "v", ""),
    "pages.film": ("vcd", "v", ""),
}
VERBS = ("changelist", "export", "add", "change", "history", "delete")

# Actions on ticked rows, besides the file that everybody saves who sees the list.
ACTIONS = {
    ("bookings.booking", "check_in"): "mr",
    ("bookings.booking", "complete"): "mr",
    ("bookings.booking", "no_show"): "mr",
    ("bookings.notification", "send_again"): "mr",
    ("bookings.notification", "told_otherwise"): "mr",
    ("api.stafftoken", "revoke"): "m",
    ("bookings.calendarfeed", "revoke"): "m",
}

type Rows = dict[str, Any]


class Use(NamedTuple):
    """One use of an address: what stands in it, what is sent (None: it is looked at)."""

    allowed: str
    sent: dict[str, str] | None = None
    names: Callable[[Rows], Sequence[Any]] = lambda rows: ()


def _of(model: str, *rest: str, by: str = "pk") -> Callable[[Rows], Sequence[Any]]:
    return lambda rows: (getattr(rows[model], by), *rest)


def _of_booking(*rest: str) -> Callable[[Rows], Sequence[Any]]:
    return _of("bookings.booking", *rest, by="reference")


def _version(rows: Rows) -> Sequence[Any]:
    page = rows["pages.page"]
    return page.pk, page.history.latest().pk


CLIENT = _of("bookings.client")
DRAFT = _of("bookings.questionnaire", by="version")
CONFIRMED = {"from": "confirmed"}

# The desk: m(anager), r(eceptionist), t(herapist, for a booking of her own).
DESK: list[tuple[str, Use]] = [
    ("attention", Use("mr")),
    ("attention_count", Use("mr")),
    ("attention_deal", Use("mr", {"do": "keep", "reason": "Fine"}, _of("bookings.booking"))),
    ("board", Use("mrt")),
    ("board_now", Use("mrt")),
    ("board_week", Use("mrt")),
    ("board_week_now", Use("mrt")),
    ("board_targets", Use("mr")),
    ("board_move", Use("mr", {})),
    ("book", Use("mr")),
    ("book", Use("mr", {"do": "book"})),
    ("book_series", Use("mr")),
    ("book_series", Use("mr", {"do": "repeat"})),
    ("book_pair", Use("mr")),
    ("book_pair", Use("mr", {"do": "book"})),
    ("booking", Use("mrt", names=_of_booking())),
    ("booking_move_following", Use("mr", names=_of_booking())),
    ("booking_move_following", Use("mr", {"do": "look"}, _of_booking())),
    ("booking_cancel_following", Use("mr", {"reason": "Ill"}, _of_booking())),
    ("booking_undo_following", Use("mr", {}, _of_booking())),
    ("booking_move_both", Use("mr", names=_of_booking())),
    ("booking_move_both", Use("mr", {"do": "look"}, _of_booking())),
    ("booking_cancel_both", Use("mr", {"reason": "Ill"}, _of_booking())),
    ("booking_undo_both", Use("mr", {}, _of_booking())),
    ("booking_step", Use("mr", CONFIRMED, _of_booking("check-in"))),
    ("booking_step", Use("mr", CONFIRMED, _of_booking("complete"))),
    ("booking_step", Use("mr", CONFIRMED, _of_booking("no-show"))),
    ("booking_step", Use("mr", CONFIRMED | {"reason": "Ill"}, _of_booking("cancel"))),
    ("booking_step", Use("mr", CONFIRMED, _of_booking("undo"))),
    ("booking_step", Use("mr", CONFIRMED, _of_booking("step-back"))),
    ("booking_step", Use("m", CONFIRMED, _of_booking("approve"))),
    ("booking_step", Use("m", CONFIRMED | {"reason": "Unfit"}, _of_booking("decline"))),
    (
        "booking_payment",
        Use("mr", {"amount": "1", "method": "cash", "paid": "0"}, _of_booking()),
    ),
    ("booking_notes", Use("mr", {"pressure": "firm"}, _of_booking())),
    ("booking_move", Use("mr", {"do": "look"}, _of_booking())),
    ("booking_change", Use("mr", {"room": "room-1"}, _of_booking())),
    ("waitlist", Use("mr")),
    ("waitlist_add", Use("mr")),
    ("waitlist_add", Use("mr", {})),
    ("waitlist_places", Use("mr", None, _of("bookings.waitlist", by="reference"))),
    ("waitlist_step", Use("mr", {}, _of("bookings.waitlist", "withdraw", by="reference"))),
    ("waitlist_step", Use("mr", {}, _of("bookings.waitlist", "accept", by="reference"))),
    ("waitlist_step", Use("mr", {}, _of("bookings.waitlist", "decline", by="reference"))),
    ("review", Use("m", names=_of_booking())),
    ("review", Use("m", {"do": "approve"}, _of_booking())),
    ("booking_paper", Use("mr", {}, _of_booking())),
    ("booking_tablet", Use("mr", {}, _of_booking())),
    ("questionnaires", Use("m")),
    ("questionnaires", Use("m", {"like": "99"})),
    ("questionnaire", Use("m", names=DRAFT)),
    ("questionnaire_delete", Use("m", {}, DRAFT)),
    ("questionnaire_changes", Use("m", names=DRAFT)),
    ("questionnaire_trial", Use("m", names=DRAFT)),
    ("questionnaire_trial", Use("m", {}, DRAFT)),
    ("questionnaire_sign", Use("m", names=DRAFT)),
    ("questionnaire_sign", Use("m", {"by": "Mei"}, DRAFT)),
    ("question_add", Use("m", names=DRAFT)),
    ("question_add", Use("m", {}, DRAFT)),
    ("question", Use("m", names=_of("bookings.questionnaire", "heart", by="version"))),
    ("question", Use("m", {}, _of("bookings.questionnaire", "heart", by="version"))),
    (
        "question_step",
        Use("m", {}, _of("bookings.questionnaire", "heart", "up", by="version")),
    ),
    ("my_clients", Use("mrt")),
    ("find_client", Use("mr")),
    ("duplicates", Use("mr")),
    ("client", Use("mr", names=CLIENT)),
    ("client", Use("mr", {"name": "Ada"}, CLIENT)),
    ("client_merge", Use("mr", names=CLIENT)),
    ("client_merge", Use("mr", {"with": "1"}, CLIENT)),
    ("client_merge_same", Use("mr", {}, CLIENT)),
    ("client_block", Use("mr", {"reason": "Rude"}, CLIENT)),
    ("client_unblock", Use("mr", {}, CLIENT)),
    ("client_export", Use("mr", {}, CLIENT)),
    ("client_erase", Use("m", names=CLIENT)),
    ("client_erase", Use("m", {"name": "Ada"}, CLIENT)),
    ("explain", Use("mr")),
    ("reports", Use("mr")),
    ("reports_file", Use("mr", names=lambda rows: ("utilisation", "therapists"))),
    ("reports_file", Use("m", names=lambda rows: ("income", "income-usd"))),
    ("certifications", Use("m")),
    ("certification", Use("m", names=_of("therapists.certification"))),
    ("certification", Use("m", {"do": "verify"}, _of("therapists.certification"))),
    ("proof", Use("m", names=_of("therapists.proof"))),
    ("therapist", Use("mr", names=_of("therapists.therapist", by="slug"))),
    ("bookings_mailtext_preview", Use("m", {})),
    ("pages_page_preview", Use("m", {})),
    ("pages_page_simple_history", Use("mr", names=_version)),
    ("pages_page_simple_history", Use("m", {}, _version)),
]

# What Django brings: its own pages let everybody in who is staff, or see to it themselves.
DJANGOS: list[tuple[str, Use]] = [
    ("index", Use("mrt")),
    ("tables", Use("mrt")),
    ("logout", Use("mrt", {})),
    ("password_change", Use("mrt")),
    ("password_change_done", Use("mrt")),
    ("jsi18n", Use("mrt")),
    ("autocomplete", Use("")),  # names no table here; each table's own search is asked above
    ("view_on_site", Use("", names=lambda rows: (1, 1))),  # nothing has a page of that kind
    ("auth_user_password_change", Use("m", names=_of("auth.user"))),
    ("app_list", Use("mrt", names=lambda rows: ("bookings",))),
]
FOR_EVERYBODY = {"login", "board_rows"}
"""The way in, and a style sheet that tells nothing."""


@pytest.fixture(scope="module")
def accounts(module_db: None) -> dict[Role, User]:
    """An account for each role."""
    return {role: account_of(role) for role in ROLES}


@pytest.fixture
def staff(accounts: dict[Role, User], db: None) -> dict[Role, Browser]:
    """The browser that each role sits at."""
    return {role: browser_of(account) for role, account in accounts.items()}


@pytest.fixture(scope="module")
def rows(accounts: dict[Role, User]) -> Rows:
    """One row of each model; the booking is the therapist's own."""
    made: Rows = {model: make(number) for number, (model, make) in enumerate(MAKERS.items())}
    own = Therapist.objects.get(slug="own-account")
    made["bookings.booking"] = make_booking(therapist=own)
    # Nobody changes one that is signed off.
    made["bookings.questionnaire"] = make_questionnaire(
        {"key": "heart"}, version=99, is_signed_off=False
    )
    own_booking = made["bookings.booking"]
    longing = Longing(own_booking.location, own_booking.session_type, MONDAY, MONDAY)
    made["bookings.waitlist"] = join(longing, make_client(), caller=CLOCK, now=NOW)
    paper = SimpleUploadedFile("scan.pdf", PDF)
    licence = made["therapists.certification"]
    made["therapists.proof"] = attach(licence, paper, caller=CLOCK, now=NOW)
    return made


def lets_in(browser: Browser, url: str, sent: dict[str, str] | None) -> bool:
    """Whether somebody may do that; an address that is not theirs may also seem not to exist."""
    answer = browser.get(url) if sent is None else browser.post(url, sent)
    answer.close()
    assert answer.status_code in (200, 302, 400, 403, 404, 409, 422)
    return answer.status_code not in (403, 404)


@pytest.mark.parametrize("model", TABLES)
def test_p2_each_role_comes_to_its_own_tables(staff, rows, model):
    name, row = f"admin:{model.replace('.', '_')}", rows[model]

    def allowed(browser: Browser) -> str:
        pages = {
            "v": browser.get(reverse(f"{name}_changelist")).status_code,
            "a": browser.get(reverse(f"{name}_add")).status_code,
            "c": browser.post(reverse(f"{name}_change", args=[row.pk])).status_code,
            "d": browser.get(reverse(f"{name}_delete", args=[row.pk])).status_code,
        }
        return "".join(verb for verb, code in pages.items() if code != 403)

    assert tuple(allowed(staff[role]) for role in ROLES) == TABLES[model]


@pytest.mark.parametrize("model", TABLES)
def test_p2_who_sees_a_table_reads_its_history_and_saves_it(staff, rows, model):
    name, row = f"admin:{model.replace('.', '_')}", rows[model]
    sees = {role: "v" in TABLES[model][ROLES.index(role)] for role in ROLES}

    for url in (reverse(f"{name}_history", args=[row.pk]), reverse(f"{name}_export")):
        assert {role: lets_in(staff[role], url, None) for role in ROLES} == sees


@pytest.mark.parametrize(("name", "use"), DESK + DJANGOS)
def test_p2_each_role_comes_to_its_own_places(staff, rows, name, use):
    url = reverse(f"admin:{name}", args=use.names(rows))

    # Whoever may do least comes first: what the others do must not be why she cannot.
    let_in = {role.value[0] for role in reversed(ROLES) if lets_in(staff[role], url, use.sent)}

    assert let_in == set(use.allowed)


@pytest.mark.parametrize(("name", "use"), DESK + DJANGOS)
def test_p2_nobody_comes_to_a_place_without_signing_in(rows, name, use):
    url = reverse(f"admin:{name}", args=use.names(rows))
    before = list(rows["bookings.booking"].events.all())

    answer = Browser().post(url, use.sent) if use.sent is not None else Browser().get(url)

    assert answer.status_code == 302
    assert answer["Location"].startswith(("/admin/login/", "/admin/"))
    assert list(rows["bookings.booking"].events.all()) == before


@pytest.mark.parametrize("model", TABLES)
def test_p2_nobody_comes_to_a_table_without_signing_in(rows, model):
    name = f"admin:{model.replace('.', '_')}"

    for verb in VERBS:
        row = [] if verb in ("changelist", "export", "add") else [rows[model].pk]
        page = Browser().get(reverse(f"{name}_{verb}", args=row))
        assert (verb, page.status_code) == (verb, 302)
        assert page["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("role", ROLES)
def test_p2_each_role_has_its_own_actions(accounts, role):
    request = RequestFactory().get("/admin/")
    request.user = User.objects.get(pk=accounts[role].pk)

    found = {
        (model._meta.label_lower, action)
        for model, each in admin.site._registry.items()
        for action in each.get_actions(request)
        if action not in ("export", "delete_selected")
    }

    assert found == {action for action, who in ACTIONS.items() if role.value[0] in who}


def test_p2_no_address_of_the_admin_is_left_out_of_the_matrix():
    tables = {f"{model.replace('.', '_')}_{verb}" for model in TABLES for verb in VERBS}
    places = {name for name, _use in DESK + DJANGOS}

    assert set(named(admin.site.get_urls())) == tables | places | FOR_EVERYBODY


def named(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of all addresses; those without one only lead to one that has."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name
