"""What clients have answered about their health, who looked at it, and what was decided."""

from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.enums import Ask, LookPage, Source
from bookings.models.booking import Booking
from bookings.models.session_type import SessionType
from studio.ciphers import CipherField
from therapists.models import Therapist


class AnswersQuerySet(models.QuerySet["Answers"]):
    """Answers by what the rules call them."""

    def current(self) -> Self:
        """The last ones to each set of questions of a booking."""
        return self.filter(superseded_at__isnull=True)


class Answers(models.Model):
    """One set of answers for one booking, in cipher, or seen on paper by a therapist (H3, H5).

    New ones supersede those before; nothing of them is changed. What follows from them is
    reckoned whenever it is asked for, and is kept nowhere.
    """

    booking = models.ForeignKey(
        Booking, models.PROTECT, related_name="answers", verbose_name=_("booking")
    )
    ask = models.CharField(_("asked"), max_length=16, choices=Ask)
    version = models.PositiveIntegerField(_("questionnaire version"))
    date = models.DateField(_("for the session on"), help_text=_("At the location."))
    cipher = CipherField(blank=True)
    seen_by = models.ForeignKey(
        Therapist,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("seen on paper by"),
        db_index=False,
    )
    is_complete = models.BooleanField(
        _("complete"), help_text=_("Whether every required question is answered.")
    )
    has_consent = models.BooleanField(_("consent"))
    answered_at = models.DateTimeField(_("answered at"))
    source = models.CharField(_("from where"), max_length=8, choices=Source)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who"),
        db_index=False,
        help_text=_("Of the staff, at whose desk it was; empty: the client alone."),
    )
    taken_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("taken over from"),
        db_index=False,
        help_text=_("Answered for an earlier booking of the same client."),
    )
    superseded_at = models.DateTimeField(_("superseded at"), null=True)

    objects = AnswersQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("health answers")
        default_permissions = ("view",)
        ordering = ["answered_at", "pk"]
        # Most were given by clients themselves, for this booking: of those nothing stands here.
        indexes = [
            models.Index(
                fields=[name], condition=Q((f"{name}__isnull", False)), name=f"answers_{name}"
            )
            for name in ("seen_by", "by", "taken_from")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "ask"],
                condition=Q(superseded_at__isnull=True),
                name="answers_current_once",
            ),
            # An erased client's are neither.
            models.CheckConstraint(
                condition=Q(cipher="") | Q(seen_by__isnull=True),
                name="answers_in_cipher_or_on_paper",
            ),
            models.CheckConstraint(
                condition=Q(cipher="") | Q(has_consent=True), name="answers_kept_with_consent"
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("answered_at")),
                name="answers_superseded_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking}: {self.get_ask_display()}"


class LookQuerySet(models.QuerySet["Look"]):
    """Looks are added, and that is all."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("This is kept as it was written.")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise TypeError("This is kept for good.")


class Look(models.Model):
    """Who looked at whose answers, when, and on which page; written with the look itself (H3)."""

    booking = models.ForeignKey(
        Booking, models.PROTECT, related_name="looks", verbose_name=_("booking")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"))
    page = models.CharField(_("where"), max_length=16, choices=LookPage)
    answers = models.ForeignKey(
        Answers,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("health answers"),
        help_text=_("The last ones that there were; none after it have been seen."),
    )

    objects = LookQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at health answers")
        verbose_name_plural = _("looks at health answers")
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["at"], name="look_by_time")]

    def __str__(self) -> str:
        return f"{self.booking}: {self.by}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it; a second time is a mistake of ours."""
        if not self._state.adding:
            raise TypeError("This is kept as it was written.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("This is kept for good.")


class Review(models.Model):
    """What a person decided about a booking that waited for it; health may stand in the note."""

    booking = models.ForeignKey(
        Booking, models.PROTECT, related_name="reviews", verbose_name=_("booking")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"))
    is_approved = models.BooleanField(_("approved"))
    date = models.DateField(_("for the session on"), help_text=_("At the location."))
    barefoot = models.BooleanField(_("barefoot"))
    answers = models.ForeignKey(
        Answers,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("health answers"),
        help_text=_("The last ones that there were; none after it have been decided about."),
    )
    note = CipherField(blank=True)
    substitute = models.ForeignKey(
        SessionType,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("suggested instead"),
    )

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        default_permissions = ("view",)
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.booking}: {self.at:%Y-%m-%d}"
