-- API keys: the limit of each, kept by PostgreSQL alone, and what stays as it is.

-- Count a request with the key whose secret has this hash, and say whether it is let through. One row of nulls if there
-- is no such key, or no longer.
--
-- The limit is exact: in no sixty seconds are more than ``quota`` requests let through, over however many connections.
-- What was let through is counted second by second, for the one that is running and the sixty before it, which hold
-- whatever was let through less than sixty seconds ago. Whoever asks holds the key's row until the transaction ends.
-- (A window that starts anew every minute, or a bucket that holds as much as it gets in a minute, lets through twice as
-- much where two of them meet; times of single requests are ever more to keep the higher the limit is.)
--
-- ``reset`` is in seconds: after so many, one more request than now is let through.
CREATE FUNCTION claims_spend(
    given text, OUT spent bigint, OUT quota integer, OUT remaining integer, OUT reset integer, OUT refused boolean
) LANGUAGE plpgsql AS $$
DECLARE
    held claims_apikeyuse;
    instant timestamptz;
    past bigint;
    used bigint;
BEGIN
    SELECT u.* INTO held FROM claims_apikeyuse AS u JOIN claims_apikey AS k ON k.id = u.key_id
    WHERE k.secret_hash = given AND k.revoked_at IS NULL FOR UPDATE OF u;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    -- Looked at when it is this request's turn: the key may have been revoked, or given another limit, in the meantime.
    SELECT k.id, k.per_minute INTO spent, quota FROM claims_apikey AS k
    WHERE k.id = held.key_id AND k.revoked_at IS NULL;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    instant := clock_timestamp();
    -- A clock that was set back stands still.
    past := greatest(floor(extract(epoch FROM instant)) - held.second, 0);
    held.second := held.second + past;
    held.counts := held.counts[least(past, 61) + 1 : 61];
    held.counts := held.counts || array_fill(0, ARRAY[61 - cardinality(held.counts)]);
    SELECT sum(c) INTO used FROM unnest(held.counts) AS c;
    refused := used >= quota;
    IF NOT refused THEN
        used := used + 1;
        held.counts[61] := held.counts[61] + 1;
    END IF;
    remaining := greatest(quota - used, 0);
    -- The count at place n is forgotten when n more seconds have begun.
    SELECT ceil(held.second + min(n) - extract(epoch FROM instant)) INTO reset
    FROM (SELECT n, c, sum(c) OVER (ORDER BY n) AS gone FROM unnest(held.counts) WITH ORDINALITY AS t (c, n)) AS counted
    WHERE c > 0 AND used - gone < quota;
    UPDATE claims_apikeyuse AS u
    SET second = held.second, counts = held.counts, last_used_at = instant WHERE u.key_id = spent;
    INSERT INTO claims_apikeyday AS d (key_id, day, requests, refusals)
    VALUES (spent, (instant AT TIME ZONE 'UTC')::date, 1, refused::integer)
    ON CONFLICT (key_id, day) DO UPDATE
    SET requests = d.requests + 1, refusals = d.refusals + excluded.refusals;
    -- Nobody waits for the disk: what a power cut takes is a count, and the counts of its last moments only.
    PERFORM set_config('synchronous_commit', 'off', true);
END
$$;

-- A key that was revoked stays so, and a secret is never exchanged for another: a new key is issued.

CREATE FUNCTION claims_api_key_update() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.revoked_at IS NOT NULL AND (NEW.revoked_at, NEW.revoked_by_id)
        IS DISTINCT FROM (OLD.revoked_at, OLD.revoked_by_id) THEN
        PERFORM claims_refuse('api_key_stays_revoked', 'a key that was revoked stays so');
    END IF;
    IF (NEW.prefix, NEW.secret_hash) IS DISTINCT FROM (OLD.prefix, OLD.secret_hash) THEN
        PERFORM claims_refuse('api_key_keeps_its_secret', 'a key is never given another secret');
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER api_key_update
BEFORE UPDATE ON claims_apikey
FOR EACH ROW EXECUTE FUNCTION claims_api_key_update();

-- Rows that are written with every request are written in place.
ALTER TABLE claims_apikeyuse SET (fillfactor = 20);
ALTER TABLE claims_apikeyday SET (fillfactor = 50);
-- Counts that are worth nothing after a minute need not outlive a crash.
ALTER TABLE claims_anonymoususe SET UNLOGGED;

-- As in 0003: names are looked up where the functions were made.
DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT oid FROM pg_proc
             WHERE proname IN ('claims_spend', 'claims_api_key_update')
             AND pronamespace = current_schema()::regnamespace
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', f, current_schema());
    END LOOP;
END
$$;
