"""What psql alone takes: the yardstick of searches and exports."""

import os
import re
import subprocess
import time

from config import postgres_programs

# What the list of claims asks, in the way that is best for words that are common, and in that for others.
SEARCH = """
SELECT (SELECT document FROM claims_publication WHERE sequence = v.publication_id)
FROM claims_publishedversion AS v
WHERE v.until IS NULL AND v.search @@ claims_search_query('{word}') ORDER BY v.publication_id{way} DESC LIMIT 51;
"""
EVERYTHING = """\
\\copy (SELECT p.document FROM claims_publishedversion AS v \
JOIN claims_publication AS p ON p.sequence = v.publication_id WHERE v.until IS NULL) TO '/dev/null'
"""


def searches(words: list[str], *, common: bool) -> list[float]:
    """Seconds, by psql's own clock, over one connection."""
    way = "" if common else " + 0"
    told = _run("\\timing on\n" + "".join(SEARCH.format(word=word, way=way) for word in words))
    return [float(time) / 1000 for time in re.findall(r"^Time: ([\d.]+) ms", told, re.MULTILINE)]


def copy() -> float:
    """Seconds that every document takes to nowhere."""
    start = time.perf_counter()
    _run(EVERYTHING)
    return time.perf_counter() - start


def _run(commands: str) -> str:
    psql = [postgres_programs.find().folder / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", os.environ["DATABASE_URL"]]
    return subprocess.run(psql, input=commands, stdout=subprocess.PIPE, text=True, check=True).stdout
