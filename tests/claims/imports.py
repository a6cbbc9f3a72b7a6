"""Tables of claims as somebody fills them in, for an article and by an annotator."""

import csv
import io

from claims import importing
from tests.claims import factories

TEXT = "“It rained for 40 days,” the mayor said. The mayor said that it rained. It rained."


def an_annotator(db):
    return factories.user("annotator")


def an_article(db):
    return factories.article(TEXT, url="https://www.example.org/rain/")


def table(*rows, **first):
    """A file's text, of the columns that any row has a cell for."""
    rows = rows or (first,)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO()
    writer = csv.DictWriter(written, columns)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def row(**cells):
    return {"quote": "It rained for 40 days", "claim": "It rained for 40 days in May."} | cells


def planned(text, article, by):
    return importing.plan(text, article, by=by)


def faults(plan):
    return [(fault.column, fault.message) for entry in plan.entries for fault in entry.faults]


def fault(chosen, by, **cells):
    """The one fault of a table of one row: its column and what is said."""
    ((column, message),) = faults(planned(table(row(**cells)), chosen, by))
    return column, message
