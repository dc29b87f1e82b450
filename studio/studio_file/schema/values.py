"""What one value of the studio file may be, and the words for it."""

import re
from decimal import Decimal
from typing import Annotated

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from pydantic import AfterValidator, Field, PlainValidator

from bookings.enums import Status
from bookings.scheduling.hours import DAY_MINUTES
from studio.premises.fields import STEP_MINUTES
from studio.premises.models import (
    EARLIEST_REMINDER_HOURS,
    MAX_HORIZON_DAYS,
    MOST_REMINDERS,
    timezones,
)
from studio.studio_file.schema.table import Expect, each_once, must

# What the database's smaller and larger whole numbers hold.
_SMALL, _LARGE = 32_767, 2_147_483_647

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,64}")
_LINE_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_TEXT_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def _is_line(value: str) -> bool:
    # Names go into mail headers and calendar files, where a line break would start a new field.
    return not _LINE_CONTROLS.search(value)


def _is_filled_line(value: str) -> bool:
    return bool(value.strip()) and _is_line(value)


def _is_email(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return _is_line(value)


Slug = Annotated[
    str,
    must(SLUG.fullmatch),
    Expect("a slug of 1 to 64 letters, digits, hyphens and underscores"),
]
Style = Annotated[
    str,
    must(lambda value: not value or SLUG.fullmatch(value)),
    Expect('a style such as "bar", or an empty text'),
]
Name = Annotated[
    str,
    Field(max_length=200),
    must(_is_filled_line),
    Expect("a text of 1 to 200 characters on one line"),
]
Address = Annotated[
    str,
    Field(max_length=400),
    must(_is_filled_line),
    Expect("an address of 1 to 400 characters on one line"),
]
CertificateNumber = Annotated[
    str,
    Field(max_length=100),
    must(_is_filled_line),
    Expect("a number as on the certificate, 1 to 100 characters, in quotes"),
]
_PHONE = Expect('a phone number of at most 40 characters, such as "+13035550142"')
_EMAIL = Expect('an e-mail address such as "hello@stillwater.example"')
Phone = Annotated[str, Field(max_length=40), must(_is_filled_line), _PHONE]
PhoneIfAny = Annotated[str, Field(max_length=40), must(_is_line), _PHONE]
Email = Annotated[str, Field(max_length=254), must(_is_email), _EMAIL]
EmailIfAny = Annotated[
    str, Field(max_length=254), must(lambda value: not value or _is_email(value)), _EMAIL
]
Remark = Annotated[
    str,
    Field(max_length=200),
    must(_is_line),
    Expect("a text of at most 200 characters on one line"),
]
Summary = Annotated[
    str,
    Field(max_length=400),
    must(_is_line),
    Expect("a text of at most 400 characters on one line"),
]
QuestionText = Annotated[
    str,
    Field(max_length=1000),
    must(_is_filled_line),
    Expect("a question of 1 to 1000 characters on one line"),
]
QuestionLine = Annotated[
    str,
    Field(max_length=1000),
    must(_is_line),
    Expect("a text of at most 1000 characters on one line"),
]
Pronouns = Annotated[
    str,
    Field(max_length=40),
    must(_is_line),
    Expect('pronouns such as "she/her", at most 40 characters'),
]
Text = Annotated[
    str,
    Field(max_length=10_000),
    must(lambda value: not _TEXT_CONTROLS.search(value)),
    Expect("a text of at most 10000 characters"),
]

Timezone = Annotated[
    str,
    must(lambda value: value in timezones()),
    Expect('an IANA time zone such as "America/Denver"'),
]
Currency = Annotated[
    str,
    must(re.compile(r"[A-Z]{3}").fullmatch),
    Expect('an ISO 4217 currency in three capitals, such as "USD"'),
]
StudioLanguage = Annotated[
    str,
    must(lambda value: value in dict(settings.LANGUAGES)),
    Expect(f"one of the program's languages: {', '.join(dict(settings.LANGUAGES))}"),
]
Language = Annotated[
    str,
    must(re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*").fullmatch),
    Expect('a language tag such as "en" or "pt-BR"'),
]
QuestionKey = Annotated[
    str,
    must(re.compile(r"[a-z][a-z0-9_]{0,63}").fullmatch),
    Expect("a key of 1 to 64 small letters, digits and underscores, a letter first"),
]


def _price(value: object) -> Decimal:
    if isinstance(value, Decimal):
        value = f"{value:f}"
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,2})?", value):
        raise ValueError(value)
    return Decimal(value).quantize(Decimal("0.01"))


Price = Annotated[
    Decimal,
    PlainValidator(_price),
    Expect('a price in quotes, such as "120.00", below one million'),
]

Flag = Annotated[bool, Expect("true or false")]
Level = Annotated[int, Field(ge=1, le=_SMALL), Expect("a level: 1, 2, 3 or more")]
Version = Annotated[int, Field(ge=1, le=_LARGE), Expect("a version: 1, 2, 3 or more")]
SmallCount = Annotated[
    int, Field(ge=0, le=_SMALL), Expect(f"a whole number from 0 to {_SMALL}, without quotes")
]
LargeCount = Annotated[
    int, Field(ge=0, le=_LARGE), Expect(f"a whole number from 0 to {_LARGE}, without quotes")
]
HorizonDays = Annotated[
    int,
    Field(ge=0, le=MAX_HORIZON_DAYS),
    Expect(f"a whole number of days from 0 to {MAX_HORIZON_DAYS}, without quotes"),
]
ReminderHours = Annotated[
    list[Annotated[int, Field(ge=1, le=EARLIEST_REMINDER_HOURS)]],
    Field(max_length=MOST_REMINDERS),
    AfterValidator(each_once),
    Expect(
        f"up to {MOST_REMINDERS} different whole numbers of hours"
        f" from 1 to {EARLIEST_REMINDER_HOURS}, such as [48, 3]"
    ),
]
# Rule T2: whatever has a length or an end is counted in steps of five minutes.
Minutes = Annotated[
    int,
    Field(ge=STEP_MINUTES, le=DAY_MINUTES, multiple_of=STEP_MINUTES),
    Expect("whole minutes from 5 to 1440, a multiple of 5, without quotes"),
]
BufferMinutes = Annotated[
    int,
    Field(ge=0, le=DAY_MINUTES, multiple_of=STEP_MINUTES),
    Expect("whole minutes from 0 to 1440, a multiple of 5, without quotes"),
]

StatusName = Annotated[
    str,
    must(lambda value: value in Status.values),
    Expect("one of " + ", ".join(f'"{status}"' for status in Status.values)),
]

Slugs = Annotated[list[Slug], AfterValidator(each_once)]
Languages = Annotated[list[Language], AfterValidator(each_once)]
