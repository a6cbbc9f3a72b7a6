import pytest
from django.core.exceptions import ValidationError

from claims import intake
from claims.models import Speaker, Topic
from claims.refusals import Refused
from tests.claims import factories


def guess(text, words):
    start = text.index(words)
    return intake.guess_form(text, start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He said: “It rained.” Then he left.", "It rained."),
        ("He said: “It rained.” Then he left.", "“It rained.”"),
        ("He said: “It rained, it poured.” Then he left.", "it poured"),
        ("“It rained,” he said, “and it poured.”", "“It rained,” he said, “and it poured.”"),
        ('He said: "It rained." Then he left.', "It rained"),
        ("Il a dit : « Il a plu hier. » Puis rien.", "Il a plu hier"),
        ("Er sagte: „Es hat geregnet.“ Dann ging er.", "Es hat geregnet"),
        ("Er sagte: »Es hat geregnet.« Dann ging er.", "Es hat geregnet"),
        ("Han sade: ”Det regnade.” Sedan gick han.", "Det regnade"),
        ("彼は「雨が降った」と言った。", "雨が降った"),
        ("He said: ‘It rained, and that’s all.’", "It rained, and that’s all."),
        ("He said: “A man told me ‘it rained’ and left.” So he did.", "it rained"),
        ("“It rained.\n\n“It poured as well.”", "It rained"),
        ("“It rained.\n\nAnd it poured.”", "It rained"),
    ],
)
def test_words_between_quotation_marks_are_guessed_a_direct_quote(text, words):
    assert guess(text, words) == "direct_quote"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He said that it rained.", "it rained"),
        ("He said: “It rained.” Then he left.", "Then he left"),
        ("He said: “It rained.” Then he left.", "He said: “It rained.”"),
        ("Il a dit : « Il a plu. » Puis il est parti.", "Puis il est parti"),
        ("The board is 5\" wide and it rained on 6\" of it.", "it rained"),
        ("It was a “record” year for rain.", "It was a “record” year for rain."),
        ('An odd " mark.\n\nIt rained.', "It rained"),
        ("The workers’ union said it rained. ‘No,’ he said.", "it rained"),
        ("…", "…"),
    ],
)  # fmt: skip
def test_words_outside_quotation_marks_are_guessed_a_paraphrase(text, words):
    assert guess(text, words) == "paraphrase"


@pytest.mark.parametrize(
    ("quote", "wording"),
    [
        ("“It rained,”", "It rained"),
        ("It rained\nin May.", "It rained in May."),
        ("It was a “record” year.", "It was a “record” year."),
        ("“It rained,” he said, “and poured.”", "It rained, he said, and poured."),
        ("« Il a plu »", "Il a plu"),
        ("「雨が降った」", "雨が降った"),
        ("“", ""),
    ],
)
def test_wording_is_the_quote_without_its_marks(quote, wording):
    assert intake.bare_wording(quote) == wording


@pytest.mark.django_db
def test_speaker_is_added_once_whatever_the_capitals():
    by = factories.user("annotator")
    first = intake.add_speaker("  Ada\tLovelace ", "person", by=by)
    assert (first.name, first.kind) == ("Ada Lovelace", "person")
    assert intake.add_speaker("ADA LOVELACE", "organization", by=by) == first
    assert Speaker.objects.count() == 1


@pytest.mark.django_db
def test_speaker_merged_into_another_does_not_stand_in_the_way():
    old = factories.speaker("Ada")
    Speaker.objects.filter(pk=old.pk).update(merged_into=factories.speaker("Ada Lovelace"))
    assert intake.add_speaker("Ada", by=factories.user("annotator")) != old


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "kind"), [("", "person"), ("x" * 301, "person"), ("Ada", "robot")])
def test_speaker_that_cannot_be_is_refused(name, kind):
    with pytest.raises(ValidationError):
        intake.add_speaker(name, kind, by=factories.user("annotator"))


@pytest.mark.django_db
def test_names_are_added_by_who_may():
    by = factories.user("reviewer")
    with pytest.raises(Refused, match="add a speaker"):
        intake.add_speaker("Ada", by=by)
    with pytest.raises(Refused, match="add a topic"):
        intake.add_topic("Rain", by=by)
    assert not Speaker.objects.exists()
    assert not Topic.objects.exists()


@pytest.mark.django_db
def test_topics_get_a_slug_of_their_own():
    by = factories.user("annotator")
    names = ["Public Health", "Public health!", "សុខភាព", "健康", "public HEALTH"]
    slugs = [intake.add_topic(name, by=by).slug for name in names]
    assert slugs == ["public-health", "public-health-2", "topic", "topic-2", "public-health"]


@pytest.mark.django_db
def test_history_says_who_added_a_speaker():
    by = factories.user("annotator")
    speaker = intake.add_speaker("Ada", by=by)
    event = speaker.events.select_related("pgh_context").get()
    assert event.pgh_context.metadata["user"] == by.pk


@pytest.mark.django_db
def test_statement_is_not_as_long_as_a_text():
    article = factories.article("x" * 20_001)
    with pytest.raises(ValidationError, match="at most 20,000 characters") as refused:
        factories.claim("x" * 20_001, article=article)
    assert list(refused.value.message_dict) == ["quote"]
    assert len(factories.claim("x" * 20_000, article=article, wording="It is x.").quote) == 20_000
