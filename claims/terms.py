"""Words as searches of the web write them."""

import re

# Not \w, which leaves out the signs that other scripts write over and under their letters.
SIGNS = r"[^\s!-/:-@\[-`{-~‘’“”„…«»¡¿،؛؟。、！？–—]"
# One whose digits are grouped in threes, as the search (claims_search_vector) takes it for the one without groups.
NUMBER = re.compile(r"(?<!\d)[0-9]{1,3}(?:[,.'’ \u00a0\u2009\u202f][0-9]{3})+(?!\d)")
WORD = re.compile(rf"{NUMBER.pattern}|{SIGNS}+(?:['’]{SIGNS}+)*")
# One that is not to be there, or any other: a hyphen excludes where it does not join.
TERM = re.compile(rf"((?<![^\s\"“„«(])-)?({WORD.pattern})")
