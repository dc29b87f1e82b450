"""The health questionnaire: what is asked, when, and what follows (rules H0 and H1)."""

from datetime import date
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo

from studio.studio_file.schema.table import Expect, InlineTable, Table, expected
from studio.studio_file.schema.times import Day
from studio.studio_file.schema.values import (
    Flag,
    Name,
    QuestionKey,
    QuestionLine,
    QuestionText,
    Remark,
    SmallCount,
    Version,
)


class Outcome(InlineTable):
    """What follows from "yes", or from a text; with a window, only so soon after the date."""

    within_days: SmallCount | None = None
    outcome: Annotated[
        Literal["fine", "note", "review", "unsuitable"],
        Expect('one of "fine", "note", "review", "unsuitable"'),
    ]


def _always_one_fits(outcomes: list[Outcome], info: ValidationInfo) -> list[Outcome]:
    windows = [outcome.within_days for outcome in outcomes]
    if info.data.get("kind") in ("yes_no", "text") and windows != [None]:
        raise expected("one outcome without within_days, as no date is asked")
    # The first that fits counts, so a window that is not wider than the one before never would.
    widening = [window for window in windows[:-1] if window is not None]
    grows = all(narrow < wide for narrow, wide in pairwise(widening))
    if not windows or windows[-1] is not None or len(widening) < len(windows) - 1 or not grows:
        raise expected(
            "outcomes each with a wider within_days than the one before,"
            " and a last one without within_days"
        )
    return outcomes


class Question(Table):
    """One question in plain words."""

    key: QuestionKey
    text: QuestionText
    text_es: QuestionLine = ""
    help: QuestionLine = ""
    help_es: QuestionLine = ""
    kind: Annotated[
        Literal["yes_no", "yes_no_date", "text"], Expect('one of "yes_no", "yes_no_date", "text"')
    ]
    required: Flag
    ask: Annotated[Literal["booking", "day_before"], Expect('"booking" or "day_before"')]
    date_label: Remark = ""
    date_label_es: Remark = ""
    outcomes: Annotated[list[Outcome], AfterValidator(_always_one_fits)]


def _signed_by_someone(day: date | None, info: ValidationInfo) -> date | None:
    by = info.data.get("signed_off_by", "unreadable")
    if day is None and by not in (None, "unreadable"):
        raise expected("the day of the sign-off, as signed_off_by is there")
    if day is not None and by is None:
        raise expected("signed_off_by beside it: who signed off, and when, go together")
    return day


class Questionnaire(Table):
    """The questions and their version; without both sign-off keys it is a draft."""

    version: Version
    signed_off_by: Name | None = None
    signed_off_on: Annotated[Day | None, AfterValidator(_signed_by_someone)] = Field(
        default=None, validate_default=True
    )
    questions: list[Question] = Field(default_factory=list)
