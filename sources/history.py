"""Who changed what, from what, when and why: every row of a desk model, recorded by trigger (django-pghistory)."""

import pghistory
from django.db import models


def with_history(model: type[models.Model]) -> type[models.Model]:
    """Record each insert, update and delete of ``model``, whoever makes it and however."""
    computed = [field.name for field in model._meta.fields if field.generated]
    events = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    return pghistory.track(*events, exclude=computed)(model)
