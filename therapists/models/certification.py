"""What a therapist can prove."""

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from therapists.models.qualification import Qualification
from therapists.models.therapist import Therapist


class Standing(models.TextChoices):
    """What a certification is worth on a day (rule S6)."""

    VALID = "valid", _("valid")
    NOT_YET = "not_yet", _("not yet")
    UNVERIFIED = "unverified", _("not verified")
    LAPSED = "lapsed", _("lapsed")
    REVOKED = "revoked", _("revoked")


def in_force(first: date, last: date, relation: str = "") -> Q:
    """What has been verified, is issued by `last`, and neither lapsed nor revoked by `first`.

    `relation` names the certifications where those of another model are asked for.
    """
    at = f"{relation}__" if relation else ""
    return (
        (Q((f"{at}expires_on__isnull", True)) | Q((f"{at}expires_on__gte", first)))
        & (Q((f"{at}revoked_on__isnull", True)) | Q((f"{at}revoked_on__gt", first)))
        & Q((f"{at}verified_on__isnull", False), (f"{at}issued_on__lte", last))
    )


class CertificationQuerySet(models.QuerySet["Certification"]):
    """Certifications by what they prove."""

    def counting(self, first: date, last: date) -> Self:
        """Those that count on at least one of the dates, both inclusive (rule S6).

        The day a certification is revoked on is its first without.
        """
        return self.filter(
            in_force(first, last), Q(revoked_on__isnull=True) | Q(revoked_on__gt=F("issued_on"))
        )

    def covering(self, required: str) -> Self:
        """Those that satisfy what `required` names in the query around (rule S6).

        It says in SQL what `Qualification.covers` says; what has no style has no level either.
        """
        return self.filter(
            Q(qualification=models.OuterRef(required))
            | Q(
                qualification__style=models.OuterRef(f"{required}__style"),
                qualification__level__gte=models.OuterRef(f"{required}__level"),
            )
        )


class Certification(models.Model):
    """One therapist's proof of one qualification; `expires_on` empty: it does not lapse."""

    therapist = models.ForeignKey(Therapist, models.PROTECT, related_name="certifications")
    qualification = models.ForeignKey(
        Qualification,
        models.PROTECT,
        related_name="certifications",
        verbose_name=_("qualification"),
    )
    issuing_body = models.CharField(_("issuing body"), max_length=200)
    number = models.CharField(_("number"), max_length=100)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(
        _("expires on"),
        null=True,
        blank=True,
        help_text=_("Its last day. Empty: never."),
    )
    verified_on = models.DateField(
        _("verified on"),
        null=True,
        blank=True,
        help_text=_("Without it the proof does not count."),
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("verified by"),
    )
    revoked_on = models.DateField(
        _("revoked on"),
        null=True,
        blank=True,
        help_text=_("From this day on it does not count."),
    )
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )

    objects = CertificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("certification")
        verbose_name_plural = _("certifications")
        ordering = ["therapist", "qualification", "issued_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["therapist", "qualification", "number"],
                name="certification_once",
            ),
            models.CheckConstraint(
                condition=(Q(expires_on__isnull=True) | Q(expires_on__gte=F("issued_on")))
                & (Q(revoked_on__isnull=True) | Q(revoked_on__gte=F("issued_on"))),
                name="certification_dates_in_order",
                violation_error_message=_("It cannot end before it was issued."),
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | Q(verified_on__isnull=False),
                name="certification_verified_by_somebody_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(revoked_by__isnull=True) | Q(revoked_on__isnull=False),
                name="certification_revoked_by_somebody_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.therapist}: {self.qualification}"

    @property
    def last_day(self) -> date | None:
        """The last day on which it can count; None for one that neither lapses nor was revoked."""
        ends = [self.expires_on] if self.expires_on is not None else []
        if self.revoked_on is not None:
            ends.append(self.revoked_on - timedelta(days=1))
        return min(ends, default=None)

    def standing_on(self, day: date) -> Standing:
        """Whether it counts for a session on a day, and else the first reason why not."""
        if self.revoked_on is not None and self.revoked_on <= day:
            return Standing.REVOKED
        if self.expires_on is not None and self.expires_on < day:
            return Standing.LAPSED
        if self.verified_on is None:
            return Standing.UNVERIFIED
        return Standing.NOT_YET if self.issued_on > day else Standing.VALID
