"""Everything in cipher under the first of the keys, so that the others can be thrown away."""

from dataclasses import dataclass

from django.db import models, transaction

from studio.ciphers import Undecipherable, cipher_columns, is_current, rotated

BATCH = 200
"""Rows that are written in one transaction: whoever stops in between loses no more than these."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many ciphers were encrypted anew, how many were current already, which none can read."""

    done: int
    current: int
    unreadable: tuple[str, ...]


def rotate_all() -> Rotated:
    """Encrypt all ciphers anew with the first key; what is done already is left as it is.

    Nothing else of a row is written, and it can be stopped and started again at any time.
    """
    done, current = 0, 0
    unreadable: list[str] = []
    for model, column in cipher_columns():
        last = 0
        while True:
            with transaction.atomic():
                rows = _after(model, column, last)
                for pk, cipher in rows:
                    if is_current(cipher):
                        current += 1
                    elif _rotate(model, column, pk, cipher):
                        done += 1
                    else:
                        unreadable.append(f"{model._meta.label} {pk}, {column}")
            if not rows:
                break
            last = rows[-1][0]
    return Rotated(done, current, tuple(unreadable))


def _after(model: type[models.Model], column: str, last: int) -> list[tuple[int, str]]:
    filled = model._default_manager.exclude(**{column: ""}).filter(pk__gt=last)
    locked = filled.select_for_update(of=("self",)).order_by("pk")
    return list(locked.values_list("pk", column)[:BATCH])


def _rotate(model: type[models.Model], column: str, pk: int, cipher: str) -> bool:
    try:
        anew = rotated(cipher)
    except Undecipherable:
        return False
    model._default_manager.filter(pk=pk).update(**{column: anew})
    return True
