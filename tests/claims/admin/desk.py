"""The desk as somebody who has signed in has it."""

from tests.claims import factories


def annotator(client):
    user = factories.user("annotator")
    client.force_login(user)
    return user
