"""Whatever people type is inert wherever it is shown: on every page of the desk and of the public record."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.models import PublishedClaim
from claims.presentation import addresses, markup
from tests.claims import factories, hostile
from tests.claims.admin.permissions import expected, place

pytestmark = pytest.mark.django_db


def pages(world):
    """The addresses of every public page, and of every page of the desk that can be opened."""
    url = PublishedClaim.objects.get(pk=world.published.pk).get_absolute_url()
    yield from ("/", "/claims/", "/articles/", "/speakers/", "/ratings/", url, f"{url}v1/", "/claims/999999/")
    yield from (world.article.get_absolute_url(), world.published.speaker.get_absolute_url())
    yield from ("/corrections/", "/ledger/", f"/ledger/?claim={hostile.MARKUP[:60]}", "/hostile/", f"{url}card/")
    source = world.published.evidence.first().source
    yield from ("/topics/", "/topics/hostile/", "/sources/", addresses.source(source.pk, source.title), "/outlets/")
    yield addresses.outlet(world.article.outlet_id, world.article.outlet.name)
    yield f"/claims/?q={hostile.MARKUP[:100]}&rating=<script>&speaker=<b>&topic=%3Cscript%3E"
    for name in expected():
        if name not in ("logout", "login"):
            yield place(name, world.rows)[0]
    for row in (world.claim, world.published):
        yield from (f"/admin/claims/claim/{row.pk}/{page}/" for page in ("change", "history", "review", "preview"))
    yield f"/admin/claims/speaker/{world.rows['claims_speaker'].pk}/merge/?into={world.published.relays_id}"
    for step in ("submit", "correct", "retract", "publish", "drop"):
        yield reverse("admin:claims_claim_step", args=[world.published.pk, step])
    for noun in ("article", "claim", "speaker", "topic"):
        yield f"/admin/claims/{noun}/?q={hostile.MARKUP[:60]}"


def test_hostile_words_are_inert_on_every_page(client):
    world = hostile.world()
    client.force_login(factories.user("administrator", is_superuser=True))
    wrong, shown = {}, 0
    for address in pages(world):
        response = client.get(address, follow=True)
        if response.streaming:
            response.getvalue()  # which closes the file
        elif response.get("Content-Type", "").startswith("text/html"):
            shown += "&lt;script&gt;alert(1)" in response.text
            if found := hostile.faults(response.text):
                wrong[address[:80]] = found
    assert not wrong, "\n".join(f"{address}: {fault}" for address, faults in wrong.items() for fault in faults)
    assert shown > 40


@pytest.fixture
def administrator(client):
    user = factories.user("administrator", is_superuser=True)
    client.force_login(user)
    return user


def test_hostile_cells_are_inert_in_a_dry_run(client, administrator):
    article = factories.article(f"{hostile.MARKUP} It rained.")
    cell = '"' + f"{hostile.MARKUP} {hostile.TURNED}".replace('"', '""') + '"'
    columns = "quote,claim,form,speaker,topics,stated_on,occurrence,article\n"
    for row in (f'{cell},{cell},,{cell},{cell[:60]}"",,,', ",".join([cell] * 8)):
        file = SimpleUploadedFile(f"{hostile.MARKUP}.csv", (columns + row).encode())
        page = client.post("/admin/claims/claim/import/", {"article": article.pk, "file": file})
        assert hostile.faults(page.text) == []
    file = SimpleUploadedFile("a.csv", f"{cell},quote\n1,2\n".encode())
    assert hostile.faults(client.post("/admin/claims/claim/import/", {"file": file}).text) == []


def test_hostile_fields_are_inert_where_a_form_comes_back(client, administrator):
    article, claim = factories.article(), factories.in_review()
    posts = {
        "/admin/claims/article/add/": {"title": hostile.MARKUP, "text": hostile.MARKUP, "url": "javascript:alert(1)"},
        "/admin/claims/speaker/add/": {
            "name": hostile.MARKUP,
            "kind": hostile.MARKUP,
            "same_as": "javascript:alert(1)",
        },
        "/admin/claims/topic/add/": {"name": hostile.MARKUP, "slug": hostile.MARKUP},
        "/admin/sources/source/add/": {"title": hostile.MARKUP, "url": "javascript:alert(1)"},
        f"/admin/claims/article/{article.pk}/annotate/": {"quote": hostile.MARKUP, "wording": hostile.MARKUP},
        f"/admin/claims/article/{article.pk}/correct/": {"text": hostile.MARKUP},
        f"/admin/claims/claim/{claim.pk}/contact/": {"party": hostile.MARKUP, "on": hostile.MARKUP},
        f"/admin/claims/claim/{claim.pk}/approve/step/": {"comment": hostile.MARKUP, "seen": hostile.MARKUP},
        "/admin/claims/claim/markdown/": {"assessment-0-explanation": hostile.MARKDOWN},
    }
    for address, fields in posts.items():
        response = client.post(address, fields)
        assert response.status_code in (200, 409, 422), address
        assert hostile.faults(response.text) == [], address


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt://example.org/%0aalert(1)", "vbscript:x"]
)
def test_addresses_that_would_run_are_refused(url):
    for thing in (
        factories.speaker(same_as=["https://example.org/"]),
        factories.source(),
        factories.article(),
        factories.publisher(),
    ):
        name = "same_as" if hasattr(thing, "same_as") and not hasattr(thing, "url") else "url"
        setattr(thing, name, [url] if name == "same_as" else url)
        with pytest.raises(ValidationError):
            thing.full_clean()


def test_markdown_makes_nothing_that_runs_or_loads():
    html = markup.to_html(hostile.MARKDOWN)
    assert hostile.faults(f"<div dir=auto>{html}</div>") == []
    assert "<img" not in html
    assert 'href="https://example.org/"' in html


@pytest.mark.parametrize(
    "name", ['a".html', "a\r\nSet-Cookie: x=y.txt", "<script>.txt", "\u202etxt.exe", "../../etc/passwd"]
)
def test_a_hostile_file_name_is_only_a_name(client, administrator, name):
    source = factories.source(url="", file=ContentFile(b"<script>alert(1)</script>", "a.html"), file_name=name)
    response = client.get(reverse("admin:sources_source_file", args=[source.pk]))
    assert response.getvalue() == b"<script>alert(1)</script>"
    assert "Set-Cookie" not in response.headers
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "/" not in source.file.name.removeprefix("sources/")
