"""That something has changed: what is kept says of which state it is true."""

from django.db import models

from studio.premises.models.location import Location


class ScheduleVersion(models.Model):
    """Counts the writes that changed what can be booked at a location.

    `rules` counts those that changed what bookings are judged by, and none that booked anything.
    A row of its own, so that saving a location's form cannot put an old count back.
    """

    location = models.OneToOneField(
        Location, models.CASCADE, primary_key=True, related_name="version"
    )
    number = models.PositiveBigIntegerField(default=0)
    rules = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.location_id}: {self.number}"


class Shown(models.Model):
    """What a table that visitors are shown had in it last: another mark after each change.

    The database itself writes these rows, whoever changes the table (`studio.premises.shown`).
    """

    table_name = models.CharField(max_length=64, primary_key=True)
    mark = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.table_name}: {self.mark}"
