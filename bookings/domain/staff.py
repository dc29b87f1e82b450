"""Who works in the studio, and what of it they see (rule P2)."""

from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models import Booking
from bookings.models.booking_queryset import BookingQuerySet
from bookings.scheduling.hours import local_date
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location
from therapists.models import Therapist, TimeOff

type Person = AbstractBaseUser | AnonymousUser
"""Whoever sends a request."""

REVIEWING = "bookings.view_answers"
"""The permission of those who decide about reviews."""

AROUND_TODAY = timedelta(days=1)


class Role(models.TextChoices):
    """What a member of staff does here; each has a group of that name."""

    MANAGER = "manager", gettext_lazy("manager")
    RECEPTIONIST = "receptionist", gettext_lazy("receptionist")
    THERAPIST = "therapist", gettext_lazy("therapist")

    @property
    def group(self) -> str:
        """The name of the group that has its permissions."""
        return self.value.capitalize()


@transaction.atomic
def create_staff(
    username: str, password: str, role: Role, *, therapist: Therapist | None = None, email: str = ""
) -> User:
    """A member of staff who can sign in; a therapist's account opens her own day.

    With an address they are told what concerns them. Raises ValidationError with sentences for
    people.
    """
    if User.objects.filter(username=username).exists():
        raise ValidationError(_("There is a user %(name)s already.") % {"name": username})
    if role is Role.THERAPIST and therapist is None:
        raise ValidationError(_("Say which therapist the account is for."))
    if therapist is not None and therapist.user_id is not None:
        raise ValidationError(_("%(name)s has an account already.") % {"name": therapist})
    user = User(username=username, email=email, is_staff=True)
    user.clean_fields(exclude=["password"])
    validate_password(password, user)
    user.set_password(password)
    user.save()
    user.groups.add(Group.objects.get(name=role.group))
    if therapist is not None:
        therapist.user = user
        therapist.save(update_fields=["user"])
    return user


def may_see_private_time_off(user: Person) -> bool:
    """Whether to show why a therapist does no barefoot work (rule S7).

    Only to those who administer the therapists themselves.
    """
    return isinstance(user, User) and user.has_perm("therapists.change_therapist")


def visible_time_off(user: Person) -> models.QuerySet[TimeOff]:
    """Time off without the private periods, for those whom they do not concern (rule S7)."""
    rows = TimeOff.objects.all()
    return rows if may_see_private_time_off(user) else rows.filter(barefoot_only=False)


def may_review(user: Person | None) -> bool:
    """Whether to decide about a review: those may who see the health answers (rules H3 and P2)."""
    return isinstance(user, User) and user.has_perm(REVIEWING)


def may_look(user: Person | None, booking: Booking, *, now: Minute) -> bool:
    """Whether to show a booking's health answers (rules H3 and P2).

    To reviewers, and to its own therapist yesterday, today and tomorrow.
    """
    if may_review(user):
        return True
    if not isinstance(user, User) or not user.has_perm("bookings.view_booking"):
        return False
    today = local_date(booking.location.timezone, now)
    return booking.therapist.user_id == user.pk and abs(booking.date - today) <= AROUND_TODAY


def reviewers() -> models.QuerySet[User]:
    """Who may decide about a review, and can be written to about it."""
    able = User.objects.with_perm(REVIEWING, backend="django.contrib.auth.backends.ModelBackend")
    return able.filter(is_active=True).exclude(email="").order_by("pk")


def sees_every_booking(user: Person) -> bool:
    """Whether the whole studio's days are theirs to see: of those who change bookings."""
    return isinstance(user, User) and user.has_perm("bookings.change_booking")


def sees_date(user: Person, day: date, *, today: date) -> bool:
    """Whether bookings of a local date are shown at all; a therapist's own are for these days."""
    return sees_every_booking(user) or abs(day - today) <= AROUND_TODAY


def may_see_income(user: Person) -> bool:
    """Whether to show what the studio earns: to those who run it, who may change what it is."""
    return isinstance(user, User) and user.has_perm("premises.change_studio")


def visible_bookings(user: Person, *, now: Minute) -> BookingQuerySet:
    """Every booking for those who change them; for a therapist her own of these days (rule P2)."""
    bookings = Booking.objects.all()
    if not isinstance(user, User):
        return bookings.none()
    if sees_every_booking(user):
        return bookings
    if not user.has_perm("bookings.view_booking"):
        return bookings.none()
    return bookings.filter(_around_today(now), therapist__user=user)


def _around_today(now: Minute) -> Q:
    """Yesterday, today and tomorrow, as the wall clock of each booking's own location has it."""
    days = Q(pk__in=[])
    for pk, timezone in Location.objects.order_by().values_list("pk", "timezone"):
        today = local_date(timezone, now)
        days |= Q(location=pk, date__gte=today - AROUND_TODAY, date__lte=today + AROUND_TODAY)
    return days
