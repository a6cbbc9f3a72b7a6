from claims import claimreview

SOURCE = {"id": 7, "title": "The register", "url": "https://example.org/r", "publisher": "The town"}
DOCUMENT = {
    "id": 10,
    "version": 1,
    "url": "https://old.example.org/claims/10-it-rained/",
    "verification_status": "verified",
    "claim": "It rained.",
    "article": {
        "id": 1,
        "title": "The weather",
        "url": "https://example.org/weather",
        "outlet": {"id": 1, "name": "The Daily Planet"},
        "published_on": "2022-07",
        "language": "de",
    },
    "speaker": {"name": "The Mayor", "kind": "person", "position": "mayor", "same_as": ["https://example.org/m"]},
    "stated_on": "2022-07-12",
    "rating": {"slug": "mixed", "name": "Mixed", "value": 2, "best": 3, "worst": 1},
    "summary": "In part.",
    "evidence": [{"source": SOURCE | {"published_on": "2021"}}] * 2,
    "corrections": [],
    "first_published_at": "2026-11-23T10:00:00Z",
    "published_at": "2026-11-24T10:00:00Z",
}


def review(**changes):
    return claimreview.claim_review(DOCUMENT | changes)


def speaker(**changes):
    return review(speaker=DOCUMENT["speaker"] | changes)["itemReviewed"]["author"]


def test_review_says_all_that_the_document_does(settings):
    settings.SITE_URL, settings.SITE_NAME = "https://facts.example.org", "The Facts"
    assert review() == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": "https://facts.example.org/claims/10/#review",
        "url": "https://facts.example.org/claims/10-it-rained/",
        "datePublished": "2026-11-23T10:00:00Z",
        "dateModified": "2026-11-24T10:00:00Z",
        "version": 1,
        "inLanguage": "en",
        "author": {"@type": "Organization", "name": "The Facts", "url": "https://facts.example.org/"},
        "claimReviewed": "It rained.",
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": 2,
            "bestRating": 3,
            "worstRating": 1,
            "alternateName": "Mixed",
        },
        "reviewBody": "In part.",
        "itemReviewed": {
            "@type": "Claim",
            "@id": "https://facts.example.org/claims/10/#claim",
            "text": "It rained.",
            "author": {
                "@type": "Person",
                "name": "The Mayor",
                "jobTitle": "mayor",
                "sameAs": ["https://example.org/m"],
            },
            "datePublished": "2022-07-12",
            "appearance": {
                "@type": "NewsArticle",
                "url": "https://example.org/weather",
                "headline": "The weather",
                "publisher": {"@type": "Organization", "name": "The Daily Planet"},
                "datePublished": "2022-07",
                "inLanguage": "de",
            },
        },
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "The register",
                "url": "https://example.org/r",
                "publisher": {"@type": "Organization", "name": "The town"},
                "datePublished": "2021",
            }
        ],
    }


def test_what_is_not_known_is_left_out():
    bare = {"url": None, "outlet": None, "published_on": None}
    said = review(speaker=None, stated_on=None, summary=None, evidence=[], article=DOCUMENT["article"] | bare)
    assert {"reviewBody", "citation", "correction"}.isdisjoint(said)
    assert sorted(said["itemReviewed"]) == ["@id", "@type", "appearance", "text"]
    assert said["itemReviewed"]["appearance"] == {
        "@type": "NewsArticle",
        "headline": "The weather",
        "inLanguage": "de",
    }


def test_organisation_has_no_job():
    expected = {"@type": "Organization", "name": "The Mayor", "sameAs": ["https://example.org/m"]}
    assert [speaker(kind=kind) for kind in ("organization", "outlet")] == [expected] * 2
    assert speaker(kind="organization", same_as=[]) == {"@type": "Organization", "name": "The Mayor"}


def test_rating_off_the_scale_has_no_number():
    unproven = {"slug": "unproven", "name": "Unproven", "value": None, "best": 3, "worst": 1}
    alone = {"slug": "true", "name": "True", "value": 1, "best": 1, "worst": 1}
    assert review(rating=unproven)["reviewRating"] == {"@type": "Rating", "alternateName": "Unproven"}
    assert review(rating=alone)["reviewRating"] == {"@type": "Rating", "alternateName": "True"}


def test_corrections_are_told_and_updates_are_not_called_so():
    said = [
        {"version": 2, "kind": "update", "note": "More is known.", "published_at": "2026-11-24T09:00:00Z"},
        {"version": 3, "kind": "correction", "note": "The year was wrong.", "published_at": "2026-11-24T10:00:00Z"},
    ]
    told = {"@type": "CorrectionComment", "text": "The year was wrong.", "datePublished": "2026-11-24T10:00:00Z"}
    assert review(version=3, corrections=said)["correction"] == [told]


def test_identity_outlives_the_wording():
    before, after = review(), review(url="https://old.example.org/claims/10-it-poured/", claim="It poured.")
    assert before["@id"] == after["@id"]
    assert before["itemReviewed"]["@id"] == after["itemReviewed"]["@id"]
    assert before["url"] != after["url"]


def test_there_is_no_review_without_a_verdict_to_stand_by():
    assert review(rating=None) is None
    assert review(verification_status="retracted") is None
    assert review(verification_status="unverified") is not None


def test_feed_item_of_what_was_retracted_has_its_name_alone():
    item = claimreview.feed_item(DOCUMENT | {"verification_status": "retracted"})
    kept = claimreview.feed_item(DOCUMENT)
    assert item["dateDeleted"] == item["dateModified"] == "2026-11-24T10:00:00Z"
    assert sorted(item["item"]) == ["@id", "@type", "url"]
    assert item["item"].items() <= kept["item"].items()
    assert "dateDeleted" not in kept
