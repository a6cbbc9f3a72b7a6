-- The words that the record can be searched for: what was meant where a search finds nothing is looked up in them.

CREATE FUNCTION claims_stem(word text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce((ts_lexize('pg_catalog.english_stem', word))[1], word)
$$;

-- The word, and what it is without any one of its letters.
CREATE FUNCTION claims_nearness(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT overlay(word PLACING '' FROM place FOR 1)) || word
    FROM generate_series(1, length(word)) AS place
$$;

-- As the search has them, but for what is too short to be mistaken for something, or no word.
CREATE FUNCTION claims_words(words text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT lexeme FROM unnest(to_tsvector('pg_catalog.simple', claims_folded(words)))
    WHERE length(lexeme) BETWEEN 3 AND 40 AND lexeme !~ '[0-9/@._]'
$$;

CREATE FUNCTION claims_enter_words(first bigint, last bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO claims_word AS w (word, entries)
    SELECT words.word, count(*) FROM claims_publishedversion AS v, claims_words(v.words) AS words (word)
    WHERE v.publication_id BETWEEN first AND last GROUP BY words.word
    ON CONFLICT (word) DO UPDATE SET entries = w.entries + excluded.entries;
END
$$;

DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION claims_enter_words(bigint, bigint) SET search_path = pg_catalog, %I, pg_temp',
                   current_schema());
END
$$;
