"""The photos of therapists, and the files that go with them."""

from studio.photos import Photo
from studio.uploads import clear_away
from therapists.models import Therapist


def put_photo(therapist: Therapist, photo: Photo | None) -> None:
    """Show this photo of her from now on, or none; the row is the caller's to save.

    The files of the one before go once that is committed, unless somebody else's are the same.
    """
    clear_away(Therapist.objects.filter(pk=therapist.pk), "photo", "photo_square")
    therapist.photo = photo or ""
    therapist.photo_square = photo.square if photo else ""
