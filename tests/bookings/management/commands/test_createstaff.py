"""`manage.py createstaff`."""

import io
from collections.abc import Iterator

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from bookings.domain.staff import reviewers
from tests.factories import make_therapist, make_user

pytestmark = pytest.mark.django_db

PASSWORD = "barefoot-on-oiled-backs"


@pytest.fixture
def typed(monkeypatch):
    """What is written to standard input."""

    def type_(text):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return type_


@pytest.fixture
def answers(monkeypatch):
    """What is answered to each question for the password."""

    def answer(*passwords):
        given: Iterator[str] = iter(passwords)
        monkeypatch.setattr(
            "bookings.management.commands.createstaff.getpass", lambda _prompt: next(given)
        )

    return answer


def create(*arguments):
    printed = io.StringIO()
    call_command("createstaff", *arguments, stdout=printed)
    return printed.getvalue()


@pytest.mark.both_engines
@pytest.mark.parametrize("role", ["manager", "receptionist"])
def test_p2_a_member_of_staff_can_sign_in_and_has_the_group_of_the_role(typed, role):
    typed(f"{PASSWORD}\n")

    printed = create("robin", "--role", role, "--password-stdin")

    assert printed == f"robin can sign in as {role}.\n"
    user = authenticate(username="robin", password=PASSWORD)
    assert isinstance(user, User)
    assert user.is_staff
    assert not user.is_superuser
    assert [group.name for group in user.groups.all()] == [role.capitalize()]


def test_p2_a_therapist_gets_her_account(typed):
    therapist = make_therapist(slug="mei")
    typed(PASSWORD)

    create("mei", "--role", "therapist", "--therapist", "mei", "--password-stdin")

    therapist.refresh_from_db()
    assert therapist.user == User.objects.get(username="mei")


def test_p2_a_manager_can_be_a_therapist_too(typed):
    therapist = make_therapist(slug="mei")
    typed(PASSWORD)

    create("mei", "--role", "manager", "--therapist", "mei", "--password-stdin")

    therapist.refresh_from_db()
    assert therapist.user == User.objects.get(groups__name="Manager")


def test_the_password_is_asked_for_twice(answers):
    answers(PASSWORD, PASSWORD)

    create("robin", "--role", "manager")

    assert authenticate(username="robin", password=PASSWORD) is not None


def test_who_sits_there_is_asked_for_an_address_too(answers, monkeypatch):
    answers(PASSWORD, PASSWORD)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _prompt: " robin@example.org ")

    create("robin", "--role", "manager")

    assert User.objects.get().email == "robin@example.org"


def test_p2_a_manager_with_an_address_is_told_of_reviews(typed):
    typed(PASSWORD)

    create("ann", "--role", "manager", "--email", "ann@example.org", "--password-stdin")

    assert [user.email for user in reviewers()] == ["ann@example.org"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["robin", "--role", "manager", "--email", "ann"], "Enter a valid email address."),
        (["reception", "--role", "manager"], "There is a user reception already."),
        (["robin", "--role", "therapist"], "Say which therapist the account is for."),
        (
            ["robin", "--role", "therapist", "--therapist", "ana"],
            "There is no therapist 'ana'. There are: mei.",
        ),
        (["robin smith", "--role", "manager"], "Enter a valid username."),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_sentence(typed, arguments, sentence):
    make_user(username="reception")
    make_therapist(slug="mei")
    typed(PASSWORD)

    with pytest.raises(CommandError) as refused:
        create(*arguments, "--password-stdin")

    assert str(refused.value).startswith(sentence)
    assert User.objects.count() == 1


def test_a_therapist_with_an_account_gets_no_second_one(typed):
    therapist = make_therapist(slug="mei")
    therapist.user = User.objects.create(username="mei")
    therapist.save()
    typed(PASSWORD)

    with pytest.raises(CommandError, match="Mei has an account already"):
        create("mei2", "--role", "therapist", "--therapist", "mei", "--password-stdin")


@pytest.mark.parametrize("password", ["", "short", "12345678901", "password1"])
def test_a_weak_password_is_refused(typed, password):
    typed(password)

    with pytest.raises(CommandError, match="This password is too"):
        create("robin", "--role", "manager", "--password-stdin")

    assert not User.objects.exists()


def test_two_different_passwords_are_refused(answers):
    answers(PASSWORD, "another-password")

    with pytest.raises(CommandError, match="The two passwords differ"):
        create("robin", "--role", "manager")
