"""Words as searches of the web write them."""

import re

# Not \w, which leaves out the signs that other scripts write over and under their letters.
SIGNS = r"[^\s!-/:-@\[-`{-~‘’“”„…«»¡¿،؛؟。、！？–—]"
WORD = re.compile(rf"{SIGNS}+(?:['’]{SIGNS}+)*")
# One that is not to be there, or any other: a hyphen excludes where it does not join.
TERM = re.compile(rf"((?<![^\s\"“„«(])-)?({WORD.pattern})")
