-- Text search finds a number however its digits are grouped, 680,000 or 680 000 or 680000: one to three of them, and
-- then threes. A text with such numbers has its words in both ways, since “12 300” may be a day and what it saw.
-- What a hyphen or a stroke joins to a number, or a stroke to a word, is found alone, too: the 19 of Covid-19.
CREATE OR REPLACE FUNCTION claims_search_vector(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT to_tsvector('pg_catalog.simple', parted) || to_tsvector('pg_catalog.english', parted)
    FROM (SELECT public.unaccent('public.unaccent', words) AS folded) AS f, regexp_replace(
        folded, '(?<![0-9])([0-9]{1,3})[,.''’ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))', '\1', 'g'
    ) AS joined, regexp_replace(
        CASE WHEN joined = folded THEN folded ELSE folded || ' ' || joined END,
        '(?<=\w)(-(?=[0-9])|/(?=\w))', ' ', 'g'
    ) AS parted
$$;

-- What is asked for is found by any of these: as written, by English stems, with joined numbers. So what is not to be
-- there is taken out of each, and is met by none: else a text would do that has it by one and not by another. Words that
-- are joined are looked for next to each other.
CREATE OR REPLACE FUNCTION claims_search_query(words text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT (
        websearch_to_tsquery('pg_catalog.simple', wanted) || websearch_to_tsquery('pg_catalog.english', wanted)
        || CASE WHEN joined = wanted THEN '' ELSE
            websearch_to_tsquery('pg_catalog.simple', joined) || websearch_to_tsquery('pg_catalog.english', joined)
        END
    ) && websearch_to_tsquery('pg_catalog.simple', unwanted) && websearch_to_tsquery('pg_catalog.english', unwanted)
    FROM (
        SELECT coalesce(string_agg(said, ' ' ORDER BY place) FILTER (WHERE term[1] = ''), '') AS wanted,
            coalesce(string_agg('-' || said, ' ' ORDER BY place) FILTER (WHERE term[1] = '-'), '') AS unwanted
        FROM regexp_matches(public.unaccent('public.unaccent', words), '(-?)("[^"]*"?|[^\s"]+)', 'g')
            WITH ORDINALITY AS t (term, place),
            regexp_replace(term[2], '(?<=\w)[-/](?=\w)', ' ', 'g') AS parted,
            LATERAL (
                SELECT CASE WHEN parted = term[2] OR term[2] LIKE '"%' THEN parted ELSE '"' || parted || '"' END AS said
            ) AS s
    ) AS w, regexp_replace(
        wanted, '(?<![0-9])([0-9]{1,3})[,.''’ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))', '\1', 'g'
    ) AS joined
$$;

-- What is kept of texts that are read otherwise now is made anew; the others have no other words than before.
UPDATE claims_publishedversion SET words = words
WHERE public.unaccent('public.unaccent', words) ~ '[0-9][,.''’ \u00a0\u2009\u202f][0-9]{3}|\w(-[0-9]|/\w)';
REINDEX INDEX article_by_words;
REINDEX INDEX speaker_by_words;
REINDEX INDEX topic_by_words;
