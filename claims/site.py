"""The admin site as the editors' desk. Not in claims.admin: that registers with it, and so comes after."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class Desk(AdminSite):
    site_header = site_title = settings.SITE_NAME
    index_title = _("Desk")
