"""Why the session can take a room, or cannot (rules S1, S4 and S5)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bookings.domain.bookable.hindrances import blocks_near
from bookings.domain.explain.asked import Asked, Reason, spelled_day
from bookings.scheduling.hours import wall_minute
from bookings.scheduling.slots import Rule
from studio.premises.models import Equipment, Room, RoomBlock


@dataclass(frozen=True, slots=True)
class RoomReasons:
    """What is known of the rooms at one start, read once for all of them."""

    asked: Asked
    needed: list[Equipment]
    blocks: list[RoomBlock]

    @classmethod
    def gather(cls, asked: Asked, room_ids: list[int]) -> "RoomReasons":
        """Read what the sentences need."""
        needed = asked.question.session_type.requires_equipment.order_by("name")
        return cls(asked, list(needed), list(blocks_near(asked.frame, room_ids)))

    def of(self, room: Room, rule: Rule) -> list[Reason]:
        """Why a rule lets the session take a room, or does not.

        The room comes with its equipment and its inspections.
        """
        match rule:
            case Rule.OFFERED:
                return [Reason(_("Is in use.") if room.active else _("Is out of use."))]
            case Rule.ROOM_FREE:
                taken = self.asked.taken_by("room_id", room.pk)
                return [*taken, *self._blocked(room)] or [Reason(_("Is free then."))]
            case _:
                return list(self._lacking(room)) or [self._equipped()]

    def _blocked(self, room: Room) -> Iterator[Reason]:
        for block in self.blocks:
            cells = self.asked.frame.wall(
                wall_minute(block.wall_from), wall_minute(block.wall_until)
            )
            if block.room_id == room.pk and cells & self.asked.cells:
                words = _("Is blocked %(times)s") % {"times": self.asked.spelled_at(cells, cells)}
                yield Reason(f"{words}: {block.reason}." if block.reason else f"{words}.")

    def _lacking(self, room: Room) -> Iterator[Reason]:
        inside = set(room.equipment.all())
        due_on = {due.equipment_id: due.due_on for due in room.inspections.all()}
        for piece in self.needed:
            if piece not in inside:
                yield Reason(_("Has no %(equipment)s.") % {"equipment": piece})
            due = due_on.get(piece.pk)
            if due is not None and due < self.asked.day:
                yield Reason(
                    _("Inspection of %(equipment)s was due on %(day)s.")
                    % {"equipment": piece, "day": spelled_day(due)}
                )

    def _equipped(self) -> Reason:
        if not self.needed:
            return Reason(_("It asks for no equipment."))
        pieces = ", ".join(map(str, self.needed))
        return Reason(_("Has what it asks for: %(equipment)s.") % {"equipment": pieces})
