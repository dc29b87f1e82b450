import json
import os
import re
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet

from tests.serving import ROOT

SHOW = """
import json, sys
from django.conf import settings
print(json.dumps([getattr(settings, name) for name in sys.argv[1:]]))
"""
NAMED = re.compile(r'env\.\w+\(\s*"([A-Z_]+)"')


def start(data_dir, *names, **environment):
    """Import the settings in a new process and print some of them."""
    return subprocess.run(
        [sys.executable, "-c", SHOW, *names],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "studio.settings",
            "DATA_DIR": str(data_dir),
            **environment,
        },
        capture_output=True,
        text=True,
    )


def read(data_dir, *names, **environment):
    """The values of settings under an environment."""
    started = start(data_dir, *names, **environment)
    assert started.returncode == 0, started.stderr
    return json.loads(started.stdout)


def test_a_fresh_clone_needs_no_variable(tmp_path):
    assert read(tmp_path, "HOST", "PORT", "BASE_URL", "DEBUG", "HOLD_MINUTES", "RATE_LIMITS") == [
        "127.0.0.1",
        8000,
        "http://127.0.0.1:8000",
        False,
        10,
        True,
    ]


def test_secrets_are_made_once_and_kept_for_the_owner_alone(tmp_path):
    made = read(tmp_path / "new" / "data", "SECRET_KEY", "FIELD_KEYS")

    assert read(tmp_path / "new" / "data", "SECRET_KEY", "FIELD_KEYS") == made
    assert (tmp_path / "new" / "data").stat().st_mode & 0o777 == 0o700
    for name in ("secret_key", "field_keys"):
        assert (tmp_path / "new" / "data" / name).stat().st_mode & 0o777 == 0o600


def test_given_secrets_are_used_and_none_is_written(tmp_path):
    new, old = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    keys = f"{new} {old}"

    given = read(tmp_path, "SECRET_KEY", "FIELD_KEYS", SECRET_KEY="given", FIELD_KEYS=keys)

    assert given == ["given", [new, old]]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PORT", "http", "a whole number from 1 to 65535"),
        ("RATE_LIMITS", "50", '"on" or "off"'),
        ("BASE_URL", "studio.example", "http://HOST or https://HOST"),
        ("DATABASE_URL", "mysql://db/studio", "sqlite://... or postgres://..."),
        ("EMAIL_URL", "mail.example", "smtp://..."),
        ("LOG_LEVEL", "loud", "one of DEBUG, INFO, WARNING, ERROR"),
        ("CORS_ORIGINS", "*", "http://HOST or https://HOST"),
        ("DATA_DIR", "/dev/null/data", "a directory that can be written"),
    ],
)
@pytest.mark.parametrize("command", ["manage.py check", "-m studio.serve"])
def test_a_bad_value_stops_every_start_with_one_sentence(tmp_path, command, name, value, expected):
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), name: value}

    started = subprocess.run(
        [sys.executable, *command.split()],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )

    assert started.returncode == 1
    [sentence] = started.stderr.splitlines()
    assert sentence.startswith(f"{name} is {value!r}, but ")
    assert expected in sentence


@pytest.mark.parametrize("keys", ["short", "é", f"{'a' * 43}= short"])
def test_a_field_key_that_is_none_stops_the_start_and_is_not_shown(tmp_path, keys):
    started = start(tmp_path, "HOST", FIELD_KEYS=keys)

    assert started.returncode == 1
    [sentence] = started.stderr.splitlines()
    assert sentence.startswith("FIELD_KEYS is '...', but one or more keys")
    assert keys not in sentence


HTTPS_SWITCHES = (
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER",
    "SECURE_SSL_REDIRECT",
)


def test_http_leaves_secure_cookies_and_hsts_off(tmp_path):
    assert read(tmp_path, *HTTPS_SWITCHES, BASE_URL="http://studio.lan") == [
        False,
        False,
        0,
        None,
        False,
    ]


def test_https_switches_secure_cookies_and_hsts_on(tmp_path):
    year_seconds = 365 * 24 * 60 * 60

    assert read(tmp_path, *HTTPS_SWITCHES, BASE_URL="https://studio.example") == [
        True,
        True,
        year_seconds,
        ["HTTP_X_FORWARDED_PROTO", "https"],
        False,
    ]


def test_a_trusted_proxy_lets_plain_requests_be_redirected(tmp_path):
    assert read(
        tmp_path, "SECURE_SSL_REDIRECT", BASE_URL="https://studio.example", TRUSTED_PROXIES="1"
    ) == [True]


def test_the_site_answers_to_its_own_name_and_to_this_machine(tmp_path):
    [hosts] = read(tmp_path, "ALLOWED_HOSTS", BASE_URL="https://studio.example:8443")

    assert hosts == ["studio.example", "localhost", "127.0.0.1", "[::1]"]


def test_sqlite_waits_for_other_writers_and_survives_a_power_cut(tmp_path):
    [databases] = read(tmp_path, "DATABASES")

    assert databases["default"]["NAME"] == str(tmp_path / "db.sqlite3")
    assert databases["default"]["OPTIONS"] == {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
    }


def test_a_data_directory_may_have_any_name(tmp_path):
    odd = tmp_path / "50% off? #1 data"

    databases, mailers = read(odd, "DATABASES", "MAILERS")

    assert databases["default"]["NAME"] == str(odd / "db.sqlite3")
    assert mailers["default"]["OPTIONS"]["directory"] == str(odd / "mail")


def test_postgres_keeps_its_connections_and_checks_them(tmp_path):
    [databases] = read(tmp_path, "DATABASES", DATABASE_URL="postgres://ann:pw@db:5433/studio")

    database = databases["default"]
    assert database["ENGINE"] == "studio.postgres"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db", 5433, "studio")
    assert database["CONN_MAX_AGE"] == 600
    assert database["CONN_HEALTH_CHECKS"] is True


def test_the_readme_lists_every_variable_and_no_other():
    rows = re.findall(
        r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", (ROOT / "README.md").read_text(), re.MULTILINE
    )

    listed = {name for row in rows for name in re.findall(r"[A-Z_]+", row)}

    assert listed == set(NAMED.findall((ROOT / "studio" / "settings.py").read_text()))


@pytest.mark.django_db
def test_only_the_api_answers_other_origins_and_only_the_listed_ones(client, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://shop.example"]

    def allowed(path, origin):
        answer = client.options(
            path,
            headers={"origin": origin, "access-control-request-method": "POST"},
        )
        return answer.headers.get("access-control-allow-origin")

    assert allowed("/api/v1/bookings/", "https://shop.example") == "https://shop.example"
    assert allowed("/api/v1/bookings/", "https://other.example") is None
    assert allowed("/", "https://shop.example") is None


def test_the_preflight_allows_exactly_the_promised_headers(client, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://shop.example"]

    preflight = client.options(
        "/api/v1/bookings/",
        headers={"origin": "https://shop.example", "access-control-request-method": "POST"},
    )

    assert sorted(preflight.headers["access-control-allow-headers"].split(", ")) == [
        "authorization",
        "content-type",
        "idempotency-key",
        "if-match",
        "if-none-match",
    ]
    assert "access-control-allow-credentials" not in preflight.headers


def test_answers_tell_other_origins_the_etag_and_when_to_come_back(client, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://shop.example"]

    answer = client.get("/api/v1/nothing-here/", headers={"origin": "https://shop.example"})

    assert answer.headers["access-control-expose-headers"] == "ETag, Retry-After"


@pytest.mark.django_db
def test_pages_send_a_strict_policy(client):
    headers = client.get("/nothing-here/").headers

    assert headers["content-security-policy"] == (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
        "frame-ancestors 'none'; form-action 'self'"
    )
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
