"""Each document is in the catalogue once, also when several put it there at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from sources import catalogue
from sources.models import Publisher, Source
from tests.claims import factories

KNOWN = "https://example.org/a/Report?id=7"


def source(url="", **fields):
    return Source(**{"title": "A report", "url": url, "published_on_precision": ""} | fields)


@pytest.mark.django_db
def test_source_at_a_known_address_is_that_one():
    known = factories.source(url=KNOWN)
    assert catalogue.find_or_add(source("http://www.example.org/a/Report/?id=7"), by=factories.user()) == known


@pytest.mark.django_db
def test_sources_without_an_address_are_each_another():
    researcher = factories.user("researcher")
    first, second = (catalogue.find_or_add(source(), by=researcher) for _ in range(2))
    assert first != second


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"title": " "}, {"url": "javascript:alert(1)"}, {"kind": "rumour"}])
def test_what_is_wrong_is_refused(fields):
    with pytest.raises(ValidationError, match=next(iter(fields))):
        catalogue.find_or_add(source(**fields), by=factories.user("researcher"))


@pytest.mark.django_db
def test_role_without_the_permission_adds_nothing():
    with pytest.raises(ValidationError, match="role does not allow"):
        catalogue.find_or_add(source(KNOWN), by=factories.user("reviewer"))
    with pytest.raises(ValidationError, match="role does not allow"):
        catalogue.find_or_add_publisher("The Institute", by=factories.user("reviewer"))
    assert (Source.objects.count(), Publisher.objects.count()) == (0, 0)


def test_source_that_eight_add_at_once_is_there_once(transactional_db):
    researcher = factories.user("researcher")

    def add(number):
        try:
            found = catalogue.find_or_add(source(f"{KNOWN}#p{number}"), by=researcher, publisher="The Institute")
            return found.pk
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        found = set(pool.map(add, range(8)))
    assert found == {Source.objects.get().pk}
    assert Publisher.objects.count() == 1
