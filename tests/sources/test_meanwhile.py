"""Two people who have the same article, source, publisher or speaker open."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from claims import merging
from claims.models import Article, Speaker
from sources.models import Publisher, Source
from tests.claims import factories
from tests.claims.admin.browsing import boxes

CHANGED = "Somebody else has changed this since you opened the page."


@pytest.fixture
def ann(db):
    return signed_in()


@pytest.fixture
def rosa(db):
    return signed_in()


def signed_in():
    client = Client()
    client.force_login(factories.user("researcher"))
    return client


def address(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def opened(client, row):
    return read(client.get(address(row)))


def read(response):
    """What a browser would post of the page."""
    return boxes(response.text.replace(f'id="{response.context["opts"].model_name}_form"', 'id="claim_form"'))


def test_what_the_other_changed_meanwhile_stays(ann, rosa):
    article = factories.article(limits="One.\n\nTwo.", published_on="2022-07-01", published_on_precision="month")
    hers, his = opened(ann, article), opened(rosa, article)
    outlet = factories.publisher("Another")
    rosa.post(address(article), his | {"title": "Mended", "published_on": "2022-07-12", "limits": "Three."})
    assert ann.post(address(article), hers | {"outlet": outlet.pk, "byline": "A. Writer"}).status_code == 302
    article = Article.objects.get()
    assert (article.title, article.published, article.limits) == ("Mended", "2022-07-12", "Three.")
    assert (article.outlet, article.byline) == (outlet, "A. Writer")
    last = apps.get_model("claims", "ArticleEvent").objects.order_by("pgh_id").last()
    assert (last.title, last.outlet) == ("Mended", outlet)


@pytest.mark.parametrize(
    ("name", "theirs", "mine", "told"),
    [
        ("title", "Theirs <b>", "Mine", "Theirs &lt;b&gt;"),
        ("limits", "Theirs.\r\n\r\nAll.", "Mine.", "Theirs.\n\nAll."),
        ("published_on", "2021", "2022-07", "2021"),
        ("byline", "", "Mine", "(nothing)"),
    ],
)
def test_what_both_changed_is_told_and_not_overwritten(ann, rosa, name, theirs, mine, told):
    article = factories.article(byline="A. Writer", limits="One.\n\nTwo.")
    hers, his = opened(ann, article), opened(rosa, article)
    rosa.post(address(article), his | {name: theirs, "title_note": "Also theirs."})
    response = ann.post(address(article), hers | {name: mine, "language": "km"})
    assert f"{CHANGED} Saved now: {told}. Yours is kept here." in response.text
    article.refresh_from_db()
    assert article.language == "en"
    again = read(response)
    assert (again[name], again["title_note"]) == (mine, "Also theirs.")
    assert ann.post(address(article), again).status_code == 302
    saved = opened(ann, article)
    assert (saved[name], saved["title_note"], saved["language"]) == (mine, "Also theirs.", "km")


def test_outlet_that_both_changed_is_told_by_its_name(ann, rosa):
    article = factories.article()
    hers, his = opened(ann, article), opened(rosa, article)
    theirs, mine = factories.publisher("Theirs"), factories.publisher("Mine")
    rosa.post(address(article), his | {"outlet": theirs.pk})
    assert f"{CHANGED} Saved now: Theirs." in ann.post(address(article), hers | {"outlet": mine.pk}).text
    article.refresh_from_db()
    assert article.outlet == theirs


def test_same_change_by_both_is_no_conflict(ann, rosa):
    article = factories.article()
    hers, his = opened(ann, article), opened(rosa, article)
    for data in (his, hers):
        data |= {"title": "Mended", "url": "example.org/mended"}
    assert rosa.post(address(article), his).status_code == 302
    assert ann.post(address(article), hers | {"url": "https://example.org/mended"}).status_code == 302


def test_nothing_changed_writes_nothing(ann):
    article = factories.article(limits="One.\n\nTwo.", published_on="2022-07-01", published_on_precision="month")
    assert ann.post(address(article), opened(ann, article)).status_code == 302
    assert apps.get_model("claims", "ArticleEvent").objects.count() == 1


def test_a_source_keeps_what_the_other_changed_and_the_file_that_was_put_there(ann, rosa, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    source = factories.source(url="", published_on="2022-07-01", published_on_precision="month")
    hers, his = opened(ann, source), opened(rosa, source)
    rosa.post(address(source), his | {"upload": SimpleUploadedFile("Minutes.pdf", b"%PDF-1.7 minutes")})
    assert ann.post(address(source), hers | {"kind": "legal", "published_on": "2022"}).status_code == 302
    source = Source.objects.get()
    assert (source.file_name, source.kind, source.published) == ("Minutes.pdf", "legal", "2022")
    response = ann.post(address(source), hers | {"kind": "blog"})
    assert f"{CHANGED} Saved now: law or court document." in response.text


def test_a_file_is_not_put_over_another_that_nobody_saw(ann, rosa, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    source = factories.source(url="")
    hers, his = opened(ann, source), opened(rosa, source)
    rosa.post(address(source), his | {"upload": SimpleUploadedFile("Theirs.pdf", b"%PDF-1.7 theirs")})
    mine = {"upload": SimpleUploadedFile("Mine.pdf", b"%PDF-1.7 mine")}
    response = ann.post(address(source), hers | mine)
    assert f"{CHANGED} Saved now: Theirs.pdf. Choose yours once more." in response.text
    assert Source.objects.get().file_name == "Theirs.pdf"
    mine["upload"].seek(0)
    assert ann.post(address(source), read(response) | mine).status_code == 302
    assert Source.objects.get().file_name == "Mine.pdf"


def test_publishers_and_speakers_are_kept_the_same_way(rosa):
    ann = Client()
    ann.force_login(factories.user("administrator"))
    publisher = factories.publisher()
    hers = opened(ann, publisher)
    Publisher.objects.update(same_as=["https://a.example/1", "https://b.example/2"])
    assert ann.post(address(publisher), hers | {"name": "The Star"}).status_code == 302
    publisher = Publisher.objects.get()
    assert (publisher.name, len(publisher.same_as)) == ("The Star", 2)
    response = ann.post(address(publisher), hers | {"same_as": "https://c.example/"})
    assert f"{CHANGED} Saved now: https://a.example/1,https://b.example/2." in response.text


@pytest.mark.parametrize(("name", "fields"), [("claims_speaker", {"kind": "person"}), ("sources_publisher", {})])
def test_what_is_added_was_opened_on_nothing(db, name, fields):
    administrator = Client()
    administrator.force_login(factories.user("administrator"))
    page = reverse(f"admin:{name}_add")
    typed = read(administrator.get(page)) | fields | {"name": "Ada", "same_as": "https://a.example/1"}
    assert administrator.post(page, typed | {"name": ""}).status_code == 200
    assert administrator.post(page, typed).status_code == 302
    added = apps.get_model(name.replace("_", ".")).objects.get()
    assert (added.name, added.same_as) == ("Ada", ["https://a.example/1"])


def test_addresses_that_a_merger_united_stay(ann):
    old, kept = factories.speaker(same_as=["https://a.example/1"]), factories.speaker("Kept")
    hers = opened(ann, kept)
    merging.merge(old, kept, by=factories.user("publisher"))
    assert ann.post(address(kept), hers | {"name": "Kept and mended"}).status_code == 302
    kept.refresh_from_db()
    assert (kept.name, kept.same_as) == ("Kept and mended", ["https://a.example/1"])
    assert Speaker.objects.get(pk=old.pk).merged_into == kept


def test_of_two_who_save_at_once_neither_undoes_the_other(committed):
    article = factories.article()
    boxes_of = {"title": "Mended", "byline": "A. Writer", "url": "https://example.org/mended", "language": "km"}
    people = [signed_in() for _ in range(5)]
    typed = [{name: value} for name, value in boxes_of.items()] + [{"title": "Also mended"}]
    pages = [opened(client, article) for client in people]
    barrier = Barrier(len(people))

    def save(client, page, change):
        barrier.wait()
        try:
            return client.post(address(article), page | change).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(save, people, pages, typed))
    article = Article.objects.get()
    assert answers[1:4] == [302] * 3
    assert sorted((answers[0], answers[4])) == [200, 302]
    assert article.title == ("Mended" if answers[0] == 302 else "Also mended")
    assert (article.byline, article.url, article.language) == ("A. Writer", "https://example.org/mended", "km")
