import json

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from claims.models import Article
from config import errors
from tests.claims import factories

ADD = "admin:claims_article_add"


@pytest.mark.django_db
@pytest.mark.parametrize("enctype", ["multipart/form-data", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("checks", [True, False])
def test_more_than_a_form_can_be_is_refused_in_words(enctype, checks):
    client = Client(enforce_csrf_checks=checks)
    client.force_login(factories.user("annotator"))
    client.get(reverse(ADD))  # for the cookie
    text = "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    if enctype == "multipart/form-data":
        response = client.post(reverse(ADD), {"title": "Rain", "text": text})
    else:
        response = client.post(reverse(ADD), f"title=Rain&text={text}", content_type=enctype)
    assert response.status_code == 413
    assert "This is too much at once" in response.text
    assert "up to 1 MB" in response.text
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response.wsgi_request.read(1) == b"", "read to its end, or the browser shows a lost connection"
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_other_requests_that_are_refused_are_answered_in_style(client):
    client.force_login(factories.user("annotator"))
    fields = {f"field-{number}": "" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or 1000)}
    response = client.post(reverse(ADD), fields | {"one": "more"})
    assert response.status_code == 400
    assert "This request could not be understood" in response.text


PROBLEM, GOOGLE = "application/problem+json", "application/json"
SHAPES = {
    "/api/v1/claims/": PROBLEM,
    "/api/nothing/": PROBLEM,
    "/v1alpha1/claims:search": GOOGLE,
    "/v1alpha1/nothing": GOOGLE,
}


def told(response):
    """The shape of an error, and the code that it says."""
    said = json.loads(response.content)
    return response["Content-Type"], said["error"]["code"] if "error" in said else said["status"]


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "shape"), SHAPES.items())
def test_programs_are_told_of_a_query_that_is_too_long(client, address, shape):
    response = client.get(f"{address}?{'&' * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}")
    assert (response.status_code, *told(response)) == (400, shape, 400)


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "shape"), SHAPES.items())
def test_programs_are_told_of_a_host_that_is_not_here(client, address, shape):
    response = client.get(address, headers={"host": "elsewhere.example"})
    assert (response.status_code, *told(response)) == (400, shape, 400)


@pytest.mark.parametrize(("address", "shape"), SHAPES.items())
def test_programs_are_told_of_what_nobody_foresaw(rf, address, shape):
    assert told(errors.server_error(rf.get(address))) == (shape, 500)
