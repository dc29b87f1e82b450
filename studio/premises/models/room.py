"""Rooms, what stands or hangs in them, and when they cannot be used."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from studio.premises.fields import WallTimeField, format_wall, multiple_of_five
from studio.premises.models.location import Location


class Equipment(models.Model):
    """A kind of thing that stands or hangs in a room: ceiling bars, a table, a mat."""

    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("equipment")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A room of a location, with equipment in it."""

    location = models.ForeignKey(Location, models.PROTECT, related_name="rooms")
    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200)
    equipment = models.ManyToManyField(Equipment, verbose_name=_("equipment"), blank=True)
    beside = models.ManyToManyField(
        "self",
        verbose_name=_("beside"),
        blank=True,
        help_text=_("Rooms of the same location in which two people can lie side by side with it."),
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class Inspection(models.Model):
    """When a room's piece of equipment is due to be inspected; overdue closes it (rule S5)."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="inspections")
    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="inspections")
    due_on = models.DateField(_("due on"), help_text=_("The last day on which it may be used."))

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["room", "equipment"], name="inspection_due_once")
        ]

    def __str__(self) -> str:
        return f"{self.equipment}, {self.room}: {self.due_on}"


class RoomBlock(models.Model):
    """When a room cannot be used: repair, deep clean. Wall clock of its location."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="blocks")
    wall_from = WallTimeField(_("from"))
    wall_until = WallTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("room block")
        verbose_name_plural = _("room blocks")
        ordering = ["wall_from"]
        # When a room is cleaned on some dates, of all the times that it ever was.
        indexes = [models.Index(fields=["room", "wall_until"], name="room_block_by_room")]
        constraints = [
            models.CheckConstraint(
                condition=Q(wall_until__gt=F("wall_from"))
                & multiple_of_five("wall_from", "wall_until"),
                name="room_block_in_order_in_steps_of_five",
                violation_error_message=_("The end must come after the start."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.room}: {format_wall(self.wall_from)} – {format_wall(self.wall_until)}"
