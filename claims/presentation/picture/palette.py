"""The colours of the pages by day, by their names there."""

import re
from pathlib import Path

import claims

THEME = Path(claims.__file__).parent / "static" / "claims" / "theme.css"
# The first of each name: those by night come after.
COLOURS = dict(reversed(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", THEME.read_text("utf-8"))))
