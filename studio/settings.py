"""Settings, each from an environment variable with a default that lets a fresh clone run.

The table in README.md lists the variables. Nothing imports this module; code asks
`django.conf.settings`.
"""

from pathlib import Path
from urllib.parse import quote

from django.utils.csp import CSP

from studio import databases, env, log, mail, static_files
from studio.keys import FIELD_KEY_BYTES, is_field_key, kept_key

BASE_DIR = Path(__file__).resolve().parent.parent

# The server

DEBUG = env.flag("DEBUG", default=False)
HOST = env.text("HOST", "127.0.0.1")
PORT = env.whole("PORT", 8000, least=1, most=65535)
WORKERS = env.whole("WORKERS", 2, least=1, most=64)
THREADS = env.whole("THREADS", 4, least=1, most=64)
SEND_NOTIFICATIONS = env.flag("SEND_NOTIFICATIONS", default=True)
TRUSTED_PROXIES = env.whole("TRUSTED_PROXIES", 0, most=10)

BASE = env.origin("BASE_URL", env.text("BASE_URL", f"http://127.0.0.1:{PORT}"))
BASE_URL = BASE.geturl()
HTTPS = BASE.scheme == "https"

# Where things are kept

DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var")
try:
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    SECRET_KEY = env.secret(
        "SECRET_KEY", make=lambda: kept_key(DATA_DIR / "secret_key", size_bytes=48)
    )
    # The first key encrypts, all of them decrypt: put a new one in front to rotate.
    FIELD_KEYS = env.secret(
        "FIELD_KEYS", make=lambda: kept_key(DATA_DIR / "field_keys", size_bytes=FIELD_KEY_BYTES)
    ).split()
except OSError:
    raise env.BadSetting("DATA_DIR", str(DATA_DIR), "a directory that can be written") from None
if not FIELD_KEYS or not all(map(is_field_key, FIELD_KEYS)):
    raise env.BadSetting("FIELD_KEYS", "...", "one or more keys, each 32 bytes in URL-safe base64,")

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "studio" / "static"]
MEDIA_URL = "uploads/"
MEDIA_ROOT = DATA_DIR / "uploads"
# What is uploaded in confidence; nothing below it is ever served as a file.
PRIVATE_ROOT = DATA_DIR / "private"
UPLOAD_MEGABYTES = env.whole("UPLOAD_MEGABYTES", 5, least=1, most=100)
FILM_MEGABYTES = env.whole("FILM_MEGABYTES", 100, least=1, most=2000)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "studio.static_files.HashedFiles"},
}
WHITENOISE_ADD_HEADERS_FUNCTION = static_files.add_headers
WHITENOISE_MIMETYPES = {".vtt": "text/vtt"}  # captions
STUDIO_FILE = env.path("STUDIO_FILE", BASE_DIR / "studio/studio_file/examples/demo.toml")

# Rules of the house

RATE_LIMITS = env.flag("RATE_LIMITS", default=True)
HOLD_MINUTES = env.whole("HOLD_MINUTES", 10, least=1)
UNDO_MINUTES = env.whole("UNDO_MINUTES", 3)
REVIEW_HOURS = env.whole("REVIEW_HOURS", 24, least=1)
WAITLIST_OFFER_MINUTES = env.whole("WAITLIST_OFFER_MINUTES", 120, least=15)
HEALTH_VALID_DAYS = env.whole("HEALTH_VALID_DAYS", 180, least=1)

# Doors ask this function for the minute; tests name another one.
CLOCK = "studio.clock.system_clock"

# The rooms

INSTALLED_APPS = [
    "bookings.desk.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "corsheaders",
    "simple_history",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "studio.premises",
    "studio.api",
    "studio.pages",
    "studio.studio_file",
    "therapists",
    "bookings",
]

# What pages for everybody are made of, and what bookings are judged by that no booking bears on.
# The database notes each change of these tables, and with it ends the pages that are kept
# (studio.for_everybody) and what was asked of the house (studio.premises.unchanged).
SHOWN = [
    "premises.Studio",
    "premises.Location",
    "premises.Equipment",
    "premises.Room",
    "premises.RoomBlock",
    "premises.Inspection",
    "premises.Closure",
    "therapists.Qualification",
    "therapists.Therapist",
    "therapists.Certification",
    "therapists.Shift",
    "therapists.ExtraShift",
    "therapists.TimeOff",
    "bookings.SessionType",
    "bookings.Questionnaire",
    "bookings.Question",
    "pages.Page",
    "pages.Film",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    # Before WhiteNoise, so that static files come in no form either that is refused.
    "studio.compression.CompressPublic",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Every page that may be kept has an ETag, made of all that it says, and is sent again only when
    # something changed; whatever says "no-store" has none.
    "django.middleware.http.ConditionalGetMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "studio.languages.Languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "studio.messages.Messages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Who saves a version of a page.
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "studio.urls"
WSGI_APPLICATION = "studio.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "studio.pages.context.house",
                "studio.pages.head.head",
            ],
        },
    },
]

# The database. Views open their own transactions (no ATOMIC_REQUESTS): a domain function holds
# its locks no longer than it needs them.

DATABASE_URL = env.url(
    "DATABASE_URL", f"sqlite:///{quote(str(DATA_DIR / 'db.sqlite3'))}", databases.SCHEMES
)
DATABASES = {"default": databases.database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the memory of each process. What fills up loses what was used longest ago, so the counts of
# who writes how often do not stand where anyone's questions could push them out. Answers to what
# can be booked, which may be large, have a memory of their own that counts bytes (studio.memory).
CACHES = {
    # How much needs attention: a number.
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
    # What pages know of a place: its sessions, and who gives them.
    "schedule": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "schedule",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
    # One of some 300 bytes for each address that wrote.
    "limits": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}

# Words and time. Instants are UTC; a location's own zone is applied where people read it.

LANGUAGE_CODE = "en"
# Each by its own name, as readers look for it. The address says which one a page is in.
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["studio.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Who may come in, and from where

BASE_HOST = BASE.netloc.removesuffix(f":{BASE.port}")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", [BASE_HOST, "localhost", "127.0.0.1", "[::1]"])

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Without a proxy that is trusted to say how a request came in, a redirect could run in circles.
SECURE_SSL_REDIRECT = HTTPS and TRUSTED_PROXIES > 0
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SILENCED_SYSTEM_CHECKS = [
    # The studio's other subdomains are not ours to force onto HTTPS, nor to preload.
    "security.W005",
    "security.W021",
]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}
X_FRAME_OPTIONS = "DENY"

SESSION_ENGINE = "studio.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "studio.errors.csrf_failure"

CORS_URLS_REGEX = r"^/api/"
CORS_ALLOWED_ORIGINS = [
    env.origin("CORS_ORIGINS", origin).geturl() for origin in env.words("CORS_ORIGINS")
]
CORS_ALLOW_CREDENTIALS = False
CORS_ALLOW_HEADERS = [
    "authorization",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-none-match",
]
CORS_EXPOSE_HEADERS = ["ETag", "Retry-After"]

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_HANDLERS = [
    "studio.uploads.UploadLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# The API

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "studio.api.tokens.StaffTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PARSER_CLASSES": ["studio.api.parsing.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "studio.api.pages.CursorPages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    # `?format=` would be one more way to ask for a form, beside the Accept header.
    "URL_FORMAT_OVERRIDE": None,
    "EXCEPTION_HANDLER": "studio.api.problems.problem_response",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Ashiatsu booking",
    "DESCRIPTION": "Slots and bookings of an ashiatsu studio, for front-ends and integrations.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SORT_OPERATIONS": False,
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "bookingToken": {
                "type": "apiKey",
                "in": "header",
                "name": "Authorization",
                "description": "`Booking <manage_token>`: one booking's own secret.",
            }
        }
    },
}

# Mail and the log

MAIL_DIR = DATA_DIR / "mail"
MAILERS = mail.mailers(env.url("EMAIL_URL", f"file://{quote(str(MAIL_DIR))}", mail.SCHEMES))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MAIL_FROM", f"studio@{BASE.hostname}")

LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = log.to_stderr(LOG_LEVEL)
# For whoever adds a handler that mails reports, or hands them to a service.
DEFAULT_EXCEPTION_REPORTER_FILTER = "studio.traces.WithoutAnswers"
