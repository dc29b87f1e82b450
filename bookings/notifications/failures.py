"""Why a message did not leave: what follows from it, and how it is told.

Neither the log nor a row ever holds an address, or anything of what a message says.
"""

import re
from enum import Enum, auto
from smtplib import (
    SMTPAuthenticationError,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from traceback import extract_tb

ADDRESS = re.compile(r"<[^>]*>|[^\s\"'()\[\],;:]*@[^\s\"'()\[\],;:]*")
LONGEST = 200
"""As much as a row keeps."""

CLOSING = 421
PERMANENT = 500
TOO_LARGE = 552


class Verdict(Enum):
    """What a failure says."""

    OUTAGE = auto()  # of all messages: the server takes none now, or none from this studio
    DROPPED = auto()  # of none: the conversation broke off
    REFUSED = auto()  # of this message, for now
    FINAL = auto()  # of this message, for good


def verdict(error: OSError) -> Verdict:
    """What follows when a server has refused something, or does not answer any more.

    What it says of a recipient is final where its code is; what it says of the words may be an
    opinion of the day. What it says of the sender, it would say of every message.
    """
    if _code(error) == CLOSING:
        return Verdict.OUTAGE
    match error:
        case SMTPRecipientsRefused():
            return Verdict.FINAL if _code(error) >= PERMANENT else Verdict.REFUSED
        case SMTPSenderRefused() if _code(error) == TOO_LARGE:
            return Verdict.REFUSED
        case SMTPSenderRefused() | SMTPHeloError() | SMTPAuthenticationError():
            return Verdict.OUTAGE
        case SMTPResponseException() | SMTPNotSupportedError():
            return Verdict.REFUSED
    return Verdict.DROPPED


def named(error: BaseException) -> str:
    """For the log: the kind of failure, with the server's code or the place in our code."""
    kind = type(error).__name__
    if code := _code(error):
        return f"{kind} {code}"
    if isinstance(error, OSError):
        return kind
    places = extract_tb(error.__traceback__)
    return f"{kind} at {places[-1].filename}:{places[-1].lineno}" if places else kind


def told(error: BaseException) -> str:
    """For the row: the same, with what the server said, less every address in it."""
    words = ADDRESS.sub("…", " ".join(_said(error).split()))
    return f"{named(error)}: {words}"[:LONGEST] if words else named(error)[:LONGEST]


def _code(error: BaseException) -> int:
    """The server's; of several recipients' the mildest. 0 where there is none."""
    match error:
        case SMTPRecipientsRefused():
            codes = [code for code, _said in error.recipients.values()]
            return CLOSING if CLOSING in codes else min(codes, default=0)
        case SMTPResponseException():
            return error.smtp_code
    return 0


def _said(error: BaseException) -> str:
    match error:
        case SMTPRecipientsRefused():
            return _text(next((said for _code, said in error.recipients.values()), b""))
        case SMTPResponseException():
            return _text(error.smtp_error)
        case OSError():
            return error.strerror or ""
    return ""


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
