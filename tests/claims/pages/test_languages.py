"""The pages and the desk in other languages, and that programs read what they always do."""

import re
from typing import Any

import orjson
import pytest
from django.test import Client
from django.urls import reverse

from claims.models import PublishedClaim
from claims.presentation import dates
from claims.templatetags.pages import number
from tests.browser import exhibits
from tests.claims import factories

SAYS = {
    "home": "Ce qui a été dit, et ce que montrent les preuves.",
    "claims": "7 affirmations",
    "claims-found": "1 affirmation trouvée",
    "claims-errors": "Cela ne peut pas être cherché comme c’est écrit",
    "verdict": "Donne le contexte",
    "corrected": "Changements depuis la publication",
    "version": "C’est la version 1 telle qu’elle a été publiée, pas la version actuelle 2.",
    "retracted": "Ce verdict est rétracté. Ne vous y fiez pas.",
    "not-checkable": "Invérifiable (trop vague pour être vérifiée)\N{NO-BREAK SPACE}:",
    "article": "7 déclarations",
    "speaker": "3 déclarations",
    "ratings": "Sans appréciation",
    "source": "1 affirmation s’appuie sur elle",
    "corrections": "Mise à jour",
    "ledger-checked": "telle que scellée",
    "not-found": "Rien n’est publié ici",
}


@pytest.fixture
def french(settings: Any) -> None:
    settings.LANGUAGE_CODE = "fr"


@pytest.mark.django_db
def test_every_type_of_page_answers_in_french(french: None, client: Client) -> None:
    for name, address in exhibits.install().items():
        page = client.get(address)
        text = page.text
        assert page.status_code == {"not-found": 404, "gone": 410}.get(name, 200), name
        assert '<html lang="fr">' in text, name
        assert (name, SAYS.get(name, "") in text.replace("\N{NARROW NO-BREAK SPACE}", " ")) == (name, True)


@pytest.mark.django_db
def test_desk_is_in_french_with_django_s_own_words(french: None, admin_client: Client) -> None:
    front = admin_client.get(reverse("admin:index")).text
    assert "Introduire un article" in front
    assert "Déconnexion" in front
    assert "Nom court" in admin_client.get(reverse("admin:claims_topic_add")).text


@pytest.mark.django_db
def test_what_programs_read_is_the_same_in_any_language(settings: Any, client: Client) -> None:
    factories.published(factories.claim(stated_on="2022-07-12", stated_on_precision="day"))
    record = PublishedClaim.objects.get()
    addresses = [f"/api/v1/claims/{record.pk}/", "/api/v1/exports/claims.csv", "/sitemap-claims.xml"]

    def answers() -> list[tuple[int, bytes]]:
        found = [client.get(address) for address in addresses]
        return [(response.status_code, b"".join(response)) for response in found]

    english = answers()
    assert [status for status, _body in english] == [200, 200, 200]
    settings.LANGUAGE_CODE = "fr"
    assert answers() == english
    page = client.get(record.get_absolute_url()).text
    assert '<time datetime="2022-07-12">12 juillet 2022</time>' in page
    [review] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert orjson.loads(review)["itemReviewed"]["datePublished"] == "2022-07-12"


@pytest.mark.parametrize(
    ("language", "day", "month", "thousands"),
    [
        ("en", "12 July 2022", "July 2022", "12,345"),
        ("fr", "12 juillet 2022", "juillet 2022", "12\N{NO-BREAK SPACE}345"),
        ("ar", "12 يوليو 2022", "يوليو 2022", "12345"),
    ],
)
def test_dates_and_counts_are_those_of_the_language(
    settings: Any, language: str, day: str, month: str, thousands: str
) -> None:
    settings.LANGUAGE_CODE = language
    assert (dates.partial_date("2022-07-12"), dates.partial_date("2022-07")) == (day, month)
    assert dates.partial_date("2022") == "2022"
    assert number(12_345) == thousands
