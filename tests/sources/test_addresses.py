import pytest
from django.core.exceptions import ValidationError

from sources.models import Source
from tests.claims import factories

pytestmark = pytest.mark.django_db

SPELLINGS = [
    "https://example.org/a/Report?id=7",
    "http://example.org/a/Report?id=7",
    "https://www.example.org/a/Report?id=7#page=3",
    "HTTPS://Example.ORG:443/a/Report?id=7",
    "https://example.org/a/Report/?utm_source=x&id=7&fbclid=abc",
    "  https://example.org/a/Report?id=7 ",
]
OTHERS = [
    "https://example.org/a/report?id=7",
    "https://example.org/a/Report?id=8",
    "https://example.org/a/Report",
    "https://example.org:8443/a/Report?id=7",
    "https://wwwexample.org/a/Report?id=7",
    "",
]


@pytest.mark.parametrize("url", SPELLINGS)
def test_source_is_found_by_any_spelling_of_its_address(url):
    source = factories.source(url="https://example.org/a/Report?id=7")
    assert list(Source.objects.at(url)) == [source]


@pytest.mark.parametrize("url", OTHERS)
def test_source_is_not_found_by_another_address(url):
    factories.source(url="https://example.org/a/Report?id=7")
    factories.source(url="")
    assert list(Source.objects.at(url)) == []


@pytest.mark.parametrize("url", SPELLINGS)
def test_second_source_at_an_address_is_refused(url):
    factories.source(url="https://example.org/a/Report?id=7")
    with pytest.raises(ValidationError, match="already there"):
        Source(title="Again", url=url.strip(), published_on_precision="").full_clean()
