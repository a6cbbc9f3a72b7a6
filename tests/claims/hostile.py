"""Everything that people type, as somebody who means ill would type it; and what is wrong with a page that shows it."""

from dataclasses import dataclass
from html.parser import HTMLParser

from django.core.files.base import ContentFile

from claims import api_keys, workflow
from claims.models import Article, Claim, Contact, Note, Publication, Review, Topic
from tests.claims import factories

MARKUP = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b class=injected onclick=alert(3)>b</b>"
    "</textarea></title></script><svg/onload=alert(4)>&lt;{{ 7|add:1 }}{% now 'Y' %}"
)
TURNED = "\u202eesrever\u202c \u2067isolate"
LINE = f"{MARKUP} {TURNED}"[:280]
LONG = "W" * 10_000
MARKDOWN = (
    f"{MARKUP}\n\n[link](javascript:alert(1)) [data](data:text/html,<script>alert(1)</script>)\n\n"
    f"<javascript:alert(1)> ![picture](https://evil.example/x.png)\n\n"
    f'[ok](https://example.org/ "onclick=alert(1)")\n\n{TURNED}\n\n{LONG}'
)
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "path"}
VOID |= {"circle", "use", "rect", "line", "polyline"}
ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "xlink:href", "srcset")
# Whole paragraphs of an article, in its own order.
OWN_WORDS = {"article-text", "quote"}
BREAK = "\0"
RUNNING = ("javascript:", "data:", "vbscript:")
INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small", "span"}
INLINE |= {"strong", "sub", "sup", "u", "label", "time", "kbd"}


@dataclass
class World:
    """One of everything, all of it hostile: made by people who may, and so checked as far as the desk checks."""

    article: Article
    claim: Claim
    published: Claim
    rows: dict[str, object]


def saved(thing):
    """A thing whose words are made regular as the desk's forms make them."""
    thing.full_clean()
    thing.save()
    return thing


def world() -> World:
    factories.whole_scale()
    publisher = saved(factories.publisher(f"Publisher {LINE}"[:300]))
    text = f"{MARKUP} the mayor said. {TURNED}\n\n{LONG}\n\nIt rained."
    article = saved(
        factories.article(
            text,
            title=f"Title {LINE}",
            title_note=LINE,
            byline=LINE,
            published_on_note=LINE,
            limits=f"{MARKUP}\n{LONG}",
            outlet=publisher,
        )
    )
    speaker, relays = (
        saved(factories.speaker(f"{name} {LINE}", note=f"{MARKUP}\n{TURNED}", same_as=["https://example.org/<b>"]))
        for name in ("Speaker", "Relays")
    )
    topic = saved(Topic(slug="hostile", name=f"Topic {MARKUP}"[:100]))
    claims = []
    for quote, wording in ((article.text.partition(" the mayor")[0], f"{MARKUP} {TURNED}"), (LONG, LONG[:1000])):
        claim = factories.claim(
            quote,
            article=article,
            wording=wording,
            speaker=speaker,
            relays=relays,
            position=LINE,
            occasion=LINE,
            stated_on_note=LINE,
        )
        claim.topics.add(topic)
        claims.append(_worked_on(claim, publisher))
    factories.published(claims[0], **_assessment())
    factories.amended(claims[0], note=f"{MARKUP} {TURNED} {LONG}", **_assessment())
    workflow.request_changes(
        factories.in_review(claims[1], **_assessment()), by=factories.user("reviewer"), comment=f"{MARKUP} {LONG}"
    )
    return _with_rows(article, claims, speaker, topic, publisher)


def _assessment():
    words = {"summary": LINE, "explanation": MARKDOWN, "needed": f"{MARKUP}\n{LONG}", "notes": MARKUP}
    return words | {"rating": factories.rating(), "one_source_reason": LINE}


def _worked_on(claim, publisher):
    researcher = factories.user("researcher", first_name="<b class=injected>", last_name="\u202eemaN")
    claim.refresh_from_db()
    workflow.research(claim, by=researcher)
    source = saved(
        factories.source(
            title=f"Source {LINE}",
            publisher=publisher,
            independence_note=f"{MARKUP} {LONG}",
            published_on_note=LINE,
            abstract=MARKUP,
        )
    )
    factories.evidence(claim, source=source, finding=f"{MARKUP} {TURNED} {LONG}", locator=LINE)
    Note.objects.create(claim=claim, text=f"{MARKUP} {TURNED} {LONG}", author=researcher)
    Contact.objects.create(
        claim=claim,
        kind="right_of_reply",
        party=LINE[:200].replace("\u202e", ""),
        on="2022-07-12",
        summary=f"{MARKUP} {TURNED} {LONG}",
        public=True,
        recorded_by=researcher,
    )
    return claim


def _with_rows(article, claims, speaker, topic, publisher):
    document = ContentFile(b"A document.", "a.txt")
    filed = saved(factories.source(title="A file", url="", file=document, file_name=f"{LINE[:150]}.txt"))
    adrift = factories.claim("It rained", article=article, wording=f"{MARKUP} adrift")
    Claim.objects.filter(pk=adrift.pk).update(anchor="lost")
    rows = {
        "auth_group": factories.Group.objects.first(),
        "auth_user": factories.user("researcher", first_name=MARKUP[:100], username="<script>"),
        "claims_apikey": _key(),
        "claims_article": article,
        "claims_claim": claims[1],
        "contact": claims[1].contacts.first(),
        "adrift": adrift,
        "claims_publication": Publication.objects.last(),
        "claims_rating": factories.rating(),
        "claims_review": Review.objects.last(),
        "claims_sitepage": saved(factories.site_page("hostile", title=LINE[:150], summary=LINE, text=MARKDOWN)),
        "claims_speaker": speaker,
        "claims_topic": topic,
        "sources_publisher": publisher,
        "sources_source": filed,
    }
    return World(article, claims[1], claims[0], rows)


def _key():
    administrator = factories.user("issuer", is_superuser=True)
    return saved(api_keys.issue(name=LINE[:100], contact=LINE[:200], per_minute=3, by=administrator)[0])


class _Page(HTMLParser):
    """A page's elements, and its text with the elements around each piece; forgives what admin pages leave open."""

    def __init__(self) -> None:
        super().__init__()
        self.path: list[tuple[str, dict, list[str]]] = []
        self.elements: list[tuple[str, dict]] = []
        self.texts: list[tuple[str, list]] = []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag == "br":
            self.handle_data(BREAK)
        if tag not in VOID:
            self.path.append((tag, dict(attributes), []))

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        if tag in [opened for opened, _attributes, _words in self.path]:
            while self.path.pop()[0] != tag:
                pass

    def handle_data(self, data):
        for _tag, _attributes, words in self.path:
            words.append(data)
        self.texts.append((data, list(self.path)))


def faults(html: str) -> list[str]:
    """What would run, load, restyle or reorder where it should not, as far as a page's source tells."""
    page = _Page()
    page.feed(html)
    found = [fault for element in page.elements for fault in _of_element(*element)]
    found += [
        f"not kept apart: {text.strip()[-60:]!r} in {_way(path)}" for text, path in page.texts if _leaks(text, path)
    ]
    return sorted(set(found))


def _of_element(tag, attributes):
    own = (attributes.get("src") or "").startswith(("/static/", "/admin/jsi18n/"))
    data = attributes.get("type") in ("application/json", "application/ld+json")
    if tag in ("script", "img") and not own and not data:
        yield f"<{tag}> {attributes}"
    if tag in ("iframe", "object", "embed", "style", "base") or "onload" in tag:
        yield f"<{tag}>"
    for name, value in attributes.items():
        runs = name in ADDRESSES and "".join((value or "").split()).lower().startswith(RUNNING)
        if runs or name.startswith("on") or name in ("style", "srcdoc"):
            yield f"{tag} {name}={value}"
    if "injected" in (attributes.get("class") or ""):
        yield f"injected {tag}"


def _leaks(text, path):
    """Whether words that turn the direction stand, not kept apart, in one paragraph with others."""
    if not any(control in text for control in "\u202e\u202a\u202b\u202d\u2067"):
        return False
    if any(OWN_WORDS & set((attributes.get("class") or "").split()) for _tag, attributes, _words in path):
        return False
    for tag, attributes, words in reversed(path):
        if attributes.get("dir") or tag in ("bdi", "textarea", "title", "option", "script"):
            return False
        # The desk's style sheet keeps every link apart.
        if tag == "a" and any(attributes.get("id") == "container" for _tag, attributes, _words in path):
            return False
        if tag not in INLINE:
            return text.strip() not in [paragraph.strip() for paragraph in "".join(words).split(BREAK)]
    return True


def _way(path):
    """The last elements around a text, with their classes."""
    named = [(tag, (attributes.get("class") or "").split()) for tag, attributes, _words in path[-4:]]
    return " > ".join(".".join([tag, *classes]) for tag, classes in named)
