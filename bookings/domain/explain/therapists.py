"""Why a therapist can take the session, or cannot (rules S1 to S3 and S6 to S8)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from bookings.domain.bookable.roster import UnbookedTherapist
from bookings.domain.bookable.taken import Taken
from bookings.domain.explain.asked import Asked, Reason, spelled_day
from bookings.scheduling.slots import Rule
from therapists.models import Certification, Qualification, Standing, Therapist


@dataclass(frozen=True, slots=True)
class TherapistReasons:
    """What is known of the therapists at one start, read once for all of them."""

    asked: Asked
    taken: Taken
    required: list[Qualification]
    certifications: list[Certification]
    offering: set[int]
    not_offered: list[Reason]

    @classmethod
    def gather(
        cls, asked: Asked, taken: Taken, therapist_ids: list[int], not_offered: list[Reason]
    ) -> "TherapistReasons":
        """Read what the sentences need; `not_offered` is why nobody gives the session there."""
        session_type = asked.question.session_type
        certifications = Certification.objects.filter(therapist_id__in=therapist_ids)
        return cls(
            asked,
            taken,
            required=list(session_type.requires_qualifications.all()),
            certifications=list(certifications.select_related("qualification").order_by("pk")),
            offering=set(session_type.therapists.values_list("pk", flat=True)),
            not_offered=not_offered,
        )

    def of(self, therapist: Therapist, unbooked: UnbookedTherapist, rule: Rule) -> list[Reason]:
        """Why a rule lets a therapist take the session, or does not."""
        match rule:
            case Rule.OFFERED:
                return list(self._offers(therapist))
            case Rule.WORKING:
                return list(self._works(unbooked))
            case Rule.THERAPIST_FREE:
                free = [Reason(_("Has no other booking then."))]
                return self.asked.taken_by("therapist_id", therapist.pk) or free
            case Rule.CERTIFIED:
                return list(self._certified(therapist))
            case Rule.BAREFOOT_ALLOWED:
                return [self._barefoot(unbooked)]
            case _:
                return [self._cap(therapist)]

    def _offers(self, therapist: Therapist) -> Iterator[Reason]:
        session = {"session": self.asked.question.session_type}
        yield from self.not_offered
        if not therapist.active:
            yield Reason(_("Gives no sessions any more."))
        if therapist.pk not in self.offering:
            yield Reason(_("Does not offer %(session)s.") % session)
        elif therapist.active and not self.not_offered:
            yield Reason(_("Offers %(session)s.") % session)

    def _works(self, unbooked: UnbookedTherapist) -> Iterator[Reason]:
        asked, here = self.asked, {"location": self.asked.question.location}
        that_day = asked.cells | asked.frame.dates(asked.day, asked.day)
        if shifts := asked.spelled_at(unbooked.working, that_day):
            yield Reason(
                _("Works %(shifts)s; the session with its buffers takes %(session)s.")
                % {"shifts": shifts, "session": asked.spelled(asked.occupied)}
            )
        else:
            yield Reason(_("Does not work at %(location)s that day.") % here)
        if off := asked.spelled_at(unbooked.off, asked.cells):
            yield Reason(_("Has time off %(times)s.") % {"times": off})
        if unbooked.closed & asked.cells:
            yield Reason(_("%(location)s is closed then.") % here)

    def _certified(self, therapist: Therapist) -> Iterator[Reason]:
        own = [held for held in self.certifications if held.therapist_id == therapist.pk]
        proofs = [proof_of(required, own, self.asked.day) for required in self.required]
        lacking = [proof for proof in proofs if not proof.ok]
        for proof in lacking or proofs:
            yield Reason(proof.words)
        if not proofs:
            yield Reason(_("It asks for no qualification."))

    def _barefoot(self, unbooked: UnbookedTherapist) -> Reason:
        if times := self.asked.spelled_at(unbooked.not_barefoot, self.asked.cells):
            return Reason(_("Does no barefoot work %(times)s.") % {"times": times})
        return Reason(_("Does barefoot work then."))

    def _cap(self, therapist: Therapist) -> Reason:
        cap = therapist.max_barefoot_minutes_per_day
        if cap is None:
            return Reason(_("Has no limit of barefoot minutes."))
        booked = self.taken.barefoot[therapist.pk][self.asked.day]
        return Reason(
            _("%(booked)s of %(cap)s barefoot minutes are booked; this session takes %(more)s.")
            % {"booked": booked, "cap": cap, "more": self.asked.question.length.duration}
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """What a therapist's certifications are worth for one qualification."""

    words: str
    ok: bool


def proof_of(required: Qualification, held: Iterable[Certification], day: date) -> Proof:
    """Judge the certifications of one therapist for one qualification on a day (rule S6)."""
    covering = [each for each in held if each.qualification.covers(required)]
    if not covering:
        return Proof(_("Holds no %(qualification)s.") % {"qualification": required}, ok=False)
    best = min(covering, key=lambda each: (each.standing_on(day) != Standing.VALID, -each.pk))
    return Proof(_standing_words(best, day), ok=best.standing_on(day) == Standing.VALID)


def _standing_words(certification: Certification, day: date) -> str:
    name = {"name": certification.qualification}
    match certification.standing_on(day):
        case Standing.REVOKED:
            words, when = _("%(name)s was revoked on %(day)s."), certification.revoked_on
        case Standing.LAPSED:
            words, when = _("%(name)s lapsed on %(day)s."), certification.expires_on
        case Standing.UNVERIFIED:
            words, when = _("%(name)s is not verified."), None
        case Standing.NOT_YET:
            words, when = _("%(name)s counts from %(day)s on."), certification.issued_on
        case _ if certification.expires_on:
            words, when = _("%(name)s is valid until %(day)s."), certification.expires_on
        case _:
            words, when = _("%(name)s is valid."), None
    return words % (name | {"day": spelled_day(when)} if when else name)
