"""The photos of therapists, and the files that go with them."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from studio.photos import Photo
from studio.uploads import PublicStorage
from therapists.models import Therapist


def put_photo(therapist: Therapist, photo: Photo | None) -> None:
    """Show this photo of her from now on, or none; the row is the caller's to save.

    The files of the one before go once that is committed, unless somebody else's are the same.
    """
    before = Therapist.objects.filter(pk=therapist.pk).values_list("photo", "photo_square").first()
    therapist.photo = photo or ""
    therapist.photo_square = photo.square if photo else ""
    transaction.on_commit(lambda: _clear_away(before or ()))


def _clear_away(names: Iterable[str]) -> None:
    storage = PublicStorage()
    for name in filter(None, names):
        if not Therapist.objects.filter(Q(photo=name) | Q(photo_square=name)).exists():
            storage.delete(name)
