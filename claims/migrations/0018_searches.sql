-- Text search finds a number however its digits are grouped, 680,000 or 680 000 or 680000: one to three of them, and
-- then threes. A text with such numbers has its words in both ways, since “12 300” may be a day and what it saw.
CREATE OR REPLACE FUNCTION claims_search_vector(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT to_tsvector('pg_catalog.simple', said) || to_tsvector('pg_catalog.english', said)
    FROM (
        SELECT CASE WHEN joined = folded THEN folded ELSE folded || ' ' || joined END AS said
        FROM (SELECT public.unaccent('public.unaccent', words) AS folded) AS f, regexp_replace(
            folded, '(?<![0-9])([0-9]{1,3})[,.''’ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))', '\1', 'g'
        ) AS joined
    ) AS s
$$;

-- What is asked for is found by any of these: as written, by English stems, with joined numbers. So what is not to be
-- there is taken out of each, and is met by none: else a text would do that has it by one and not by another.
CREATE OR REPLACE FUNCTION claims_search_query(words text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT (
        websearch_to_tsquery('pg_catalog.simple', wanted) || websearch_to_tsquery('pg_catalog.english', wanted)
        || CASE WHEN joined = wanted THEN '' ELSE
            websearch_to_tsquery('pg_catalog.simple', joined) || websearch_to_tsquery('pg_catalog.english', joined)
        END
    ) && websearch_to_tsquery('pg_catalog.simple', unwanted) && websearch_to_tsquery('pg_catalog.english', unwanted)
    FROM (
        SELECT coalesce(string_agg(term[2], ' ' ORDER BY place) FILTER (WHERE term[1] = ''), '') AS wanted,
            coalesce(string_agg('-' || term[2], ' ' ORDER BY place) FILTER (WHERE term[1] = '-'), '') AS unwanted
        FROM regexp_matches(public.unaccent('public.unaccent', words), '(-?)("[^"]*"?|[^\s"]+)', 'g')
            WITH ORDINALITY AS t (term, place)
    ) AS w, regexp_replace(
        wanted, '(?<![0-9])([0-9]{1,3})[,.''’ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))', '\1', 'g'
    ) AS joined
$$;

-- What is kept of texts that have such numbers is made anew; the others have no other words than before.
UPDATE claims_publishedversion SET words = words
WHERE public.unaccent('public.unaccent', words) ~ '[0-9][,.''’ \u00a0\u2009\u202f][0-9]{3}';
REINDEX INDEX article_by_words;
REINDEX INDEX speaker_by_words;
REINDEX INDEX topic_by_words;
