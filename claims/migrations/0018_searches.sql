-- Text search finds a number however its digits are grouped, 680,000 or 680 000 or 680000: one to three of them, and
-- then threes. A text with such numbers has its words in both ways, since “12 300” may be a day and what it saw. What a
-- hyphen or a stroke joins is found alone, too: in texts and in what is asked for, both are a space.
CREATE OR REPLACE FUNCTION claims_search_vector(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT to_tsvector('pg_catalog.simple', said) || to_tsvector('pg_catalog.english', said)
    FROM (SELECT public.unaccent('public.unaccent', words) AS folded) AS f, regexp_replace(
        folded, '(?<![0-9])([0-9]{1,3})[,.''’ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))', '\1', 'g'
    ) AS joined, regexp_replace(
        CASE WHEN joined = folded THEN folded ELSE folded || ' ' || joined END, '[-/]+', ' ', 'g'
    ) AS said
$$;

-- What is asked for is found by any of these: as written, by English stems, with joined numbers. So what is not to be
-- there, of the whole search, is met by none: else a text would do that has it by one and not by another. What is joined
-- or in quotation marks is looked for next to each other; no other sign than these and the word “or” means anything.
CREATE OR REPLACE FUNCTION claims_search_query(words text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    -- Of a part that is not there no query is made, since PostgreSQL remarks on each that is empty.
    SELECT coalesce(found && kept_out, found, kept_out, websearch_to_tsquery('pg_catalog.simple', wanted))
    FROM (
        SELECT
            coalesce(regexp_replace(
                string_agg(CASE WHEN is_phrase THEN '"' || said || '"' ELSE said END, ' ' ORDER BY place)
                    FILTER (WHERE term[1] = ''),
                '^(or\s+)+|(\s+or)+$', '', 'gi'
            ), '') AS wanted,
            coalesce(string_agg('-"' || said || '"', ' ' ORDER BY place) FILTER (WHERE term[1] = '-'), '') AS unwanted
        FROM regexp_matches(public.unaccent('public.unaccent', words), '[(]*(-?)("[^"]*"?|[^\s"]+)', 'g')
            WITH ORDINALITY AS t (term, place),
            btrim(regexp_replace(term[2], '["/-]+', ' ', 'g')) AS said,
            LATERAL (SELECT term[2] LIKE '"%' OR said LIKE '% %' AS is_phrase) AS p
        WHERE said <> ''
    ) AS w, regexp_replace(
        wanted, '(?<![0-9])([0-9]{1,3})[,.''’ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))', '\1', 'g'
    ) AS joined, regexp_replace(
        unwanted, '(?<![0-9])([0-9]{1,3})[,.''’ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))', '\1', 'g'
    ) AS unjoined, LATERAL (SELECT
        CASE WHEN wanted <> '' THEN
            websearch_to_tsquery('pg_catalog.simple', wanted) || websearch_to_tsquery('pg_catalog.english', wanted)
        END AS as_written,
        CASE WHEN joined <> wanted THEN
            websearch_to_tsquery('pg_catalog.simple', joined) || websearch_to_tsquery('pg_catalog.english', joined)
        END AS with_joined,
        CASE WHEN unwanted <> '' THEN
            websearch_to_tsquery('pg_catalog.simple', unwanted) && websearch_to_tsquery('pg_catalog.english', unwanted)
            && websearch_to_tsquery('pg_catalog.simple', unjoined)
        END AS kept_out
    ) AS q, LATERAL (SELECT coalesce(as_written || with_joined, as_written) AS found) AS e
$$;

-- As the search has them, but for what is too short to be mistaken for something, or no word.
CREATE OR REPLACE FUNCTION claims_words(words text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT lexeme FROM unnest(to_tsvector('pg_catalog.simple', regexp_replace(claims_folded(words), '[-/]+', ' ', 'g')))
    WHERE length(lexeme) BETWEEN 3 AND 40 AND lexeme !~ '[0-9/@._]'
$$;

-- What is kept of texts that are read otherwise now is made anew; the others have no other words than before.
UPDATE claims_publishedversion SET words = words
WHERE public.unaccent('public.unaccent', words) ~ '[0-9][,.''’ \u00a0\u2009\u202f][0-9]{3}|[-/]';
REINDEX INDEX article_by_words;
REINDEX INDEX speaker_by_words;
REINDEX INDEX topic_by_words;
DELETE FROM claims_word;
SELECT claims_enter_words(1, max(publication_id)) FROM claims_publishedversion;
