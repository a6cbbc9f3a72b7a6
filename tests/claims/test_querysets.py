import pytest
from django.db import connection

from claims import merging
from claims.models import Article, PublishedClaim, PublishedVersion
from tests import demo
from tests.claims import factories

pytestmark = pytest.mark.django_db


def test_twin_search_looks_at_no_other_article():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Article.objects.same_as("https://example.org/rain", "It rained.").order_by().explain()
    assert "Index Scan on article_by_address" in plan
    assert "Index Scan on article_by_text" in plan
    assert "Seq Scan" not in plan


def test_twins_have_one_address_or_one_text():
    at = factories.article("It rained.", url="http://www.Example.org/rain/?utm_source=x#top")
    same = factories.article("It poured.", url="")
    factories.article("It snowed.", url="")
    assert set(Article.objects.same_as("https://example.org/rain", "It poured.")) == {at, same}
    assert list(Article.objects.same_as("", "")) == []


def test_article_may_have_the_longest_address_in_any_script():
    article = factories.article(url="https://example.org/" + "ក" * 1980)
    assert Article.objects.same_as(article.url + "#top", "Other words.").get() == article


@pytest.mark.parametrize("written", ["680,000", "680.000", "680 000", "680\u202f000", "680’000", "680000"])
@pytest.mark.parametrize("searched", ["680,000", "680 000", "680000", '"680 000 doses"'])
def test_number_is_found_however_its_digits_are_grouped(written: str, searched: str):
    claim = factories.published(factories.claim(wording=f"In 2022, {written} doses were given."))
    factories.published(factories.claim(wording="In 680 days of 2022 no doses were given."))
    assert [version.claim for version in PublishedVersion.objects.matching(searched)] == [claim.pk]


@pytest.mark.parametrize(
    ("searched", "found"),
    [
        ("rain -elections", ["snow"]),
        ("rain -election", ["snow"]),
        ("-elections", ["snow"]),
        ('rain -"july 12"', ["snow"]),
        ("rain -the", []),
        ("rain -AT&T", ["snow", "vote"]),
        ("rain (-elections)", ["snow"]),
        ("rain --elections", ["snow"]),
        ("rain or -snow", ["vote"]),
        ("-" * 300, []),
        ("(-" * 150, []),
        ("rain " + "-" * 200, ["snow", "vote"]),
        ("", []),
        ("-680000 rain", ["snow"]),
        ("-680,000 rain", ["snow"]),
        ('-"680 000" rain', ["snow"]),
        ("hail or snow -elections", ["snow"]),
        ("vote or snow", ["snow", "vote"]),
        ("rain -", ["snow", "vote"]),
        ('rain -"', ["snow", "vote"]),
        ("300 people", ["vote"]),
        ("12 300", ["vote"]),
        ("12300", ["vote"]),
    ],
)
def test_search_finds_what_is_wanted_and_not_what_is_not(searched: str, found: list[str]):
    made = {
        factories.published(factories.claim(article=factories.article("It poured."), wording=wording)).pk: name
        for name, wording in (
            ("vote", "On July 12 300 people of the 680,000 in the rain cast their vote in an election."),
            ("snow", "In the north, rain became snow."),
        )
    }
    versions = PublishedVersion.objects.matching(searched).order_by("-pk")
    assert [made[version.claim] for version in versions] == found


@pytest.mark.parametrize(
    ("searched", "found"),
    [
        ("covid 19", True),
        ("covid-19", True),
        ('"covid 19"', True),
        ("2021", True),
        ("2020-21", False),
        ("24", True),
        ("18-24", True),
        ("women", True),
        ("men/women", True),
        ("human rights", True),
        ("human-rights", True),
        ("law-making", True),
        ("making", True),
        ("rights-human", False),
        ("-human-rights", False),
        ("-19", False),
        ("-20", True),
        ("12-year-old", True),
        ("year-old", True),
        ("pfizer/biontech", True),
        ("biontech", True),
        ("some-site.com", True),
        ("jean-luc@example.com", True),
        ("v2.0-beta", True),
    ],
)
def test_joined_words_are_found_together_and_alone(searched: str, found: bool):
    wording = "Covid-19 law-making of 2020-2021 kept human rights of men/women who were 18-24. A 12-year-old, of"
    wording += " Pfizer/BioNTech-made jabs, wrote to jean-luc@example.com of some-site.com about v2.0-beta."
    factories.published(factories.claim(wording=wording))
    assert PublishedVersion.objects.matching(searched).exists() == found


@pytest.mark.parametrize("searched", ["rain", "rain -snow", "-snow", "680,000 doses", '"680 000" -"12 300"'])
def test_search_is_made_without_remarks_of_the_database(searched: str):
    remarks: list[str] = []
    with connection.cursor() as cursor:
        cursor.connection.add_notice_handler(lambda told: remarks.append(told.message_primary))
        cursor.execute("SELECT claims_search_query(%s)", [searched])
        assert cursor.fetchone()[0]
    assert remarks == []


def test_word_and_its_absence_divide_the_record():
    demo.load()
    everything = set(PublishedVersion.objects.values_list("pk", flat=True))
    words = set(" ".join(PublishedVersion.objects.values_list("words", flat=True)).split())
    for word in sorted(word for word in words if not word.startswith(("-", '"'))):
        found = set(PublishedVersion.objects.matching(word).values_list("pk", flat=True))
        others = set(PublishedVersion.objects.matching(f"-{word}").values_list("pk", flat=True))
        assert found or not any(map(str.isalnum, word)), word
        assert found.isdisjoint(others) or not found, word
        assert not found or found | others == everything, word


def test_what_is_alike_is_found_by_the_words_in_common():
    wording = "The ministry bought nine hundred and forty new buses for the capital in the spring of last year"
    claims = [
        factories.published(factories.claim(wording=said))
        for said in (
            wording.replace("nine hundred", "Nine hundréd") + ".",
            wording.replace("last year", "2021").replace("new ", ""),
            wording.replace("buses", "trams").replace("bought", "ordered"),
            "The ministry sold nothing last year",
            "ក្រសួង បានទិញ រថយន្តក្រុង",
        )
    ]
    found = PublishedClaim.objects.alike(wording, at_least=0.5)
    assert list(found.values_list("pk", flat=True)) == [claim.pk for claim in claims[:3]]
    assert PublishedClaim.objects.alike("ក្រសួង បានទិញ រថយន្តក្រុង", at_least=0.5).get().pk == claims[4].pk
    assert list(PublishedClaim.objects.alike("?!", at_least=0)) == []


def test_what_is_alike_is_looked_up_however_common_its_trigrams_are():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = PublishedClaim.objects.alike("It rained.", at_least=0.5).explain()
    assert "Index Scan on published_by_sketch" in plan
    assert "%" not in plan


def test_latest_of_a_speaker_are_those_of_every_name():
    one, other, third = (factories.speaker(name) for name in ("The Mayor", "Anna Mayor", "A. Mayor"))
    made = [factories.published(factories.claim(speaker=speaker)) for speaker in (one, other, one, other, third, one)]
    merging.merge(other, into=one, by=factories.user("administrator"))
    found = PublishedClaim.objects.exclude(pk=made[-1].pk).latest_of(other.pk, 2)
    assert [claim.pk for claim in found] == [claim.pk for claim in (made[3], made[2], made[1], made[0])]


def test_latest_of_a_speaker_are_looked_up_and_not_walked_to():
    for _ in range(30):
        speaker = factories.speaker()
        factories.published(factories.claim(speaker=speaker))
    with connection.cursor() as cursor:
        # On a table as small as this one, every way costs much the same. Known numbers leave two: off the index, or
        # past all the claims there are.
        cursor.execute("ANALYZE claims_publishedclaim")
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    plan = PublishedClaim.objects.latest_of(speaker.pk, 4)[:4].explain()
    assert "Index Scan Backward using published_by_speaker" in plan
