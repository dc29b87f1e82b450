"""What clients book."""

from bookings.models import SessionType
from studio.premises.models import Equipment, Location
from studio.studio_file import schema
from studio.studio_file.loading.report import Report
from studio.studio_file.loading.rows import Rows, by_slug, replace
from therapists.models import Qualification


def load_session_types(file: schema.StudioFile, report: Report) -> None:
    """Session types, where they are offered and what they require."""
    rows = Rows(SessionType, "slug", report=report)
    lists = {"locations", "requires_equipment", "requires_qualifications"}
    offered = SessionType.locations.through
    equipped = SessionType.requires_equipment.through
    qualified = SessionType.requires_qualifications.through
    locations, equipment = by_slug(Location), by_slug(Equipment)
    qualifications = by_slug(Qualification)
    owners, places, things, proofs = [], [], [], []
    for table in file.session_types:
        pk = rows.put(**table.model_dump(exclude=lists)).pk
        owners.append(pk)
        places += [
            offered(sessiontype_id=pk, location_id=locations[slug].pk) for slug in table.locations
        ]
        things += [
            equipped(sessiontype_id=pk, equipment_id=equipment[slug].pk)
            for slug in table.requires_equipment
        ]
        proofs += [
            qualified(sessiontype_id=pk, qualification_id=qualifications[slug].pk)
            for slug in table.requires_qualifications
        ]
    report.updated(
        SessionType,
        *replace(offered, "sessiontype_id", owners, places),
        *replace(equipped, "sessiontype_id", owners, things),
        *replace(qualified, "sessiontype_id", owners, proofs),
    )
