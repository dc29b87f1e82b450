"""What was paid for a booking."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.enums import PaymentMethod
from bookings.models.booking import Booking


class Payment(models.Model):
    """Money received at the desk, in the booking's currency; nothing is charged here (B11)."""

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="payments")
    amount = models.DecimalField(
        _("amount"), max_digits=8, decimal_places=2, validators=[MinValueValidator(0)]
    )
    method = models.CharField(_("method"), max_length=8, choices=PaymentMethod)
    received_at = models.DateTimeField(_("received at"))
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("received by"),
    )

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_positive")
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.booking.currency}"
