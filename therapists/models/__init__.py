"""Who gives sessions: therapists, what they can prove, and when they work."""

from therapists.models.certification import (
    Certification,
    CertificationQuerySet,
    Standing,
    in_force,
)
from therapists.models.proof import Proof
from therapists.models.qualification import Qualification
from therapists.models.therapist import Therapist
from therapists.models.working_time import ExtraShift, Shift, TimeOff, Weekday

__all__ = [
    "Certification",
    "CertificationQuerySet",
    "ExtraShift",
    "Proof",
    "Qualification",
    "Shift",
    "Standing",
    "Therapist",
    "TimeOff",
    "Weekday",
    "in_force",
]
