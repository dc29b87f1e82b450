"""What binds two bookings that were made for two people at once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.models.at_once import MadeAtOnce


class Pair(MadeAtOnce):
    """Two clients at one time, with two therapists in two rooms; each has a booking of her own."""

    side_by_side = models.BooleanField(
        _("side by side"),
        editable=False,
        help_text=_("Whether they want rooms beside each other and no others."),
    )

    class Meta(MadeAtOnce.Meta):
        verbose_name = _("two together")
        verbose_name_plural = _("two together")
