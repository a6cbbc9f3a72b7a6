-- A claim names nobody who was merged into another, or is being merged while the claim is written.

CREATE OR REPLACE FUNCTION claims_claim_speakers() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    named bigint[];
    gone text;
BEGIN
    IF TG_OP = 'INSERT' OR NEW.speaker_id IS DISTINCT FROM OLD.speaker_id THEN
        named := named || NEW.speaker_id;
    END IF;
    IF TG_OP = 'INSERT' OR NEW.relays_id IS DISTINCT FROM OLD.relays_id THEN
        named := named || NEW.relays_id;
    END IF;
    -- Shared locks: who merges these speakers waits for the commit, and then finds the claim. Whoever the claim named
    -- before needs none: a merger of them waits for the claim.
    PERFORM FROM claims_speaker WHERE id = ANY (named) ORDER BY id FOR SHARE;
    SELECT s.name INTO gone FROM claims_speaker AS s
    WHERE s.id = ANY (named) AND s.merged_into_id IS NOT NULL
    LIMIT 1;
    IF gone IS NOT NULL THEN
        PERFORM claims_refuse('claim_names_current_speaker', format(
            'the speaker “%s” was merged into another: name that one', left(gone, 80)));
    END IF;
    RETURN NEW;
END
$$;

-- A function that is replaced forgets where names are looked up.
DO $$
BEGIN
    EXECUTE format(
        'ALTER FUNCTION claims_claim_speakers() SET search_path = pg_catalog, %I, pg_temp', current_schema());
END
$$;
