"""Who sessions are for."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from bookings.folding import (
    after_prefix,
    dialled,
    digits,
    folded,
    folded_address,
    without_prefix,
)

FOLDED = {"name": "folded_name", "email": "folded_email", "phone": "phone_digits"}
"""What people write, and the column that is searched for it."""

MARKS = frozenset(" +-/.()\N{NO-BREAK SPACE}\N{EN DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}")
"""What stands between the digits of a telephone number."""

SHORT_NUMBER = 7
"""From as many digits on, a 0 in front leads the number; before, it may be from its end."""

LONGEST_NAME = 200

LONGEST_NOTES = 4000

LONGEST_TEXT = 254
"""Of what is looked for: a mail address can be as long."""

NOBODY = Q(pk__in=[])


class ClientQuerySet(models.QuerySet["Client"]):
    """Clients, whose search columns follow what is written."""

    def present(self) -> Self:
        """Those who are somebody of their own: neither merged into another one nor erased."""
        return self.filter(merged_into__isnull=True, erased_at__isnull=True)

    def matching(self, text: str) -> Self:
        """Those who are present and have all the words of a text, best first.

        A word can begin any word of a name, be a part of the mail address, or of the number. A
        text of digits and signs alone is one telephone number.
        """
        text = text[:LONGEST_TEXT].replace("\0", "")
        typed = text.split()
        if not typed:
            return self.none()
        if _is_number(text):
            return self.present().filter(_by_number(text)).order_by("folded_name", "pk")
        found = Q()
        for word in typed:
            found &= (
                _by_name(word)
                | Q(folded_email__contains=folded_address(word))
                | (_by_number(word) if _is_number(word) else NOBODY)
            )
        # A mail address may hold "com" or "ann" by chance; whose name it is comes first.
        whole = Q(*(Q(folded_name__contains=f" {word} ") for word in folded(text).split()))
        begun = Q(*(_by_name(word) for word in typed))
        rank = Case(
            When(whole or NOBODY, then=Value(0)), When(begun, then=Value(1)), default=Value(2)
        )
        return self.present().filter(found).order_by(rank, "folded_name", "pk")

    def named(self, text: str) -> Self:
        """Those who are present and whose name has all the words of a text."""
        words = text[:LONGEST_TEXT].replace("\0", "").split()
        return self.present().filter(Q(*(_by_name(word) for word in words)) or NOBODY)

    def bulk_create(self, objs: Iterable["Client"], *args: Any, **kwargs: Any) -> list["Client"]:
        """Write many at once, each with its search columns."""
        clients = list(objs)
        for client in clients:
            client.fold()
        return super().bulk_create(clients, *args, **kwargs)

    def update(self, **values: Any) -> int:
        """Set columns, but never one that is searched without its search column."""
        for name, column in FOLDED.items():
            if name in values and column not in values:
                raise TypeError(f"{name} has a search column: save each client instead.")
        return super().update(**values)


class Client(models.Model):
    """A person as they described themselves; typing an address joins no other row (rule P1)."""

    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=16, default=settings.LANGUAGE_CODE)
    wants_reminders = models.BooleanField(_("wants reminders"), default=True)
    wants_follow_ups = models.BooleanField(_("wants to be asked how it was"), default=True)
    notes = models.TextField(
        _("notes"),
        max_length=LONGEST_NOTES,
        blank=True,
        help_text=_(
            "For the studio alone; clients never see them. No health facts: those belong to the "
            "health questions."
        ),
    )
    created_at = models.DateTimeField(_("known since"), auto_now_add=True)

    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
        db_index=False,
    )
    blocked_at = models.DateTimeField(_("blocked since"), null=True, editable=False)
    block_reason = models.CharField(_("why blocked"), max_length=500, blank=True, editable=False)
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)

    # What search compares; written with every save. A name has a space at both of its ends.
    folded_name = models.TextField(editable=False, default="")
    folded_email = models.TextField(editable=False, default="")
    phone_digits = models.CharField(max_length=40, editable=False, default="")

    objects = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        ordering = ["name", "pk"]
        permissions = [("erase_client", _("Can erase a client's data"))]
        # Searches by a part scan the columns, which takes milliseconds.
        indexes = [
            models.Index(fields=["folded_email"], name="client_by_email"),
            models.Index(fields=["phone_digits"], name="client_by_phone"),
            # Who may not book online, asked with every booking that comes from there.
            models.Index(
                fields=["blocked_at"],
                condition=Q(blocked_at__isnull=False),
                name="client_blocked",
            ),
            # Few have been merged, and the others need not be written here.
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="client_merged",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="client_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(blocked_at__isnull=True, block_reason="")
                | (Q(blocked_at__isnull=False) & ~Q(block_reason="")),
                name="client_blocked_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """Write the row, and the search columns of whatever of it is written."""
        self.fold()
        if update_fields is not None:
            written = set(update_fields)
            update_fields = written | {FOLDED[name] for name in FOLDED.keys() & written}
        super().save(update_fields=update_fields, **options)

    @property
    def is_blocked(self) -> bool:
        """Whether they may not book online."""
        return self.blocked_at is not None

    @property
    def is_present(self) -> bool:
        """Whether they are somebody of their own: neither merged nor erased."""
        return self.merged_into_id is None and self.erased_at is None

    def fold(self) -> None:
        """Make the search columns say what the others do."""
        self.folded_name, self.folded_email, self.phone_digits = self.as_folded()

    def as_folded(self) -> tuple[str, str, str]:
        """What the search columns have to say."""
        # Letters can take several when they are taken apart; an index has no room for thousands.
        name = folded(self.name)[:LONGEST_NAME]
        return (f" {name} " if name else "", folded_address(self.email), digits(self.phone))


def _is_number(text: str) -> bool:
    """Whether it can only be a telephone number, or a part of one."""
    return bool(dialled(text)) and all(sign in MARKS or sign.isdecimal() for sign in text)


def _by_number(text: str) -> Q:
    """A part of a number as it is stored; or all of it, with a country prefix before it."""
    typed, number = dialled(text), digits(text)
    part = number if len(number) >= SHORT_NUMBER else typed
    found = Q(phone_digits__contains=part) | Q(phone_digits__in=without_prefix(number))
    national = after_prefix(text)
    return found | Q(phone_digits__startswith=national) if national else found


def _by_name(word: str) -> Q:
    """Words that a name's words begin with; "Anne-Marie" is two of them."""
    begins = Q(*(Q(folded_name__contains=f" {part}") for part in folded(word).split()))
    return begins or NOBODY
