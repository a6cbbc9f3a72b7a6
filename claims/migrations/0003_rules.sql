-- The rules that PostgreSQL keeps, whoever asks. They are plain triggers: only somebody who may alter the tables, or
-- is a superuser and tells the session to act as a replica, can turn them off by hand.

-- A claim's quote is exactly its span of the article.

CREATE FUNCTION claims_check_span(claim_quote text, span_start int, span_end int, article_text text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF span_end > char_length(article_text) THEN
        PERFORM claims_refuse('claim_span_inside_article', format(
            'the span %s to %s does not lie inside the article, which has %s characters',
            span_start, span_end, char_length(article_text)));
    END IF;
    IF substring(article_text FROM span_start + 1 FOR span_end - span_start) IS DISTINCT FROM claim_quote THEN
        PERFORM claims_refuse('claim_quote_is_its_span', format(
            'the article does not say “%s” from %s to %s', left(claim_quote, 80), span_start, span_end));
    END IF;
END
$$;

CREATE FUNCTION claims_claim_span() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    article_text text;
BEGIN
    -- Shared lock: the text cannot change between this look at it and the commit.
    SELECT text INTO article_text FROM claims_article WHERE id = NEW.article_id FOR SHARE;
    PERFORM claims_check_span(NEW.quote, NEW.quote_start, NEW.quote_end, article_text);
    RETURN NEW;
END
$$;

CREATE TRIGGER claim_span
BEFORE INSERT OR UPDATE OF article_id, quote, quote_start, quote_end ON claims_claim
FOR EACH ROW EXECUTE FUNCTION claims_claim_span();

-- Deferred, so that a transaction may change a text and move its claims, in either order.
CREATE FUNCTION claims_article_spans() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_check_span(c.quote, c.quote_start, c.quote_end, a.text)
    FROM claims_claim AS c JOIN claims_article AS a ON a.id = c.article_id
    WHERE a.id = NEW.id;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER article_spans
AFTER UPDATE OF text ON claims_article DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (OLD.text IS DISTINCT FROM NEW.text) EXECUTE FUNCTION claims_article_spans();

-- Workflow status moves only along this table.

CREATE FUNCTION claims_workflow_moves() RETURNS TABLE (was text, becomes text)
LANGUAGE sql IMMUTABLE AS $$
    VALUES
        ('new', 'researching'),
        ('researching', 'in_review'),
        ('in_review', 'researching'),
        ('in_review', 'approved'),
        ('approved', 'researching'),
        ('approved', 'published'),
        ('published', 'researching'),
        ('new', 'dropped'),
        ('researching', 'dropped'),
        ('in_review', 'dropped'),
        ('approved', 'dropped')
$$;

CREATE FUNCTION claims_claim_workflow() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    was text := CASE TG_OP WHEN 'UPDATE' THEN OLD.workflow_status END;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.workflow_status <> 'new' THEN
            PERFORM claims_refuse('claim_starts_new', 'a claim starts as new, not as ' || NEW.workflow_status);
        END IF;
        RETURN NEW;
    END IF;
    IF was IN ('in_review', 'approved') AND (
        NEW.submitted_by_id, NEW.submitted_at, NEW.submitted_hash, NEW.proposed_kind, NEW.proposed_note
    ) IS DISTINCT FROM (
        OLD.submitted_by_id, OLD.submitted_at, OLD.submitted_hash, OLD.proposed_kind, OLD.proposed_note
    ) THEN
        PERFORM claims_refuse('claim_submission_is_fixed',
            'what was submitted stays as it is during review: take the claim back to research first');
    END IF;
    IF NEW.workflow_status = was THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM claims_workflow_moves() AS m WHERE m.was = OLD.workflow_status
                   AND m.becomes = NEW.workflow_status) THEN
        PERFORM claims_refuse('claim_workflow_moves',
            format('a claim does not go from %s to %s', was, NEW.workflow_status));
    END IF;
    IF NEW.workflow_status = 'approved' AND (
        SELECT r.decision FROM claims_review AS r
        WHERE r.claim_id = NEW.id AND r.content_hash = NEW.submitted_hash ORDER BY r.id DESC LIMIT 1
    ) IS DISTINCT FROM 'approved' THEN
        PERFORM claims_refuse('claim_approved_by_review', 'no reviewer has approved what was submitted');
    END IF;
    IF NEW.workflow_status = 'published' AND (
        SELECT p.content_hash FROM claims_publication AS p
        WHERE p.claim_id = NEW.id ORDER BY p.version DESC LIMIT 1
    ) IS DISTINCT FROM NEW.submitted_hash THEN
        PERFORM claims_refuse('claim_published_in_ledger', 'the ledger has no publication of what was approved');
    END IF;
    IF NEW.workflow_status = 'dropped' AND (
        SELECT p.kind FROM claims_publication AS p WHERE p.claim_id = NEW.id ORDER BY p.version DESC LIMIT 1
    ) <> 'retraction' THEN
        PERFORM claims_refuse('claim_dropped_unpublished', 'a claim that readers can see is retracted, not dropped');
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER claim_workflow
BEFORE INSERT OR UPDATE ON claims_claim
FOR EACH ROW EXECUTE FUNCTION claims_claim_workflow();

-- An approval is a second person's, of exactly what was submitted.

CREATE FUNCTION claims_review_insert() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    claim record;
    author bigint;
BEGIN
    SELECT workflow_status, submitted_by_id, submitted_hash INTO claim
    FROM claims_claim WHERE id = NEW.claim_id FOR SHARE;
    SELECT author_id INTO author FROM claims_assessment WHERE claim_id = NEW.claim_id FOR SHARE;
    IF claim.workflow_status IS DISTINCT FROM 'in_review' THEN
        PERFORM claims_refuse('review_of_claim_in_review', format(
            'only a claim in review can be reviewed; claim %s is %s', NEW.claim_id, claim.workflow_status));
    END IF;
    IF NEW.content_hash <> claim.submitted_hash THEN
        PERFORM claims_refuse('review_of_submitted_content', 'a review is of exactly what was submitted');
    END IF;
    IF NEW.decision = 'approved' AND NEW.reviewer_id = author THEN
        PERFORM claims_refuse('review_approver_is_not_author', 'nobody approves an assessment that they wrote');
    END IF;
    IF NEW.decision = 'approved' AND NEW.reviewer_id = claim.submitted_by_id THEN
        PERFORM claims_refuse('review_approver_is_not_submitter', 'nobody approves a claim that they submitted');
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER review_insert
BEFORE INSERT ON claims_review
FOR EACH ROW EXECUTE FUNCTION claims_review_insert();

-- The ledger: gapless, hash-chained, of approved content only, and saying what it changes.

CREATE FUNCTION claims_lock_ledger() RETURNS void
LANGUAGE sql AS $$
    -- One writer at a time, until its transaction ends. The number is arbitrary and this lock's alone.
    SELECT pg_advisory_xact_lock(4170551785)
$$;

CREATE FUNCTION claims_check_chain(entry claims_publication) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    head claims_publication;
BEGIN
    SELECT * INTO head FROM claims_publication ORDER BY sequence DESC LIMIT 1;
    IF entry.sequence <> coalesce(head.sequence, 0) + 1 THEN
        PERFORM claims_refuse('publication_sequence_gapless', format(
            'the next entry is number %s, not %s', coalesce(head.sequence, 0) + 1, entry.sequence));
    END IF;
    IF entry.previous_hash <> coalesce(head.hash, repeat('0', 64)) THEN
        PERFORM claims_refuse('publication_chained', 'previous_hash is not the hash of the entry before');
    END IF;
    IF entry.hash <> claims_sha256(entry.previous_hash || entry.document) THEN
        PERFORM claims_refuse('publication_hash', 'hash is not the SHA-256 of previous_hash and document');
    END IF;
    IF entry.published_at < head.published_at THEN
        PERFORM claims_refuse('publication_times_in_order', 'an entry is not older than the one before');
    END IF;
END
$$;

CREATE FUNCTION claims_check_document(entry claims_publication, doc jsonb, last claims_publication) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    corrections jsonb := coalesce(last.document::jsonb -> 'corrections', '[]');
BEGIN
    IF entry.document <> claims_canonical_json(doc) THEN
        PERFORM claims_refuse('publication_document_canonical', 'the document is not RFC 8785 canonical JSON');
    END IF;
    IF entry.content_hash <> claims_sha256(claims_canonical_json(claims_reviewed_part(doc))) THEN
        PERFORM claims_refuse('publication_content_hash', 'content_hash is not that of the document');
    END IF;
    IF entry.kind IN ('update', 'correction', 'retraction') THEN
        corrections := corrections || jsonb_build_array(jsonb_build_object(
            'version', entry.version, 'kind', entry.kind, 'note', entry.note,
            'published_at', doc ->> 'published_at'));
    END IF;
    IF (doc -> 'id', doc -> 'version', (doc ->> 'published_at')::timestamptz, doc -> 'corrections')
        IS DISTINCT FROM
       (to_jsonb(entry.claim_id), to_jsonb(entry.version), entry.published_at, corrections) THEN
        PERFORM claims_refuse('publication_document_is_of_entry',
            'the document''s id, version, time or corrections are not those of its ledger entry');
    END IF;
END
$$;

CREATE FUNCTION claims_check_kind(entry claims_publication, doc jsonb, last claims_publication) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    rated boolean := doc -> 'rating' <> 'null';
BEGIN
    IF entry.version <> coalesce(last.version, 0) + 1 THEN
        PERFORM claims_refuse('publication_versions_gapless', format(
            'the claim''s next version is %s, not %s', coalesce(last.version, 0) + 1, entry.version));
    END IF;
    IF entry.kind = 'listing' AND (entry.version > 1 OR rated) THEN
        PERFORM claims_refuse('publication_listing_first', 'a listing is a claim''s first publication and unrated');
    END IF;
    IF entry.kind = 'verdict' AND (NOT rated OR EXISTS (
        SELECT FROM claims_publication WHERE claim_id = entry.claim_id AND kind <> 'listing')) THEN
        PERFORM claims_refuse('publication_verdict_once',
            'a verdict has a rating and nothing but a listing before it; later changes say what they are');
    END IF;
    IF entry.kind IN ('update', 'correction', 'retraction') AND entry.version = 1 THEN
        PERFORM claims_refuse('publication_amends_one_before', format('there is nothing to make a %s of', entry.kind));
    END IF;
    IF (entry.kind = 'retraction') <> (doc ->> 'verification_status' = 'retracted') THEN
        PERFORM claims_refuse('publication_retraction_says_so', 'a retraction''s document, and no other, is retracted');
    END IF;
END
$$;

CREATE FUNCTION claims_check_approval(entry claims_publication, doc jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    claim claims_claim;
    approval claims_review;
    assessed boolean := doc -> 'rating' <> 'null' OR doc -> 'summary' <> 'null' OR doc -> 'explanation' <> 'null'
        OR doc -> 'needed' <> 'null' OR doc -> 'evidence' <> '[]';
BEGIN
    -- A bare listing says only that a statement is tracked. Whatever says more needs a second person.
    IF entry.kind = 'listing' AND NOT assessed AND entry.approval_id IS NULL THEN
        RETURN;
    END IF;
    SELECT * INTO claim FROM claims_claim WHERE id = entry.claim_id FOR SHARE;
    SELECT * INTO approval FROM claims_review WHERE id = entry.approval_id;
    IF approval.decision IS DISTINCT FROM 'approved' OR approval.claim_id <> entry.claim_id THEN
        PERFORM claims_refuse('publication_needs_approval', format('a %s needs an approval of this claim', entry.kind));
    END IF;
    IF approval.content_hash <> entry.content_hash THEN
        PERFORM claims_refuse('publication_of_approved_content', 'the document is not what the reviewer approved');
    END IF;
    IF claim.workflow_status <> 'approved' THEN
        PERFORM claims_refuse('publication_of_approved_claim', 'the claim''s workflow status is not approved');
    END IF;
    IF (entry.content_hash, entry.kind, entry.note)
        IS DISTINCT FROM (claim.submitted_hash, claim.proposed_kind, claim.proposed_note) THEN
        PERFORM claims_refuse('publication_of_submission', 'the content, kind or note is not what was submitted');
    END IF;
    IF EXISTS (SELECT FROM claims_publication WHERE approval_id = entry.approval_id) THEN
        PERFORM claims_refuse('publication_approval_once', 'this approval has been published already');
    END IF;
END
$$;

CREATE FUNCTION claims_publication_insert() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    doc jsonb := NEW.document::jsonb;
    last claims_publication;
BEGIN
    PERFORM claims_lock_ledger();
    SELECT * INTO last FROM claims_publication WHERE claim_id = NEW.claim_id ORDER BY version DESC LIMIT 1;
    PERFORM claims_check_kind(NEW, doc, last);
    PERFORM claims_check_approval(NEW, doc);
    PERFORM claims_check_document(NEW, doc, last);
    PERFORM claims_check_chain(NEW);
    RETURN NEW;
END
$$;

CREATE TRIGGER publication_insert
BEFORE INSERT ON claims_publication
FOR EACH ROW EXECUTE FUNCTION claims_publication_insert();

-- Reviews and publications are append-only.

CREATE FUNCTION claims_append_only() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    filled boolean := true;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I)', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO filled;
    END IF;
    IF filled THEN
        PERFORM claims_refuse(TG_ARGV[0], format('%s are append-only: there is no %s', TG_ARGV[1], lower(TG_OP)));
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER review_append_only BEFORE UPDATE OR DELETE ON claims_review
FOR EACH ROW EXECUTE FUNCTION claims_append_only('review_append_only', 'reviews');
CREATE TRIGGER review_no_truncate BEFORE TRUNCATE ON claims_review
FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only('review_append_only', 'reviews');
CREATE TRIGGER publication_append_only BEFORE UPDATE OR DELETE ON claims_publication
FOR EACH ROW EXECUTE FUNCTION claims_append_only('publication_append_only', 'publications');
CREATE TRIGGER publication_no_truncate BEFORE TRUNCATE ON claims_publication
FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only('publication_append_only', 'publications');

-- The functions look things up in the schema they were made in, never in a temporary table of the same name.
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
