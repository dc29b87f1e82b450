"""The settings under which the tests run: the real ones, but fast, and never near anyone's data."""

import atexit
import os
import shutil
import tempfile

# What a developer's shell happens to hold must not decide whether a test passes. DATABASE_URL
# stays: it says which database the tests run on (Django adds `test_` to its name).
for name in (
    "ALLOWED_HOSTS",
    "BASE_URL",
    "CORS_ORIGINS",
    "DEBUG",
    "EMAIL_URL",
    "FIELD_KEYS",
    "FIELD_KEYS_FILE",
    "FILM_MEGABYTES",
    "HEALTH_VALID_DAYS",
    "HOLD_MINUTES",
    "HOST",
    "LOG_LEVEL",
    "MAIL_FROM",
    "PORT",
    "RATE_LIMITS",
    "REVIEW_HOURS",
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "SEND_NOTIFICATIONS",
    "STUDIO_FILE",
    "THREADS",
    "TRUSTED_PROXIES",
    "UNDO_MINUTES",
    "UPLOAD_MEGABYTES",
    "WORKERS",
):
    os.environ.pop(name, None)

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="studio-tests-")
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from studio.settings import *  # noqa: E402, F403 - it reads the environment, which is ready now
from studio.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402 - as above

STATIC_ROOT.mkdir()
# Without the manifest of `collectstatic`.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
if DATABASES["default"]["ENGINE"] == "studio.sqlite":
    # By this name pytest-django knows that each process can have a database in memory.
    DATABASES["default"]["ENGINE"] = "django.db.backends.sqlite3"
# The real one is slow by design.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CLOCK = "tests.clock.fixed"
