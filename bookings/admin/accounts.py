"""The accounts of the staff and their groups: Django's own pages, with an export."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from bookings.admin.schedule import AnyAdmin

if TYPE_CHECKING:  # Django's class takes a type argument only in the stubs
    AnyUserAdmin = UserAdmin[User]
else:
    AnyUserAdmin = UserAdmin

admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(AnyAdmin, AnyUserAdmin):
    list_display = ("username", "email", "first_name", "last_name", "is_active", "last_login")
    date_hierarchy = "date_joined"


@admin.register(Group)
class RoleAdmin(AnyAdmin, GroupAdmin):
    list_display = ("name",)
