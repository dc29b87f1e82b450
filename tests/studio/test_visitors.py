import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from studio.visitors import address_key, address_of


def request_from(address: str, forwarded: str = "") -> HttpRequest:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=address)


def test_the_address_is_that_of_the_connection():
    assert address_of(request_from("203.0.113.7")) == "203.0.113.7"


def test_what_a_client_says_of_its_address_proves_nothing():
    assert address_of(request_from("203.0.113.7", forwarded="198.51.100.1")) == "203.0.113.7"


@pytest.mark.parametrize(("proxies", "address"), [(1, "198.51.100.2"), (2, "198.51.100.1")])
def test_each_trusted_proxy_is_looked_past(settings, proxies, address):
    settings.TRUSTED_PROXIES = proxies
    request = request_from("127.0.0.1", forwarded="192.0.2.9, 198.51.100.1, 198.51.100.2")

    assert address_of(request) == address


def test_the_key_does_not_tell_the_address():
    assert "203.0.113.7" not in address_key(request_from("203.0.113.7"))


def test_two_addresses_have_two_keys():
    assert address_key(request_from("203.0.113.7")) != address_key(request_from("203.0.113.8"))


def test_ipv6_addresses_of_one_line_share_a_key():
    line, other = "2001:db8:1:2::1", "2001:db8:1:2:ffff::9"

    assert address_key(request_from(line)) == address_key(request_from(other))


def test_ipv6_addresses_of_two_lines_do_not():
    line, other = "2001:db8:1:2::1", "2001:db8:1:3::1"

    assert address_key(request_from(line)) != address_key(request_from(other))


def test_ipv4_addresses_written_as_ipv6_keep_their_own_keys():
    one, other = "::ffff:203.0.113.7", "::ffff:203.0.113.8"

    assert address_key(request_from(one)) != address_key(request_from(other))


def test_what_is_no_address_is_counted_as_it_stands():
    assert address_key(request_from("unix")) != address_key(request_from(""))
