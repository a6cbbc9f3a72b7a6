from django.db import models


class AnonymousUse(models.Model):
    """What the processes tell each other of readers without a key; the table is UNLOGGED, and lives for minutes.

    ``visitor`` is a keyed hash of an address, which changes from day to day; ``slot`` ten seconds, counted since 1970.
    """

    pk = models.CompositePrimaryKey("slot", "visitor")
    slot = models.BigIntegerField()
    visitor = models.BinaryField()
    requests = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.slot}: {self.requests}"
