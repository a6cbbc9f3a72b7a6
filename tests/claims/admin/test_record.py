import pytest
from django.urls import reverse

from tests.claims import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(client):
    client.force_login(factories.user(is_superuser=True))
    return reverse("admin:claims_publication_changelist")


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("noun", ["publication", "review"])
def test_record_costs_the_same_however_long(client, ledger, django_assert_num_queries, noun, rows):
    for _ in range(rows):
        factories.published()
    address = reverse(f"admin:claims_{noun}_changelist")
    with django_assert_num_queries(4) as asked:
        client.get(address)
    assert not [query["sql"] for query in asked if '"document"' in query["sql"]]


def test_newest_of_the_record_is_on_top(client, ledger):
    first, second = factories.published(), factories.published()
    for address in (ledger, reverse("admin:claims_review_changelist")):
        assert [row.claim for row in client.get(address).context["cl"].result_list] == [second, first]


def test_entry_of_the_ledger_shows_its_document(client, ledger):
    entry = factories.published().publications.get()
    page = client.get(reverse("admin:claims_publication_change", args=[entry.pk]))
    assert entry.hash in page.text
    assert "verification_status" in page.text
