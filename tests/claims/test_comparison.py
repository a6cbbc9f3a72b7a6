import copy

import orjson
import pytest

from claims import comparison, document
from claims.models import Claim, Publication
from tests.claims import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def doc():
    claim = factories.published(factories.claim(topics=("Rain",)))
    return orjson.loads(Publication.objects.of(claim.pk).get().document)


def rows(found):
    return {row.name: row for row in found.rows}


def test_first_publication_marks_nothing(doc):
    found = comparison.documents(None, doc)
    assert found.first
    assert found.changes == []
    assert {row.what for row in found.rows} == {"same"}
    assert rows(found)["summary"].after == "It is so."
    assert [piece.what for piece in found.evidence] == ["same"]


def test_same_document_changes_nothing(doc):
    assert comparison.documents(doc, copy.deepcopy(doc)).changes == []


def test_changed_words_are_marked(doc):
    after = copy.deepcopy(doc) | {"summary": "It was so."}
    found = comparison.documents(doc, after)
    assert found.changes == ["Summary"]
    assert [tuple(run) for run in rows(found)["summary"].runs] == [
        ("same", "It "),
        ("deleted", "is "),
        ("inserted", "was "),
        ("same", "so."),
    ]


LEAVES = {
    ("speaker", "id"): 999,
    ("speaker", "name"): "Another",
    ("quote", "start"): 1,
    ("quote", "prefix"): "Before it.",
    ("article", "outlet", "name"): "Another",
    ("rating", "best"): 9,
    ("verification_status",): "unverified",
    ("stated_on",): "2021",
    ("topics",): [{"slug": "snow", "name": "Snow"}],
    ("relays",): {"id": 1, "name": "Her", "kind": "person", "position": None, "same_as": [], "note": None},
    ("field_of_a_later_version",): "new",
}


@pytest.mark.parametrize("path", LEAVES, ids=".".join)
def test_no_change_goes_unread(doc, path):
    after = copy.deepcopy(doc)
    *way, last = path
    part = after
    for step in way:
        part = part[step]
    part[last] = LEAVES[path]
    assert comparison.documents(doc, after).changes != []


def test_every_value_that_is_hashed_can_be_read(doc):
    """Take each value away, one at a time: the comparison tells."""
    for name in document.content(Claim.objects.for_document().get(), kind="verdict"):
        if doc[name]:
            empty = [] if isinstance(doc[name], list) else None
            assert comparison.documents(doc, doc | {name: empty}).changes, name


def piece(number, stance="supports", finding="It says so."):
    source = {"id": number, "title": f"Source {number}", "url": None, "publisher": "A", "kind": "dataset"}
    return {"stance": stance, "finding": finding, "locator": None, "source": source}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([1], [1, 2], [("same", 0), ("added", 0)]),
        ([1, 2], [2], [("same", 0), ("removed", 0)]),
        ([1, 2], [2, 1], [("same", 2), ("same", 1)]),
        ([1, 2, 3], [3], [("same", 0), ("removed", 0), ("removed", 0)]),
        ([1, 1], [1], [("same", 0), ("removed", 0)]),
    ],
)
def test_evidence_is_matched_by_its_source(doc, before, after, told):
    old, new = (doc | {"evidence": [piece(number) for number in numbers]} for numbers in (before, after))
    assert [(found.what, found.was) for found in comparison.documents(old, new).evidence] == told


def test_changed_finding_is_marked_in_its_piece(doc):
    old, new = (doc | {"evidence": [piece(1, finding=text)]} for text in ("It rained.", "It poured."))
    found = comparison.documents(old, new)
    assert [one.what for one in found.evidence] == ["changed"]
    assert [row.name for row in found.evidence[0].rows if row.what != "same"] == ["finding"]
    assert found.changes == ["Evidence"]


def test_other_stance_is_another_piece(doc):
    old, new = (doc | {"evidence": [piece(1, stance)]} for stance in ("supports", "refutes"))
    assert [one.what for one in comparison.documents(old, new).evidence] == ["added", "removed"]


def test_contact_that_was_answered_is_told(doc):
    asked = {"kind": "right_of_reply", "party": "The mayor", "on": "2022-07-12", "summary": None, "outcome": "pending"}
    old, new = doc | {"contacts": [asked]}, doc | {"contacts": [asked | {"outcome": "answered"}]}
    found = comparison.documents(old, new)
    assert [row.after for row in found.contacts[0].rows if row.what != "same"] == ["answered"]
    assert found.changes == ["Contacts"]
