-- Text search: accents folded, words kept both as written and as English stems. Schema names are written out
-- because a restore runs with an empty search path.
CREATE FUNCTION claims_search_vector(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT to_tsvector('pg_catalog.simple', folded) || to_tsvector('pg_catalog.english', folded)
    FROM (SELECT public.unaccent('public.unaccent', words) AS folded) AS f
$$;

CREATE FUNCTION claims_search_query(words text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT websearch_to_tsquery('pg_catalog.simple', folded) || websearch_to_tsquery('pg_catalog.english', folded)
    FROM (SELECT public.unaccent('public.unaccent', words) AS folded) AS f
$$;

-- RFC 8785 for what documents are made of: ASCII keys, strings, whole numbers, booleans, null.
CREATE FUNCTION claims_canonical_json(value jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    CASE jsonb_typeof(value)
    WHEN 'object' THEN
        RETURN (SELECT '{' || coalesce(string_agg(
                    to_json(m.key)::text || ':' || claims_canonical_json(m.value), ',' ORDER BY m.key COLLATE "C"
                ), '') || '}' FROM jsonb_each(value) AS m);
    WHEN 'array' THEN
        RETURN (SELECT '[' || coalesce(string_agg(claims_canonical_json(e.item), ',' ORDER BY e.place), '') || ']'
                FROM jsonb_array_elements(value) WITH ORDINALITY AS e (item, place));
    ELSE
        RETURN value::text;
    END CASE;
END
$$;

CREATE FUNCTION claims_sha256(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT encode(sha256(convert_to(words, 'UTF8')), 'hex')
$$;

-- The part of a document that reviewers approve.
CREATE FUNCTION claims_reviewed_part(document jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT document - ARRAY['id', 'version', 'url', 'corrections', 'first_published_at', 'published_at']
$$;

-- Every refusal names its rule, both in the message and as the constraint of the error.
CREATE FUNCTION claims_refuse(rule text, why text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = rule, MESSAGE = rule || ': ' || why;
END
$$;
