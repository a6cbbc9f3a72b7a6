-- Text search finds a number however its digits are grouped: 680,000 and 680 000 are 680000. One to three digits, and
-- then threes of them; so years stay apart from what follows them.
CREATE OR REPLACE FUNCTION claims_search_vector(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT to_tsvector('pg_catalog.simple', folded) || to_tsvector('pg_catalog.english', folded)
    FROM (
        SELECT regexp_replace(
            public.unaccent('public.unaccent', words),
            '(?<![0-9])([0-9]{1,3})[,.''’ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))', '\1', 'g'
        ) AS folded
    ) AS f
$$;

CREATE OR REPLACE FUNCTION claims_search_query(words text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT websearch_to_tsquery('pg_catalog.simple', folded) || websearch_to_tsquery('pg_catalog.english', folded)
    FROM (
        SELECT regexp_replace(
            public.unaccent('public.unaccent', words),
            '(?<![0-9])([0-9]{1,3})[,.''’ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))', '\1', 'g'
        ) AS folded
    ) AS f
$$;

-- What is kept of texts that have such numbers is made anew; the others have no other words than before.
UPDATE claims_publishedversion SET words = words WHERE words ~ '[0-9][,.''’ \u00a0\u2009\u202f][0-9]{3}';
REINDEX INDEX article_by_words;
REINDEX INDEX speaker_by_words;
REINDEX INDEX topic_by_words;
