import pytest
from django.contrib.auth.models import User
from django.test import Client as Browser
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_first_page_after_login_is_the_day(receptionist):
    page = receptionist.get(reverse("admin:index"))

    assert (page.status_code, page["Location"]) == (302, reverse("admin:board"))


def test_the_tables_are_behind_the_desk(manager):
    page = manager.get(reverse("admin:tables"))

    assert "What would you like to do?" in page.content.decode()


def test_every_page_of_the_admin_says_where_one_is(manager):
    page = manager.get(reverse("admin:tables")).content.decode()

    assert '<a href="/admin/tables/" aria-current="page">Tables</a>' in page


def test_nobody_comes_to_the_desk_without_signing_in(client):
    page = client.get(reverse("admin:tables"))

    assert page.status_code == 302
    assert page["Location"].startswith("/admin/login/")


def test_an_account_that_is_no_staff_does_not_come_in():
    browser = Browser()
    browser.force_login(User.objects.create_user("client"))

    assert browser.get(reverse("admin:tables")).status_code == 302
