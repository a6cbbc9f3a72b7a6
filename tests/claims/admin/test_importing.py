"""The page that takes in a file of claims: shows what it would do, and does it when that is confirmed."""

import csv
from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.staticfiles import finders
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims import importing
from claims.admin.importing import SALT
from claims.models import Claim, Speaker
from tests.claims import factories
from tests.claims.pages.html import parse

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/claims/claim/import/"
TEXT = "It rained for 40 days. The mayor said so. It rained."
GOOD = "quote,claim,speaker,topics\nIt rained for 40 days,It rained.,The Mayor,Weather\n"


@pytest.fixture
def annotator(client):
    user = factories.user("annotator")
    client.force_login(user)
    return user


@pytest.fixture
def article():
    return factories.article(TEXT)


def upload(client, text, article=None, name="claims.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    fields = {"file": SimpleUploadedFile(name, data), "article": article.pk if article else ""}
    return client.post(ADDRESS, fields)


def confirm(client, page):
    return client.post(ADDRESS, {"signed": page.context["signed"]})


def test_the_address_is_the_one_with_that_name():
    assert reverse("admin:claims_claim_import") == ADDRESS


def test_a_file_is_shown_first_and_recorded_when_that_is_confirmed(client, annotator, article):
    page = upload(client, GOOD, article)
    shown = parse(page)
    assert page.status_code == 200
    assert "Nothing is recorded yet" in shown.words
    assert shown.one("table", class_="rows").one("tbody").one("tr", class_="recorded").one("th").words == "Row 2"
    assert "Record, and add The Mayor, Weather" in shown.words
    assert not Claim.objects.exists()
    done = confirm(client, page)
    assert (done.status_code, done.url) == (302, reverse("admin:claims_claim_changelist"))
    claim = Claim.objects.get()
    assert (claim.wording, claim.speaker.name, claim.created_by) == ("It rained.", "The Mayor", annotator)
    assert "1 claim was recorded." in client.get(done.url).text
    assert LogEntry.objects.filter(object_id=str(claim.pk), user=annotator).exists()


def test_mistakes_are_shown_by_row_and_column_and_cannot_be_confirmed(client, annotator, article):
    text = "quote,claim,stated_on\nIt snowed,,July\nrained,It rained.,2022\nIt rained for 40 days,Good.,2022\n"
    page = upload(client, text, article)
    rows = parse(page).one("table", class_="rows").one("tbody")
    assert [row.one("th").words for row in rows.all("tr", class_="faulty")] == ["Row 2", "Row 3"]
    assert [code.words for code in rows.all("code")] == ["quote", "stated_on", "claim", "occurrence"]
    assert "2 rows have mistakes. Nothing was recorded" in page.text
    assert "signed" not in page.context
    assert 'value="Record' not in page.text


def test_what_is_wrong_with_the_file_is_said(client, annotator, article):
    page = upload(client, "quote,colour\na,b\n", article)
    assert "There is no such column. There is: quote, claim" in page.text
    assert "This column is missing" in page.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"quote,claim\ncaf\xe9,a\n", "is not in UTF-8"),
        (b'quote,claim\n"a,b\n', "Row 2 cannot be read"),
        (b"a" * (1024 * 1024 + 1), "larger than 1 MB"),
        (b"", "file is empty"),
        (b"\x00\x01\x02\x03", "This column is missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(client, annotator, article, data, words):
    page = upload(client, data, article)
    assert page.status_code == 200
    assert words in page.text
    assert "signed" not in page.context


def test_nothing_to_record_has_nothing_to_confirm(client, annotator, article):
    confirm(client, upload(client, GOOD, article))
    page = upload(client, GOOD, article)
    assert "Is there already; stays as it is" in page.text
    assert "signed" not in page.context


def test_confirming_is_of_what_was_shown(client, annotator, article):
    page = upload(client, GOOD, article)
    factories.speaker("The Mayor")
    again = confirm(client, page)
    assert again.status_code == 409
    assert "has changed since this was shown" in again.text
    assert not Claim.objects.exists()
    assert confirm(client, again).status_code == 302
    assert (Claim.objects.count(), Speaker.objects.count()) == (1, 1)


def test_confirming_twice_records_once(client, annotator, article):
    page = upload(client, GOOD, article)
    assert confirm(client, page).status_code == 302
    again = confirm(client, page)
    assert again.url == reverse("admin:claims_claim_changelist")
    assert "These claims are recorded already." in client.get(again.url).text
    assert Claim.objects.count() == 1


def test_confirming_what_is_there_in_part_is_shown_again(client, annotator, article):
    page = upload(client, f"{GOOD}The mayor said so,The mayor said so.,,\n", article)
    confirm(client, upload(client, GOOD, article))
    assert confirm(client, page).status_code == 409
    assert Claim.objects.count() == 1


def test_an_article_deleted_meanwhile_is_said(client, annotator, article):
    page = upload(client, GOOD, article)
    article.delete()
    assert confirm(client, page).status_code == 409
    assert not Claim.objects.exists()


@pytest.mark.parametrize("signed", ["", "made-up", "a:b:c"])
def test_what_was_not_shown_is_not_recorded(client, annotator, signed):
    response = client.post(ADDRESS, {"signed": signed}, follow=True)
    assert "This is not what was shown to you" in response.text


def test_what_was_shown_to_another_is_not_recorded(client, annotator, article):
    page = upload(client, GOOD, article)
    client.force_login(factories.user("annotator"))
    assert (
        "This is not what was shown to you"
        in client.post(ADDRESS, {"signed": page.context["signed"]}, follow=True).text
    )
    assert not Claim.objects.exists()


def test_what_was_signed_for_another_purpose_is_not_recorded(client, annotator, article):
    plan = importing.plan(GOOD, article, by=annotator)
    carried = {"text": GOOD, "article": article.pk, "digest": plan.digest, "by": annotator.pk}
    client.post(ADDRESS, {"signed": signing.dumps(carried, salt="another")})
    assert not Claim.objects.exists()
    client.post(ADDRESS, {"signed": signing.dumps(carried, salt=SALT)})
    assert Claim.objects.count() == 1


def test_the_article_can_be_named_in_the_address(client, annotator, article):
    page = parse(client.get(f"{ADDRESS}?article={article.pk}"))
    chosen = [option for option in page.one("select", name="article").all("option") if "selected" in option.attributes]
    assert [option.words for option in chosen] == [article.title]
    for nonsense in ("x", "999999", "9" * 30, "²"):
        assert client.get(f"{ADDRESS}?article={nonsense}").status_code == 200


def test_the_template_has_the_columns_and_is_read(client, annotator):
    data = Path(finders.find("claims/desk/import-template.csv")).read_bytes()
    assert next(csv.reader([importing.read(data).strip("\ufeff\r\n")])) == list(importing.COLUMNS)
    assert "import-template.csv" in client.get(ADDRESS).text


@pytest.mark.parametrize("role", ["", "reviewer", "publisher"])
def test_importing_is_not_for_every_role(client, article, role):
    client.force_login(factories.user(*filter(None, [role])))
    assert client.get(ADDRESS).status_code == 403
    assert upload(client, GOOD, article).status_code == 403


@pytest.mark.parametrize("cell", ["=1+1", "<script>alert(1)</script>", "@cmd"])
def test_cells_are_text_whatever_they_look_like(client, annotator, article, cell):
    text = f'quote,claim,speaker\nIt rained for 40 days,"{cell}",A\n'
    page = upload(client, text, article)
    assert cell in parse(page).one("table", class_="rows").text
    confirm(client, page)
    assert Claim.objects.get().wording == cell


@pytest.mark.parametrize("rows", [1, 3])
def test_a_dry_run_costs_as_many_queries_however_many_rows(
    client, annotator, article, rows, django_assert_max_num_queries
):
    text = "quote,claim,speaker,topics\n" + "".join(f"It rained for 40 days,{n},S {n},T {n}\n" for n in range(rows))
    with django_assert_max_num_queries(14):
        assert upload(client, text, article).context["plan"].is_sound
