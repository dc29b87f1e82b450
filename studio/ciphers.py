"""Text that is kept in cipher, with keys that can be changed (rule H3).

`FIELD_KEYS` are Fernet keys: the first one encrypts, all of them decrypt. A column of this kind is
read as the cipher that it holds: whoever wants the text says so, and can be asked why.
"""

import logging
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)


class Undecipherable(Exception):
    """None of the keys fits: the one it was encrypted with is missing from FIELD_KEYS."""

    message = _(
        "What was kept in cipher cannot be read: its key is missing from FIELD_KEYS."
        " Put the key back beside the others."
    )

    def __init__(self) -> None:
        """Say what to do, and nothing of what was kept."""
        super().__init__(str(self.message))


class CipherField(models.TextField):  # type: ignore[type-arg]  # generic for mypy alone
    """A column with text in cipher, or empty; `rotatekeys` finds it by its type."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """In no form: nobody types a cipher."""
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Without what is always so."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, list(args), kwargs


def encrypt(text: str) -> str:
    """The text in cipher, by the first key; nothing stays nothing."""
    return _keys().encrypt(text.encode()).decode() if text else ""


def decrypt(cipher: str) -> str:
    """The text again, whichever of the keys it was; raises Undecipherable."""
    if not cipher:
        return ""
    try:
        return _keys().decrypt(cipher.encode()).decode()
    except (InvalidToken, UnicodeError):
        log.error("A cipher cannot be read: its key is missing from FIELD_KEYS.")
        raise Undecipherable from None


def unsealed(cipher: str) -> str:
    """What a browser was given to carry in cipher; nothing where that is not ours."""
    try:
        return _keys().decrypt(cipher.encode()).decode()
    except (InvalidToken, UnicodeError):
        return ""


def is_current(cipher: str) -> bool:
    """Whether the first key alone reads it: then nothing is to be rotated."""
    try:
        _first().decrypt(cipher.encode())
    except (InvalidToken, UnicodeError):
        return False
    return True


def rotated(cipher: str) -> str:
    """The same text under the first key; raises Undecipherable."""
    return encrypt(decrypt(cipher))


def cipher_columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column in cipher: its model, and its name."""
    for model in apps.get_models():
        for column in model._meta.get_fields():
            if isinstance(column, CipherField) and column.model is model:
                yield model, column.name


def _keys() -> MultiFernet:
    return _made(tuple(settings.FIELD_KEYS))


def _first() -> Fernet:
    return Fernet(settings.FIELD_KEYS[0].encode())


@lru_cache(maxsize=4)
def _made(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key.encode()) for key in keys])
