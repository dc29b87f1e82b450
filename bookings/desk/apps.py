from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """The admin with reception's own pages in it."""

    default_site = "bookings.desk.site.DeskSite"
