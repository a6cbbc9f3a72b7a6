import io
import json
import shutil

import pytest
import yaml
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from claims import ledger, site_pages
from claims.models import Article, Claim, Publication, PublishedClaim, SitePage
from sources.models import Source
from tests.claims import factories

SEEDS = settings.BASE_DIR / "seeds"


@pytest.fixture
def folder(tmp_path):
    """A copy of the seeds to spoil."""
    return shutil.copytree(SEEDS, tmp_path / "seeds")


def load_demo(**options):
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def load_seeds(**options):
    out = io.StringIO()
    call_command("load_seeds", stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_demo_publishes_29_statements_as_the_desk_would(monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "correct horse")
    load_demo()
    statements = yaml.safe_load((SEEDS / "statements.yaml").read_text())
    documents = [json.loads(text) for text in Publication.objects.values_list("document", flat=True)]
    assert len(documents) == 29
    for statement, document in zip(statements, documents, strict=True):
        quote = document["quote"]
        assert (quote["exact"], quote["start"], quote["end"]) == (
            statement["quote"],
            statement["start"],
            statement["end"],
        )
        assert (document["rating"] or {}).get("slug") == statement.get("rating")
        assert [piece["finding"] for piece in document["evidence"]] == [
            piece["finding"] for piece in statement.get("evidence", [])
        ]
    assert Source.objects.count() == 63
    assert Article.objects.get().limits.startswith("Sources were read in archived copies")
    assert len(list(ledger.verify())) == 29
    assert User.objects.get(username="researcher").check_password("correct horse")


@pytest.mark.django_db
def test_demo_statements_have_their_status():
    load_demo()
    statuses = list(PublishedClaim.objects.order_by("id").values_list("verification_status", flat=True))
    assert {status: statuses.count(status) for status in set(statuses)} == {
        "verified": 24,
        "unverified": 3,
        "not_checkable": 2,
    }
    assert list(Publication.objects.filter(kind="listing").values_list("claim__wording", flat=True)) == list(
        Claim.objects.exclude(checkability="checkable").order_by("pk").values_list("wording", flat=True)
    )


@pytest.mark.django_db
def test_two_people_made_the_demo():
    load_demo()
    for entry in Publication.objects.select_related("claim__assessment__author", "approval__reviewer"):
        assert entry.claim.assessment.author.username == "researcher"
        assert entry.approval.reviewer.username == "reviewer"


@pytest.mark.django_db
def test_demo_has_samples_of_what_a_newsroom_says_of_itself():
    load_demo()
    assert list(SitePage.objects.values_list("slug", flat=True)) == list(site_pages.WANTED)
    assert all(site_pages.SAMPLE in page.text for page in SitePage.objects.all())


@pytest.mark.django_db
def test_no_sample_is_put_beside_what_a_newsroom_wrote():
    for role in ("researcher", "reviewer", "publisher"):
        factories.user(role, username=role)
    factories.site_page("about", text="Ours.")
    load_seeds()
    assert list(SitePage.objects.values_list("slug", "text")) == [("about", "Ours.")]


@pytest.mark.django_db
def test_second_load_changes_nothing():
    load_demo()
    SitePage.objects.filter(slug="about").update(text="Ours.")
    SitePage.objects.filter(slug="contact").delete()
    assert load_seeds() == "The seed article is there already.\n"
    assert load_demo() == "The database has users, so no demo accounts are made and no seeds loaded.\n"
    assert (Publication.objects.count(), User.objects.count(), SitePage.objects.count()) == (29, 5, 3)
    assert SitePage.objects.get(slug="about").text == "Ours."


@pytest.mark.django_db
def test_demo_accounts_are_never_made_beside_users():
    User.objects.create_user("somebody")
    load_demo()
    assert (User.objects.count(), Article.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_demo_passwords_are_kept_for_their_owner_alone(settings, tmp_path, monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    settings.DATA_DIR = tmp_path
    load_demo()
    path = tmp_path / "demo_passwords.txt"
    assert path.stat().st_mode & 0o777 == 0o600
    passwords = dict(line.split() for line in path.read_text().splitlines())
    assert list(passwords) == ["annotator", "researcher", "reviewer", "publisher", "administrator"]
    assert len(set(passwords.values())) == 5
    assert User.objects.get(username="reviewer").check_password(passwords["reviewer"])


def spoil(folder, part, change):
    path = folder / f"{part}.yaml"
    entries = yaml.safe_load(path.read_text())
    change(entries)
    path.write_text(yaml.safe_dump(entries, allow_unicode=True))


FAULTS = [
    ("statements", lambda s: s[6].pop("claim"), r"statements.yaml: S07: 'claim' is a required property"),
    ("statements", lambda s: s[6].update(form="rumour"), r"statements.yaml: S07, form: 'rumour' is not one of"),
    ("statements", lambda s: s[6].update(start=790), r"statements.yaml: S07, quote: the article says “eaturing"),
    ("statements", lambda s: s[6].update(end=99999), r"statements.yaml: S07, quote: the article says"),
    ("statements", lambda s: s[6].update(speaker="nobody"), r"S07, speaker: speakers.yaml has no “nobody”"),
    (
        "statements",
        lambda s: s[6].update(stated_on="2022-13"),
        "S07, stated_on: “2022-13” is not a date",
    ),
    ("statements", lambda s: s[6].update(colour="red"), r"S07: Additional properties are not allowed \('colour'"),
    (
        "statements",
        lambda s: s[1]["evidence"][1].update(source="x"),
        "S02, evidence 2, source: sources.yaml has no “x”",
    ),
    ("statements", lambda s: s[1]["evidence"][1].update(stance="maybe"), r"S02, evidence 2, stance: 'maybe' is not"),
    ("statements", lambda s: s[1].update(id="S01"), r"statements.yaml: S01: this id is used twice"),
    ("statements", lambda s: s[1].pop("rating"), r"S02, rating: a checkable statement needs one"),
    ("sources", lambda s: s[0].update(url="not an address"), r"sources.yaml: unog-hrc50-close, url: "),
    (
        "sources",
        lambda s: s[0].update(published_on="2022-02-30"),
        "published_on: “2022-02-30” is not",
    ),
    ("ratings", lambda s: s[0].update(value="five"), r"ratings.yaml: true, value: 'five' is not of type 'integer'"),
    ("article", lambda s: s.pop("language"), r"article.yaml: 'language' is a required property"),
    ("article", lambda s: s.update(published_on="2022-13"), "article.yaml, published_on: “2022-13” is not a date"),
    ("pages", lambda s: s[0].pop("text"), r"pages.yaml: method: 'text' is a required property"),
    (
        "speakers",
        lambda s: s[0].update(position_sources=["x"]),
        "speakers.yaml: [^,]+, position_sources 1: sources.yaml has no “x”",
    ),
]
# What only the models know to be wrong.
REFUSED = [
    ("sources", lambda s: s[3].update(title=" "), r"sources.yaml: \S+, title: "),
    ("statements", lambda s: s[1].update(claim=" "), r"statements.yaml: S02, wording: "),
    ("statements", lambda s: s[1]["evidence"][0].update(finding=" "), r"statements.yaml: S02, finding: "),
    ("pages", lambda s: s[0].update(slug="claims"), r"pages.yaml: claims, slug: The site itself has something"),
    ("speakers", lambda s: s[0].update(name="w" * 400), r"speakers.yaml: \S+, name: .*at most"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("part", "change", "message"), FAULTS)
def test_malformed_seed_names_the_statement_and_field_and_loads_nothing(folder, part, change, message):
    for role in ("researcher", "reviewer", "publisher"):
        User.objects.create_user(role)
    spoil(folder, part, change)
    with pytest.raises(CommandError, match=rf"^Nothing was loaded\.\n(.*\n)*.*{message}"):
        load_seeds(folder=folder)
    assert (Source.objects.count(), Article.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(("part", "change", "message"), REFUSED)
def test_seed_that_a_model_refuses_names_the_entry_and_loads_nothing(folder, part, change, message):
    for role in ("researcher", "reviewer", "publisher"):
        factories.user(role, username=role)
    spoil(folder, part, change)
    with pytest.raises(CommandError, match=rf"^Nothing was loaded\.\n{message}"):
        load_seeds(folder=folder)
    assert (Source.objects.count(), Article.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_seed_sources_are_one_at_one_address_and_each_another_without(folder):
    def respell(sources):
        sources[1]["url"] = sources[0]["url"].replace("https://", "http://www.") + "#page=2"
        del sources[2]["url"], sources[3]["url"]

    for role in ("researcher", "reviewer", "publisher"):
        factories.user(role, username=role)
    spoil(folder, "sources", respell)
    load_seeds(folder=folder)
    assert (Source.objects.count(), Source.objects.filter(url="").count()) == (62, 2)


@pytest.mark.django_db
def test_seed_file_that_is_not_yaml_is_named(folder):
    (folder / "sources.yaml").write_text("- id: [")
    with pytest.raises(CommandError, match=r"sources.yaml: it is not YAML"):
        load_seeds(folder=folder)


@pytest.mark.django_db
def test_missing_seed_file_is_named(folder):
    (folder / "article.txt").unlink()
    with pytest.raises(CommandError, match=r"article.txt: there is no such file in seeds/"):
        load_seeds(folder=folder)


@pytest.mark.django_db
def test_unknown_author_is_named():
    with pytest.raises(CommandError, match="no user “researcher”: name one with --author"):
        load_seeds()
