-- The record's version rises with every commit that changes what readers and partners can see.

CREATE FUNCTION claims_touch_record() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    -- The time, so that a version is not used again where a backup was restored.
    now_ bigint := extract(epoch FROM clock_timestamp()) * 1000000;
BEGIN
    INSERT INTO claims_recordstate AS s (id, version, changed_at) VALUES (1, now_, clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET version = greatest(s.version + 1, now_), changed_at = clock_timestamp()
    -- Once a transaction, however many rows it changed.
    WHERE s.xmin IS DISTINCT FROM pg_current_xact_id()::xid;
    RETURN NULL;
END
$$;

-- Deferred: the row is held for no longer than it takes to commit, and so nobody waits for anybody's whole transaction.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['claims_publication', 'claims_article', 'claims_speaker', 'claims_topic',
                                'claims_rating', 'sources_publisher', 'sources_source'] LOOP
        EXECUTE format('CREATE CONSTRAINT TRIGGER touch_record AFTER INSERT OR UPDATE OR DELETE ON %I
                        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims_touch_record()', name);
    END LOOP;
    EXECUTE format('ALTER FUNCTION claims_touch_record() SET search_path = pg_catalog, %I, pg_temp', current_schema());
END
$$;

INSERT INTO claims_recordstate (id, version, changed_at)
VALUES (1, extract(epoch FROM clock_timestamp()) * 1000000, clock_timestamp());
