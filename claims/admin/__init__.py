"""The editors' desk."""

from django.contrib import admin

from claims.admin import article, claim, record, reference

__all__ = ["article", "claim", "record", "reference"]

admin.site.site_header = admin.site.site_title = "Assay"
admin.site.index_title = "Desk"
