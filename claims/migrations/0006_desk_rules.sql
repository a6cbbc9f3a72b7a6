-- What the desk adds to the rules of 0003: an anchor says how a quote stands in its text, a claim whose words are
-- not known to stand there is not published, and everybody who wrote a verdict is one of its authors.

-- A quote that is said to be in the text is exactly its span of it.

CREATE OR REPLACE FUNCTION claims_claim_span() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    article_text text;
BEGIN
    IF NEW.anchor IN ('exact', 'moved') THEN
        -- Shared lock: the text cannot change between this look at it and the commit.
        SELECT text INTO article_text FROM claims_article WHERE id = NEW.article_id FOR SHARE;
        PERFORM claims_check_span(NEW.quote, NEW.quote_start, NEW.quote_end, article_text);
    END IF;
    RETURN NEW;
END
$$;

DROP TRIGGER claim_span ON claims_claim;
CREATE TRIGGER claim_span
BEFORE INSERT OR UPDATE OF article_id, quote, quote_start, quote_end, anchor ON claims_claim
FOR EACH ROW EXECUTE FUNCTION claims_claim_span();

CREATE OR REPLACE FUNCTION claims_article_spans() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_check_span(c.quote, c.quote_start, c.quote_end, a.text)
    FROM claims_claim AS c JOIN claims_article AS a ON a.id = c.article_id
    WHERE a.id = NEW.id AND c.anchor IN ('exact', 'moved');
    RETURN NULL;
END
$$;

-- Nobody approves a verdict that they had a hand in since readers last saw one.

CREATE OR REPLACE FUNCTION claims_review_insert() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    claim record;
BEGIN
    SELECT workflow_status, submitted_by_id, submitted_hash INTO claim
    FROM claims_claim WHERE id = NEW.claim_id FOR SHARE;
    PERFORM FROM claims_assessment WHERE claim_id = NEW.claim_id FOR SHARE;
    IF claim.workflow_status IS DISTINCT FROM 'in_review' THEN
        PERFORM claims_refuse('review_of_claim_in_review', format(
            'only a claim in review can be reviewed; claim %s is %s', NEW.claim_id, claim.workflow_status));
    END IF;
    IF NEW.content_hash <> claim.submitted_hash THEN
        PERFORM claims_refuse('review_of_submitted_content', 'a review is of exactly what was submitted');
    END IF;
    IF NEW.decision = 'approved' AND NEW.reviewer_id IN (SELECT claims_authors(NEW.claim_id)) THEN
        PERFORM claims_refuse('review_approver_is_not_author', 'nobody approves an assessment that they wrote');
    END IF;
    IF NEW.decision = 'approved' AND NEW.reviewer_id = claim.submitted_by_id THEN
        PERFORM claims_refuse('review_approver_is_not_submitter', 'nobody approves a claim that they submitted');
    END IF;
    RETURN NEW;
END
$$;

-- The users who wrote a claim's assessment: its last author, and whoever changed it since its last publication.
CREATE FUNCTION claims_authors(of_claim bigint) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY
    SELECT a.author_id::bigint FROM claims_assessment AS a WHERE a.claim_id = of_claim
    UNION
    SELECT e.author_id::bigint FROM claims_assessmentevent AS e
    -- Both times are PostgreSQL's own: published_at is told by whoever publishes.
    WHERE e.claim_id = of_claim AND e.pgh_created_at >= coalesce((
        SELECT max(p.pgh_created_at) FROM claims_publicationevent AS p
        WHERE p.claim_id = of_claim AND p.kind <> 'listing'), '-infinity');
END
$$;

-- A claim whose words are not known to stand in its article is published only to be retracted.

CREATE FUNCTION claims_publication_anchor() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    anchor text;
BEGIN
    SELECT c.anchor INTO anchor FROM claims_claim AS c WHERE c.id = NEW.claim_id FOR SHARE;
    IF NEW.kind <> 'retraction' AND anchor NOT IN ('exact', 'moved') THEN
        PERFORM claims_refuse('publication_anchor_intact', format(
            'the words of claim %s are %s in its article', NEW.claim_id, anchor));
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER publication_anchor
BEFORE INSERT ON claims_publication
FOR EACH ROW EXECUTE FUNCTION claims_publication_anchor();

-- What was not approved says that a statement is tracked, and no more: nothing beside these keys has anything in it.

CREATE FUNCTION claims_publication_bare() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    told text;
BEGIN
    SELECT d.key INTO told FROM jsonb_each(NEW.document::jsonb) AS d
    WHERE NEW.approval_id IS NULL AND d.value NOT IN ('null', '[]') AND d.key NOT IN (
        'id', 'version', 'url', 'corrections', 'first_published_at', 'published_at', 'verification_status', 'claim',
        'quote', 'article', 'speaker', 'relays', 'stated_on', 'stated_on_note', 'occasion', 'checkability', 'topics')
    LIMIT 1;
    IF told IS NOT NULL OR (NEW.approval_id IS NULL
        AND NEW.document::jsonb ->> 'verification_status' NOT IN ('unverified', 'not_checkable')) THEN
        PERFORM claims_refuse('publication_needs_approval', format(
            'a %s that tells readers its %s needs an approval', NEW.kind, coalesce(told, 'verification status')));
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER publication_bare
BEFORE INSERT ON claims_publication
FOR EACH ROW EXECUTE FUNCTION claims_publication_bare();

-- A claim names nobody who was merged into another: a form that was opened before the merge would undo it.

CREATE FUNCTION claims_claim_speakers() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    gone text;
BEGIN
    SELECT s.name INTO gone FROM claims_speaker AS s
    WHERE s.merged_into_id IS NOT NULL AND (
        (s.id = NEW.speaker_id AND (TG_OP = 'INSERT' OR NEW.speaker_id IS DISTINCT FROM OLD.speaker_id))
        OR (s.id = NEW.relays_id AND (TG_OP = 'INSERT' OR NEW.relays_id IS DISTINCT FROM OLD.relays_id)))
    LIMIT 1;
    IF gone IS NOT NULL THEN
        PERFORM claims_refuse('claim_names_current_speaker', format(
            'the speaker “%s” was merged into another: name that one', left(gone, 80)));
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER claim_speakers
BEFORE INSERT OR UPDATE OF speaker_id, relays_id ON claims_claim
FOR EACH ROW EXECUTE FUNCTION claims_claim_speakers();

-- As in 0003: names are looked up where the functions were made.
DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT oid FROM pg_proc
             WHERE proname LIKE 'claims\_%' AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql')
             AND pronamespace = current_schema()::regnamespace
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', f, current_schema());
    END LOOP;
END
$$;
