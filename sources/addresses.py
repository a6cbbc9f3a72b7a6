"""When two addresses are spellings of one: PostgreSQL's sources_address_key says so (migrations/0002_addresses.sql).

The key has no scheme, no "www.", no port that is the scheme's own, no fragment, no parameters that only track the
reader, none of the slash at the end, and its host is in lower case.
"""

from django.db import models


class AddressKey(models.Func):
    """What all spellings of an address have in common; empty for an empty one."""

    function = "sources_address_key"
    output_field = models.CharField()
