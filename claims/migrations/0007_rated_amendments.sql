-- Readers get a claim's first rating as a verdict, and so with all that a verdict is asked for: an update or a
-- correction has one only after that. A verdict may follow what was amended of a listing, but not a retraction, which
-- is taken back with a note that says so.

CREATE OR REPLACE FUNCTION claims_check_kind(entry claims_publication, doc jsonb, last claims_publication) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    rated boolean := doc -> 'rating' <> 'null';
    judged boolean := EXISTS (
        SELECT FROM claims_publication WHERE claim_id = entry.claim_id AND kind = 'verdict');
BEGIN
    IF entry.version <> coalesce(last.version, 0) + 1 THEN
        PERFORM claims_refuse('publication_versions_gapless', format(
            'the claim''s next version is %s, not %s', coalesce(last.version, 0) + 1, entry.version));
    END IF;
    IF entry.kind = 'listing' AND (entry.version > 1 OR rated) THEN
        PERFORM claims_refuse('publication_listing_first', 'a listing is a claim''s first publication and unrated');
    END IF;
    IF entry.kind = 'verdict' AND (NOT rated OR judged OR last.kind = 'retraction') THEN
        PERFORM claims_refuse('publication_verdict_once',
            'a verdict has a rating, no verdict before it and no retraction just before; later changes say what they are');
    END IF;
    IF entry.kind IN ('update', 'correction', 'retraction') AND entry.version = 1 THEN
        PERFORM claims_refuse('publication_amends_one_before', format('there is nothing to make a %s of', entry.kind));
    END IF;
    IF entry.kind IN ('update', 'correction') AND rated AND NOT judged THEN
        PERFORM claims_refuse('publication_rated_after_verdict', format(
            'a %s has a rating only after a verdict: a first rating is published as one', entry.kind));
    END IF;
    IF (entry.kind = 'retraction') <> (doc ->> 'verification_status' = 'retracted') THEN
        PERFORM claims_refuse('publication_retraction_says_so', 'a retraction''s document, and no other, is retracted');
    END IF;
END
$$;

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
